import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const read = (path: string) => readFileSync(join(import.meta.dirname, path), "utf8");

it("Every example for the page in docs/datasync.md is one that compiles", () => {
  expectCompiled(read("../../../docs/datasync.md"), read("datasync-examples.ts"));
});

it.each(["Who the page is", "PubSub", "Chat", "Messaging", "Cursors"])(
  "Every example of the README's section %s is one that compiles",
  (section) => {
    expectCompiled(sectionOf(read("../../README.md"), section), read("readme-examples.ts"));
  },
);

it("Every example of the README's section Synced objects is one that compiles", () => {
  expectCompiled(sectionOf(read("../../README.md"), "Synced objects"), read("sync-examples.ts"));
});

function expectCompiled(markdown: string, source: string): void {
  const compiled = withoutIndentation(source);
  const examples = [...markdown.matchAll(/```js\n(.*?)```/gs)];
  expect(examples.length).toBeGreaterThan(0);
  for (const [, example = ""] of examples) {
    expect(compiled).toContain(withoutIndentation(example));
  }
}

function sectionOf(markdown: string, title: string): string {
  const [, section] = markdown.split(`\n## ${title}\n`);
  return section?.split("\n## ")[0] ?? "";
}

function withoutIndentation(code: string): string {
  return code.replace(/^ +/gm, "");
}
