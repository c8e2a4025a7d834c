import { runInNewContext } from "node:vm";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { Snorky } from "../src/index.js";
import { next, useServer } from "./support/fixture.js";

const fixture = useServer();

/** What a page has after `<script src="snorky.bundle.js">`. */
async function page(): Promise<{ Snorky: typeof Snorky }> {
  const { outputFiles } = await build({
    entryPoints: ["src/bundle.ts"],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: "es2022",
  });
  const globals = { console, setTimeout, clearTimeout, AbortController };
  runInNewContext(outputFiles[0]?.text ?? "", globals);
  return globals as unknown as { Snorky: typeof Snorky };
}

describe("The bundle", () => {
  it("defines Snorky with everything a page needs, and nothing else", async () => {
    const globals = await page();

    expect(Object.keys(globals)).toEqual([
      "console",
      "setTimeout",
      "clearTimeout",
      "AbortController",
      "Snorky",
    ]);
    const { Snorky } = globals;
    for (const name of [
      "Class",
      "Signal",
      "Promise",
      "Service",
      "RPCService",
      "PubSub",
      "Chat",
      "Messaging",
      "Cursors",
      "DataSync",
      "FetchError",
      "RPCError",
      "ConnectionError",
      "TimeoutError",
      "QueueFullError",
    ]) {
      expect(Snorky).toHaveProperty(name);
    }
    for (const name of [
      "CollectionDeltaProcessor",
      "Collection",
      "ArrayCollection",
      "SnapshotCollection",
      "SingleItemCollection",
    ]) {
      expect(Snorky.DataSync).toHaveProperty(name);
    }
    for (const name of ["Document", "Cursor", "OwnCursor", "ForeignCursor"]) {
      expect(Snorky.Cursors).toHaveProperty(name);
    }
  });

  it("works as in the smallest page there is", async () => {
    const { Snorky } = await page();
    const snorky = new Snorky(WebSocket, fixture.server.url, { pubsub: Snorky.PubSub });
    const { pubsub } = snorky.services;

    const subscribed = pubsub.subscribe({ channel: "messages" });
    const message = next(pubsub.messagePublished);
    const peer = await fixture.server.accept();
    await peer.serve("subscribe");
    await subscribed;
    peer.send("pubsub", { type: "message", channel: "messages", message: "hello" });

    expect((await message).message).toBe("hello");
    snorky.disconnect();
  });
});
