// Builds the pages: each example's web/ to web/dist/.
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));

const icon = "../../shared-web/icon.svg";
const client = "../../../client-js/dist/snorky.bundle.js";

/** What is bundled, and what is taken as it is. */
const pages = {
  calculator: { entries: ["main.ts", "style.css"], files: ["index.html", icon] },
  chat: { entries: ["main.tsx", "style.css"], files: ["index.html", icon] },
  cursors: { entries: ["main.ts", "style.css"], files: ["index.html", icon] },
  demo: { entries: ["main.ts", "style.css"], files: ["index.html", icon] },
  notes: { entries: ["main.tsx", "style.css"], files: ["index.html", icon] },
  pubsub: { entries: ["style.css"], files: ["index.html", "pubsub.js", icon, client] },
  talk: { entries: ["main.tsx", "style.css"], files: ["index.html", icon] },
  todo: { entries: ["main.tsx", "style.css"], files: ["index.html", icon] },
};

for (const [name, { entries, files }] of Object.entries(pages)) {
  const web = join(here, name, "web");
  const dist = join(web, "dist");
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist);
  await build({
    entryPoints: entries.map((entry) => join(web, entry)),
    outdir: dist,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    legalComments: "none",
    logLevel: "warning",
  });
  for (const file of files) {
    copyFileSync(join(web, file), join(dist, basename(file)));
  }
}
