import { existsSync, rmSync, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { House } from "./house.js";

const MAVEN = "mvn --batch-mode --no-transfer-progress -Dmaven.test.skip=true";
const JAVA = `${MAVEN} --projects !benchmarks package`;
const BENCHMARKS = `${MAVEN} --projects benchmarks --also-make package`;
const PEERS = "npm ci --ignore-scripts";
const PACKAGES = "npm ci";
const CLIENT = "npm run build -w client-js";
const PAGES = "npm run build -w examples";

let house;
beforeEach(() => {
  house = new House();
});
afterEach(() => house.remove());

describe("what is built", () => {
  it("is everything at first, and nothing when nothing has changed", () => {
    expect(house.run("build").calls).toEqual([PACKAGES, CLIENT, PAGES, JAVA]);
    expect(house.run("build")).toMatchObject({ status: 0, stdout: "", stderr: "", calls: [] });
  });

  it.each([
    ["examples/todo/java/Todo.java", [JAVA]],
    ["examples/todo/web/main.tsx", [PAGES, JAVA]],
    ["client-js/src/index.ts", [CLIENT, PAGES, JAVA]],
    ["package-lock.json", [PACKAGES, CLIENT, PAGES, JAVA]],
  ])("is what depends on %s when that has changed", (source, calls) => {
    house.run("build");

    house.write(join(house.root, source), "changed");

    expect(house.run("build").calls).toEqual(calls);
    expect(house.run("build").calls).toEqual([]);
  });

  it("is Java when a file is new, renamed or gone, however old it is", () => {
    house.run("build");
    const old = join(house.root, "examples/todo/java/Old.java");

    rmSync(old);

    expect(house.run("build").calls).toEqual([JAVA]);
    house.write(old, "back");
    utimesSync(old, new Date(0), new Date(0));
    expect(house.run("build").calls).toEqual([JAVA]);
    expect(house.run("build").calls).toEqual([]);
  });

  it("is what somebody has removed", () => {
    house.run("build");

    rmSync(join(house.root, "examples/target"), { recursive: true });

    expect(house.run("build").calls).toEqual([JAVA]);
  });

  it("is tried again after it has failed, and the end of its output shown", () => {
    house.maven("3.9.16", { exit: 1 });

    expect(house.run("build")).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("the output of Maven"),
    });
    expect(house.run("build").calls).toEqual([JAVA]);
  });
});

describe("what is built to measure", () => {
  it("is the benchmarks and their peers, and not the pages", () => {
    expect(house.run("bench").calls).toEqual([BENCHMARKS, PEERS]);
    expect(house.run("bench").calls).toEqual([]);
  });

  it.each([
    ["core/src/main/java/Core.java", [BENCHMARKS]],
    ["benchmarks/src/main/java/Bench.java", [BENCHMARKS]],
    ["benchmarks/node/package-lock.json", [PEERS]],
    ["examples/todo/java/Todo.java", []],
  ])("is what depends on %s when that has changed", (source, calls) => {
    house.run("bench");

    house.write(join(house.root, source), "changed");

    expect(house.run("bench").calls).toEqual(calls);
  });

  it("does not concern the other commands", () => {
    house.run("build");

    house.write(join(house.root, "benchmarks/src/main/java/Bench.java"), "changed");

    expect(house.run("build").calls).toEqual([]);
  });

  it("is done without Node, too", () => {
    house.node("18.0.0");

    const { stdout, stderr, calls } = house.run("bench");

    expect(calls).toEqual([BENCHMARKS]);
    expect(stderr).toContain("There is no Node");
    expect(stdout).toContain("io.snorky.benchmarks.load.Bench");
  });
});

describe("what is run", () => {
  it("is the load tool with the arguments, or JMH with its own", () => {
    expect(house.run("bench", "echo", "--peers", "bun").stdout).toMatch(
      /-Dsnorky\.bench\.scripts=.*\/benchmarks\/node .* io\.snorky\.benchmarks\.load\.Bench echo --peers bun\n$/,
    );
    expect(house.run("bench", "micro", "Parse").stdout).toMatch(
      / org\.openjdk\.jmh\.Main -foe true Parse\n$/,
    );
  });

  it("is the newest JDK with the arguments, and then needs no Maven and no Node", () => {
    house.jdk("21.0.1", "echo an old one");
    expect(house.run("demo", "--port", "1").status).toBe(0);
    for (const tool of ["mvn", "node", "npm"]) {
      rmSync(join(house.bin, tool));
    }

    const { stdout, stderr, status } = house.run("demo", "--port", "1 2");

    expect(stdout).toMatch(/^java as .* io\.snorky\.examples\.demo\.Demo .* --port 1 2\n$/);
    expect(stdout).toContain(`-cp ${house.root}/examples/target/lib/*`);
    expect(stdout).toContain(`--database jdbc:h2:file:${house.root}/.snorky/demo`);
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });

  it("leaves the demo the database it is given", () => {
    const { stdout } = house.run("demo", "--database", "jdbc:x");

    expect(stdout).toMatch(/Demo --database jdbc:x\n$/);
  });

  it("keeps the progress of a build out of the server's output, and its exit code", () => {
    house.jdk("99.0.1", "echo ready; exit 7");

    expect(house.run("conformance")).toMatchObject({
      status: 7,
      stdout: "ready\n",
      stderr: expect.stringMatching(/Building Java \.\.\..* \d+ s/),
    });
  });

  it("writes types where it is called, with nothing else in its output", () => {
    const { stdout } = house.run("types", "a.B", "--out", "b.ts");

    expect(stdout).toMatch(/^java as .*SnorkyCli types a\.B --out b\.ts\n$/);
  });

  it("is found through links", () => {
    symlinkSync(join(house.root, "snorky"), join(house.home, "one"));
    symlinkSync("one", join(house.home, "two"));

    const { stdout } = house.runAs("two", "serve", "--config", "a b");

    expect(stdout).toMatch(/SnorkyCli serve --config a b\n$/);
    expect(existsSync(join(house.root, "examples/target/lib"))).toBe(true);
  });
});
