import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { House } from "./house.js";

// On macOS there may be a Node and a browser in places that the launcher knows by their full path.
const alone = it.skipIf(process.platform === "darwin");

let house;
beforeEach(() => {
  house = new House();
});
afterEach(() => house.remove());

describe("what is missing", () => {
  it("is said of Maven, with what was found and how to get it", () => {
    house.maven("3.6.3");

    expect(house.run("build")).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(
        /Maven 3\.8 or newer is needed\.\n {2}Found: 3\.6\.3 \(.*bin\/mvn\)\n[\s\S]*apt-get install maven/,
      ),
      calls: [],
    });
    rmSync(join(house.bin, "mvn"));
    expect(house.run("build").stderr).toContain("Found: none");
  });

  alone("is said of Node", () => {
    house.node("20.18.9");

    expect(house.run("build")).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(
        /Node 20\.19 or newer is needed\.\n[\s\S]*Node 20\.18\.9 {2}.*bin\/node\n/,
      ),
    });
  });

  it("is said of npm", () => {
    rmSync(join(house.bin, "npm"));

    expect(house.run("build")).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("Found: Node 22.12.0"),
    });
  });

  alone("is said of the browser", () => {
    house.tool("chromium", "exit 1");
    house.tool("id", "echo 1000");
    house.environment = { PLAYWRIGHT_BROWSERS_PATH: house.home };

    expect(house.run("test")).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("Chromium is needed for the browser tests"),
      calls: [],
    });
    house.environment = { CHROMIUM: "/nowhere/chromium" };
    expect(house.run("test").stderr).toContain('CHROMIUM: "/nowhere/chromium" (expected: ');
  });

  alone("is installed if it is the browser and that is allowed", () => {
    house.tool("chromium", "exit 1");
    house.tool("id", "echo 0");
    const install = `printf '#!/bin/sh\\n' >'${join(house.bin, "chromium")}'`;
    house.tool("apt-get", `[ "$*" != "install -y chromium" ] || ${install}`);
    house.environment = { PLAYWRIGHT_BROWSERS_PATH: house.home };

    const { status, stdout } = house.run("test");

    expect(stdout).toContain("Installing Chromium");
    expect(status).toBe(0);
  });

  it("is looked for elsewhere than on the PATH", () => {
    house.node("18.20.0");
    const nvm = join(house.home, ".nvm/versions/node/v24.1.0/bin");
    house.script(join(nvm, "node"), "echo v24.1.0");

    expect(house.run("build").status).toBe(0);
  });
});

describe("a command", () => {
  it.each([[[]], [["fly"]], [["build", "fast"]]])(
    "that cannot be, %j, is told what can",
    (args) => {
      const { status, stdout, stderr } = house.run(...args);

      expect(status).toBe(2);
      expect(stdout).toBe("");
      expect(stderr).toContain("Usage: ./snorky COMMAND");
    },
  );

  it("helps", () => {
    const { status, stdout, stderr } = house.run("help");

    expect(status).toBe(0);
    expect(stdout).toContain("Usage: ./snorky COMMAND");
    expect(stderr).toBe("");
  });
});
