import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blocks, freePorts, JARS, JavaServer, jdkProgram, REPOSITORY } from "./documentation.js";

const SERVICES = '.webSocket("/ws", pubsub, datasync';
const MISSING = ["curl", "python3"].filter((name) => spawnSync(name, ["--version"]).error);

describe("what the README shows works:", () => {
  const code = blocks("README.md");
  const folder = mkdtempSync(join(tmpdir(), "snorky-readme-"));
  let ports;
  let server;
  let browser;

  /** The code, with ports that are free here. */
  const here = (name) => code[name].replaceAll("5001", ports[0]).replaceAll("5002", ports[1]);
  const address = () => `http://localhost:${ports[0]}/`;

  async function openPage() {
    const page = await browser.newPage();
    await page.goto(address());
    await page.waitForFunction("snorky.isConnected");
    return page;
  }

  beforeAll(async () => {
    ports = await freePorts();
    const hello = here("Hello.java").replace(SERVICES, `${SERVICES}, new Calculator()`);
    writeFileSync(join(folder, "Hello.java"), hello);
    writeFileSync(join(folder, "Calculator.java"), here("Calculator.java"));
    writeFileSync(join(folder, "index.html"), here("index.html"));
    const bundle = "snorky.bundle.js";
    copyFileSync(join(REPOSITORY, "client-js/dist", bundle), join(folder, bundle));
    execFileSync(
      jdkProgram("javac"),
      ["-Xlint:all", "-Werror", "-parameters", "-cp", JARS, "Hello.java", "Calculator.java"],
      { cwd: folder },
    );
    server = new JavaServer(["-cp", `.:${JARS}`, "Hello"], { cwd: folder });
    await server.answersAt(address());
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    });
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true });
  });

  it("the server and the page", async () => {
    const [one, other] = [await openPage(), await openPage()];

    await one.locator("input").fill("Hello");
    await one.locator("input").blur();

    await other.getByText("Hello").waitFor();
    await one.getByText("Hello").waitFor();
  });

  it("the service", async () => {
    const page = await openPage();

    const half = await page.evaluate(`(async () => { ${here("calculator")}; return half; })()`);

    expect(half).toBe(0.5);
  });

  it.skipIf(MISSING.includes("curl"))("a back end that publishes", async () => {
    const page = await openPage();

    const answer = execFileSync("sh", ["-c", `${here("publish").trimEnd()} --silent`]);

    expect(JSON.parse(answer).message).toEqual({ type: "response", data: null });
    await page.getByText("Good morning").waitFor();
  });

  it.skipIf(MISSING.includes("python3"))("a back end in Python, and live rows", async () => {
    const python = (line) =>
      execFileSync("python3", ["-c", `${here("snorky.py")}\n${line}`], { encoding: "utf8" }).trim();
    const page = await openPage();
    await page.route("**/tasks", (route) =>
      route.fulfill({
        json: [{ id: 1, title: "Water the plants" }],
        headers: { "X-Subscription-Token": python("print(subscribe_to_tasks())") },
      }),
    );
    const connect = `new Snorky(WebSocket, "${address().replace("http", "ws")}ws", { datasync: Snorky.DataSync })`;
    await page.evaluate(
      `{ const snorky = ${connect}; ${here("live-list")}; window.tasks = tasks }`,
    );
    await page.waitForFunction("tasks.items[0]?.title === 'Water the plants'");

    python(
      'task_changed({"id": 1, "title": "Water the plants"}, {"id": 1, "title": "Water them"})',
    );

    await page.waitForFunction("tasks.items[0].title === 'Water them'");
    expect(await page.evaluate("tasks.items")).toEqual([{ id: 1, title: "Water them" }]);
  });
});

describe("what the page on configuration shows works:", () => {
  it("all settings, as the server's help shows them", () => {
    const folder = "server/src/main/resources/io/snorky/server/cli";
    const example = readFileSync(join(REPOSITORY, folder, "example.yaml"), "utf8");

    expect(blocks("docs/configuration.md")["all settings"]).toBe(example);
  });

  it("the file", async () => {
    const [port, backendPort] = await freePorts();
    const folder = mkdtempSync(join(tmpdir(), "snorky-configuration-"));
    const file = join(folder, "snorky.yaml");
    const { yaml } = blocks("docs/configuration.md");
    writeFileSync(file, yaml.replace("5001", port).replace("5002", backendPort));
    const server = new JavaServer(
      ["-cp", JARS, "io.snorky.server.cli.SnorkyCli", "serve", "--config", file],
      { env: { ...process.env, SNORKY_BACKEND_KEY: "swordfish" } },
    );

    await server.answersAt(`http://127.0.0.1:${backendPort}/`);

    await server.stop();
    rmSync(folder, { recursive: true });
  });
});
