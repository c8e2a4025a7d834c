import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const ROOT = resolve(import.meta.dirname, "../..");
const KEY = "swordfish";

/** Where a running demo answers. */
export interface Addresses {
  readonly examples: string;
  readonly todo: string;
  readonly pubsub: string;
  readonly calculator: string;
  readonly chat: string;
  readonly cursors: string;
  readonly talk: string;
  readonly notes: string;
  readonly websocket: string;
  readonly backend: string;
}

/** The real demo, as a process, with a database of its own. */
export class Demo {
  private constructor(
    private readonly folder: string,
    private process: ChildProcess,
    readonly addresses: Addresses,
  ) {}

  /** Starts it on free ports. */
  static async start(): Promise<Demo> {
    const folder = await mkdtemp(join(tmpdir(), "snorky-browser-"));
    const [process, addresses] = await run(folder, ["0", "0", "0"]);
    return new Demo(folder, process, addresses);
  }

  /** Ends the process without a chance to say good-bye. */
  async kill(): Promise<void> {
    const exit = once(this.process, "exit");
    this.process.kill("SIGKILL");
    await exit;
  }

  /** Starts it again on the same ports, with the same database. */
  async startAgain(): Promise<void> {
    const { websocket, backend, todo } = this.addresses;
    const ports = [websocket, backend, todo].map((address) => new URL(address).port);
    [this.process] = await run(this.folder, ports);
  }

  /** Ends the process as an operator does, and removes its database. */
  async stop(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const exit = once(this.process, "exit");
      this.process.kill("SIGTERM");
      await exit;
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Calls a command of a back-end service. */
  async call(service: string, command: string, params: object): Promise<unknown> {
    const response = await fetch(this.addresses.backend, {
      method: "POST",
      headers: { "X-Backend-Key": KEY },
      body: JSON.stringify({ service, message: { command, params } }),
    });
    return response.json();
  }

  /** The environment of programs that talk to the back end. */
  get environment(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      SNORKY_BACKEND: this.addresses.backend,
      SNORKY_BACKEND_KEY: KEY,
    };
  }
}

async function run(folder: string, ports: string[]): Promise<[ChildProcess, Addresses]> {
  const [port, backendPort, todoPort] = ports as [string, string, string];
  const [command, ...first] = process.env.SNORKY_DEMO?.split(" ") ?? [`${ROOT}/snorky`, "demo"];
  const started = spawn(
    command as string,
    [
      ...first,
      ...["--port", port, "--backend-port", backendPort, "--todo-port", todoPort],
      ...["--database", `jdbc:h2:file:${join(folder, "todo")}`],
    ],
    {
      cwd: ROOT,
      env: { ...process.env, SNORKY_BACKEND_KEY: KEY },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  process.once("exit", () => started.kill("SIGKILL")); // also when a test was given up
  let errors = "";
  started.stderr.on("data", (text) => {
    errors += text;
  });
  const addresses: Record<string, string> = {};
  for await (const line of createInterface({ input: started.stdout })) {
    const [name, address] = line.split(" ") as [string, string];
    if (name === "ready") {
      started.stdout.resume();
      return [started, addresses as unknown as Addresses];
    }
    addresses[name] = address;
  }
  throw new Error(`${command} ended before it was ready:\n${errors}`);
}
