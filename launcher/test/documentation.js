import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { vi } from "vitest";

export const REPOSITORY = resolve(import.meta.dirname, "../..");
export const JARS = join(REPOSITORY, "examples/target/lib/*");

const JDK = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin") : "";

/** A program of the JDK that the launcher has found. */
export function jdkProgram(name) {
  return join(JDK, name);
}

/** The blocks of code in a page, by the name that follows their language, or else the language. */
export function blocks(page) {
  const text = readFileSync(join(REPOSITORY, page), "utf8");
  const found = text.matchAll(/^```(\w+) ?(.*)\n([\s\S]*?)^```$/gm);
  return Object.fromEntries([...found].map(([, language, name, code]) => [name || language, code]));
}

/** Two ports that are free now. */
export async function freePorts() {
  const servers = [createServer().listen(0, "127.0.0.1"), createServer().listen(0, "127.0.0.1")];
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => String(server.address().port));
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}

/** A server in Java, as a process, that answers at an address. */
export class JavaServer {
  #process;
  #exit;
  #said = "";

  constructor(args, options) {
    this.#process = spawn(jdkProgram("java"), args, options);
    this.#exit = once(this.#process, "exit");
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream.on("data", (text) => {
        this.#said += text;
      });
    }
  }

  async answersAt(address) {
    const answer = vi.waitFor(() => fetch(address), { timeout: 30_000 });
    await Promise.race([answer, this.#exit.then(() => Promise.reject("It has ended"))]).catch(
      (error) => {
        throw new Error(`No answer from ${address}: ${error}. The server said: ${this.#said}`);
      },
    );
  }

  async stop() {
    this.#process.kill();
    await this.#exit;
  }
}
