import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const ROOT = resolve(import.meta.dirname, "../..");

/** The stand-alone server, as a process, with a configuration of one's own. */
export class StandAlone {
  private readonly lines: string[] = [];

  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
    /** Of its front end. */
    readonly address: string,
  ) {}

  /** Starts it. The configuration is in YAML and names the ports. */
  static async start(port: number, yaml: string): Promise<StandAlone> {
    const folder = await mkdtemp(join(tmpdir(), "snorky-"));
    const file = join(folder, "snorky.yaml");
    await writeFile(file, yaml);
    const started = spawn(`${ROOT}/snorky`, ["serve", "--config", file], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe"],
    });
    process.once("exit", () => started.kill("SIGKILL")); // also when a test was given up
    const server = new StandAlone(started, folder, `ws://127.0.0.1:${port}/ws`);
    createInterface({ input: started.stderr }).on("line", (line) => server.lines.push(line));
    for await (const line of createInterface({ input: started.stdout })) {
      if (line === "ready") {
        started.stdout.resume();
        return server;
      }
    }
    throw new Error(`The server ended before it was ready:\n${server.lines.join("\n")}`);
  }

  /** What operators read. */
  get log(): string {
    return this.lines.join("\n");
  }

  async stop(): Promise<void> {
    const exit = once(this.process, "exit");
    this.process.kill("SIGTERM");
    await exit;
    await rm(this.folder, { recursive: true });
  }
}
