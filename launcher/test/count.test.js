import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { House } from "./house.js";

let house;
beforeEach(() => {
  house = new House();
});
afterEach(() => house.remove());

function lastLine({ stdout }) {
  return stdout.trimEnd().split("\n").at(-1);
}

describe("the tests", () => {
  it("are counted, all kinds of them", () => {
    const run = house.run("test");

    expect(lastLine(run)).toBe("5 passed, 0 failed");
    expect(run.status).toBe(0);
    expect(run.calls.map((call) => call.replace(/( --)? --reporter.*/, ""))).toEqual([
      "npm ci",
      "npm run build -w client-js",
      "npm run build -w examples",
      "mvn --batch-mode --no-transfer-progress verify",
      "npm run check",
      "npm test -w client-js",
      "npm exec -- vitest run --root launcher",
      "npm run test:browser -w examples",
    ]);
  });

  it("fail if one fails, and the others are run", () => {
    house.maven("3.9.16", {
      reports: [
        'tests="4" errors="1" skipped="0" failures="1"',
        'tests="1" errors="0" skipped="0" failures="0"',
      ],
      exit: 1,
    });

    const run = house.run("test");

    expect(run.stdout).toContain("Java: 3 passed, 2 failed");
    expect(run.stdout).toContain("pages and browser: not run, for the Java part has failed");
    expect(lastLine(run)).toBe("4 passed, 3 failed");
    expect(run.status).toBe(1);
  });

  it("fail if a check fails that is no test", () => {
    house.maven("3.9.16", { exit: 1 });

    const run = house.run("test");

    expect(run.stdout).toContain("Java: 2 passed, 0 failed; failed with exit code 1");
    expect(run.status).toBe(1);
  });

  it("fail if none has run, whatever an earlier run has left", () => {
    house.run("test");
    house.maven("3.9.16", { reports: [] });

    const run = house.run("test");

    expect(run.stdout).toContain("Java: no test has run");
    expect(run.status).toBe(1);
  });

  it("fail if no browser test has run", () => {
    house.run("build");
    house.npm({ tests: "/web/page.test.ts" });

    const run = house.run("test");

    expect(run.stdout).toContain("Pages in Node and browser: no test has run");
    expect(run.stdout).toContain("TypeScript client: 1 passed, 0 failed");
    expect(run.status).toBe(1);
  });

  it("fail if the pages cannot be built", () => {
    rmSync(join(house.bin, "npm"));
    house.tool("npm", "exit 1");

    const run = house.run("test");

    expect(lastLine(run)).toBe("0 passed, 1 failed");
    expect(run.status).toBe(1);
  });
});
