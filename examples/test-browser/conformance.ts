import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { resolve } from "node:path";
import { createInterface } from "node:readline";

const ROOT = resolve(import.meta.dirname, "../..");

/** The conformance server, as a process. */
export class Conformance {
  private constructor(
    private readonly process: ChildProcess,
    readonly port: number,
  ) {}

  /** Starts it on free ports. */
  static async start(): Promise<Conformance> {
    const [port, backendPort] = [await freePort(), await freePort()];
    const [command, ...first] = process.env.SNORKY_CONFORMANCE?.split(" ") ?? [
      `${ROOT}/snorky`,
      "conformance",
    ];
    const ports = ["--port", String(port), "--backend-port", String(backendPort)];
    const started = spawn(command as string, [...first, ...ports], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "inherit"],
    });
    process.once("exit", () => started.kill("SIGKILL")); // also when a test was given up
    for await (const line of createInterface({ input: started.stdout })) {
      if (line === "ready") {
        started.stdout.resume();
        return new Conformance(started, port);
      }
    }
    throw new Error("The conformance server ended before it was ready");
  }

  async stop(): Promise<void> {
    const exit = once(this.process, "exit");
    this.process.kill("SIGTERM");
    await exit;
  }
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
