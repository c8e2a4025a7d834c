// Builds dist/: the module, its types, and the bundle for <script>.
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
process.chdir(root);
rmSync("dist", { recursive: true, force: true });

const common = { bundle: true, target: "es2022", sourcemap: true, legalComments: "none" };
await build({
  ...common,
  entryPoints: ["src/index.ts"],
  outfile: "dist/snorky.js",
  format: "esm",
  platform: "neutral",
});
await build({
  ...common,
  entryPoints: ["src/sync/index.ts", "src/sync/react.ts", "src/sync/zustand.ts"],
  outdir: "dist/sync",
  format: "esm",
  platform: "neutral",
  splitting: true, // one Session for all three
  external: ["react", "zustand"],
});
await build({
  ...common,
  entryPoints: ["src/bundle.ts"],
  outfile: "dist/snorky.bundle.js",
  format: "iife",
  minify: true,
});

const tsc = join(
  dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
  "bin/tsc",
);
execFileSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], { stdio: "inherit" });

const bundle = readFileSync("dist/snorky.bundle.js");
console.log(
  `dist/snorky.bundle.js: ${bundle.length} bytes, ${gzipSync(bundle, { level: 9 }).length} gzipped`,
);
