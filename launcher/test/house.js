import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const REPOSITORY = resolve(import.meta.dirname, "../..");
const SYSTEM =
  "awk cat cmp date dirname find grep head id mkdir mv readlink rm sed sh sleep sort tail";

const SOURCES = [
  ...["package.json", "package-lock.json", ".npmrc", "tsconfig.base.json", "pom.xml"],
  ...["client-js/package.json", "client-js/tsconfig.json", "client-js/build/build.js"],
  ...["client-js/src/index.ts", "core/pom.xml", "core/src/main/java/Core.java"],
  ...["examples/package.json", "examples/tsconfig.json", "examples/build.js"],
  ...["examples/shared-web/icon.svg", "examples/todo/web/main.tsx"],
  ...["examples/todo/java/Todo.java", "examples/todo/java/Old.java"],
  ...["benchmarks/pom.xml", "benchmarks/src/main/java/Bench.java", "benchmarks/node/.npmrc"],
  ...["benchmarks/node/package.json", "benchmarks/node/package-lock.json"],
  "server/src/main/java/Server.java",
];

/**
 * A repository with the real launcher and little else, on a machine whose JDK, Maven, Node and
 * browser are scripts that note how they are called.
 */
export class House {
  #place = mkdtempSync(join(tmpdir(), "snorky launcher "));
  root = join(this.#place, "the repository");
  home = join(this.#place, "home");
  bin = join(this.#place, "bin");
  #calls = join(this.#place, "calls");

  constructor() {
    for (const source of SOURCES) {
      this.write(join(this.root, source), source);
    }
    for (const part of ["snorky", "launcher"]) {
      cpSync(join(REPOSITORY, part), join(this.root, part), { recursive: true });
    }
    mkdirSync(this.bin);
    for (const name of SYSTEM.split(" ")) {
      const path = execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim();
      symlinkSync(path, join(this.bin, name));
    }
    this.jdk("99.0.1", "echo java as", "$*");
    this.maven("3.9.16");
    this.node("22.12.0");
    this.npm();
    this.tool("chromium", "exit 0");
  }

  remove() {
    rmSync(this.#place, { recursive: true });
  }

  write(path, text) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  /** A program on the PATH. */
  tool(name, ...lines) {
    this.script(join(this.bin, name), ...lines);
  }

  script(path, ...lines) {
    this.write(path, ["#!/bin/sh", ...lines, ""].join("\n"));
    chmodSync(path, 0o755);
  }

  /** A JDK of this version, at home, that runs this. */
  jdk(version, ...command) {
    const folder = join(this.home, ".jdks", version);
    this.write(join(folder, "release"), `IMPLEMENTOR="X"\nJAVA_VERSION="${version}"\n`);
    this.script(join(folder, "bin/java"), command.join(" "));
    this.script(join(folder, "bin/javac"));
    return folder;
  }

  /** Maven of this version, which packs one jar and leaves reports of tests as these. */
  maven(version, { reports = ['tests="3" errors="0" skipped="1" failures="0"'], exit = 0 } = {}) {
    const written = reports.map(
      (counts, i) =>
        `echo '<testsuite name="T" time="0.1" ${counts}>' >core/target/surefire-reports/TEST-${i}.xml`,
    );
    this.tool(
      "mvn",
      `if [ "$1" = --version ]; then echo 'Apache Maven ${version} (x)'; exit; fi`,
      `echo "mvn $*" >>'${this.#calls}'`,
      "mkdir -p examples/target/lib benchmarks/target/lib core/target/surefire-reports",
      "echo the output of Maven",
      ...written,
      `exit ${exit}`,
    );
  }

  /** npm, whose scripts make what they should; a run of tests passes one, in this file. */
  npm({ tests = "/test-browser/a.test.ts" } = {}) {
    const report = `{"numTotalTests":1,"numPassedTests":1,"numFailedTests":0,"x":[{"name":"${tests}"}]}`;
    this.tool(
      "npm",
      `echo "npm $*" >>'${this.#calls}'`,
      `case "$*" in`,
      `  ci | "ci --ignore-scripts") made=node_modules/.package-lock.json ;;`,
      `  "run build -w client-js") made=client-js/dist/snorky.bundle.js ;;`,
      `  "run build -w examples") made=examples/todo/web/dist/index.html ;;`,
      `  *--outputFile.json=*) made=.snorky/vitest.json ;;`,
      `  *) exit 0 ;;`,
      `esac`,
      `mkdir -p "$(dirname "$made")"`,
      `echo '${report}' >"$made"`,
    );
  }

  node(version) {
    this.tool("node", `echo v${version}`);
  }

  /** Runs the launcher: what it says, and what it called. */
  run(...args) {
    return this.runAs(join(this.root, "snorky"), ...args);
  }

  runAs(script, ...args) {
    rmSync(this.#calls, { force: true });
    const { status, stdout, stderr } = spawnSync("sh", [script, ...args], {
      cwd: this.home,
      env: { PATH: this.bin, HOME: this.home, ...this.environment },
      encoding: "utf8",
    });
    const calls = existsSync(this.#calls) ? readFileSync(this.#calls, "utf8") : "";
    return { status, stdout, stderr, calls: calls.split("\n").filter(Boolean) };
  }

  environment = {};
}
