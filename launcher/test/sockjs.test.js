import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blocks, freePorts, JARS, JavaServer, jdkProgram } from "./documentation.js";

describe("what the page about SockJS shows works:", () => {
  const folder = mkdtempSync(join(tmpdir(), "snorky-sockjs-"));
  let port;
  let server;

  beforeAll(async () => {
    [port] = await freePorts();
    const source = blocks("docs/sockjs.md")["Chat.java"].replace("5001", port);
    writeFileSync(join(folder, "Chat.java"), source);
    execFileSync(jdkProgram("javac"), ["-Xlint:all", "-Werror", "-cp", JARS, "Chat.java"], {
      cwd: folder,
    });
    server = new JavaServer(["-cp", `.:${JARS}`, "Chat"], { cwd: folder });
    await server.answersAt(`http://localhost:${port}/chat`);
  });

  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true });
  });

  it("what one client says reaches all", async () => {
    const session = `http://localhost:${port}/chat/000/me`;
    const post = (path, body = "") => fetch(session + path, { method: "POST", body });

    expect(await (await post("/xhr")).text()).toBe("o\n");
    expect((await post("/xhr_send", '["Hello"]')).status).toBe(204);
    expect(await (await post("/xhr")).text()).toMatch(/^a\["\w+: Hello"\]\n$/);
  });
});
