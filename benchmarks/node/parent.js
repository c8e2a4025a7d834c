import { createInterface } from "node:readline";

/**
 * Says that the server serves, and does what the process that started it says: `collect` is
 * answered with `heap BYTES`; when it closes the pipe or ends, so does the server.
 */
export function obey(port, name, collect = globalThis.gc) {
  console.log(`ready ${port} ${name}`);
  const orders = createInterface({ input: process.stdin });
  orders.on("line", (order) => {
    if (order === "collect") {
      collect?.(true);
      console.log(`heap ${process.memoryUsage().heapUsed}`);
    }
  });
  orders.on("close", () => process.exit());
}

/** The version in a package's manifest. */
export function version(require, name) {
  return require(`${name}/package.json`).version;
}
