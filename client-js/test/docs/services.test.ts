import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { Snorky } from "../../src/index.js";
import { useServer } from "../support/fixture.js";

const fixture = useServer();

it("What docs/services.md shows of the page watches, votes, and watches again", async () => {
  const page = readFileSync(join(import.meta.dirname, "../../../docs/services.md"), "utf8");
  const [, example = ""] = page.match(/```js\n(.*?)```/s) ?? [];
  const code = example.replace("ws://localhost:5001/ws", fixture.server.url);
  const shown: unknown[] = [];
  const run = new Function("Snorky", "WebSocket", "show", `${code}\nreturn snorky;`);
  const snorky = run(Snorky, WebSocket, (counts: unknown) => shown.push(counts));

  const first = await fixture.server.accept();
  await first.serve("watch", { cats: 1 });
  await vi.waitFor(() => expect(shown).toEqual([{ cats: 1 }]));
  first.send("poll", { type: "counts", counts: { cats: 2 } });
  await vi.waitFor(() => expect(shown).toEqual([{ cats: 1 }, { cats: 2 }]));

  const vote = snorky.services.poll.vote("cats");
  expect((await first.serve("vote")).message.params).toEqual({ option: "cats" });
  expect(await vote).toBeNull();

  first.cut();
  const second = await fixture.server.accept();
  await second.serve("watch", { cats: 3 });
  await vi.waitFor(() => expect(shown.at(-1)).toEqual({ cats: 3 }));
  snorky.disconnect();
});
