import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const read = (path: string) => readFileSync(join(import.meta.dirname, path), "utf8");

it("Every example for the page in docs/datasync.md is one that compiles", () => {
  const compiled = withoutIndentation(read("datasync-examples.ts"));
  const examples = [...read("../../../docs/datasync.md").matchAll(/```js\n(.*?)```/gs)];

  expect(examples.length).toBeGreaterThan(0);
  for (const [, example = ""] of examples) {
    expect(compiled).toContain(withoutIndentation(example));
  }
});

function withoutIndentation(code: string): string {
  return code.replace(/^ +/gm, "");
}
