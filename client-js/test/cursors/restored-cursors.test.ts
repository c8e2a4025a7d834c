import { describe, expect, it } from "vitest";
import type { Snorky } from "../../src/index.js";
import { foreign, joinedCursors, ownCursor } from "../support/cursors.js";
import { cut, next, reconnect, rejection, settled, useServer } from "../support/fixture.js";
import type { Peer } from "../support/server.js";

const fixture = useServer();

const again = (snorky: unknown, peer: Peer) => reconnect(fixture, snorky as Snorky, peer);

describe("After a lost connection", () => {
  it("documents are joined and cursors created again where they are then", async () => {
    const { snorky, peer, cursors, document, cursor } = await ownCursor(fixture);
    await cut(snorky as unknown as Snorky, peer);
    expect(cursor.publicHandle).toBeUndefined();
    const moved = cursor.update({ position: 99 });
    expect(cursor.isSynchronized()).toBe(false);

    snorky.connect();
    const second = await fixture.server.accept();
    await second.serve("join", { cursors: [] });
    const { params } = (await second.serve("createCursor", 51)).message;

    const { privateHandle } = cursor;
    expect(params).toEqual({ privateHandle, document: "Sheet1", position: 99, status: "read" });
    await moved;
    await settled(cursors, second);
    expect(cursor.publicHandle).toBe(51);
    expect(cursor.isSynchronized()).toBe(true);
    expect(document.cursors).toEqual([cursor]);
    expect(cursors.documents).toEqual({ '"Sheet1"': document });
  });

  it("moves without an answer are made good", async () => {
    const { snorky, peer, cursors, cursor } = await ownCursor(fixture);
    const first = cursor.update({ position: 1 });
    await peer.call("updateCursor");
    const second = cursor.update({ status: "write" });
    const kept: string[] = [];
    first.then(() => kept.push("first"));
    second.then(() => kept.push("second"));

    const next = await again(snorky, peer);
    await next.serve("join", { cursors: [] });
    const call = await next.call("createCursor");
    expect(kept).toEqual([]);
    next.answer(call, 7);
    const { params } = call.message;

    expect(params).toMatchObject({ position: 1, status: "write" });
    await Promise.all([first, second]);
    await settled(cursors, next);
    expect(cursor.isSynchronized()).toBe(true);
  });

  it("a creation without an answer is made good, and moves since then with it", async () => {
    const { snorky, peer, cursors, document } = await joinedCursors(fixture);
    const [cursor, created] = document.createCursor({ position: 1 });
    await peer.call("createCursor");
    const second = await again(snorky, peer);
    await second.serve("join", { cursors: [] });
    await second.call("createCursor");
    const moved = cursor.update({ position: 2 });

    const third = await again(snorky, second);
    await third.serve("join", { cursors: [] });
    expect((await third.serve("createCursor", 8)).message.params.position).toBe(2);

    await Promise.all([created, moved]);
    await settled(cursors, third);
    expect(cursor.publicHandle).toBe(8);
  });

  it("cursors can be created and removed before there is another", async () => {
    const { snorky, peer, cursors, document, cursor } = await ownCursor(fixture);
    await cut(snorky as unknown as Snorky, peer);
    const [late, created] = document.createCursor({ position: 5 });
    await cursor.remove();

    snorky.connect();
    const second = await fixture.server.accept();
    await second.serve("join", { cursors: [] });
    expect((await second.serve("createCursor", 2)).message.params.position).toBe(5);

    await created;
    await settled(cursors, second);
    expect(document.cursors).toEqual([late]);
  });

  it("a removal without an answer has happened", async () => {
    const { snorky, peer, cursors, cursor } = await ownCursor(fixture);
    const moved = cursor.update({ position: 1 });
    const removed = cursor.remove();
    await peer.call("updateCursor");
    await peer.call("removeCursor");

    const second = await again(snorky, peer);
    await second.serve("join", { cursors: [] });

    await Promise.all([moved, removed]);
    await settled(cursors, second);
  });

  it("signals tell of the cursors of others that came, went and moved meanwhile", async () => {
    const { snorky, peer, cursors, document, log } = await joinedCursors(fixture, [
      foreign(1, 10),
      foreign(2, 20),
      foreign(3, 30, "bob"),
      foreign(4, { x: 1, y: 2 }),
    ]);
    const [, , , untouched] = document.cursors;

    const second = await again(snorky, peer);
    await second.serve("join", {
      cursors: [foreign(4, { y: 2, x: 1 }), foreign(5, 50), foreign(3, 30, "carl"), foreign(2, 21)],
    });
    await settled(cursors, second);

    expect(log).toEqual(["-1@10", "-3@30", "+5@50", "+3@30", "=2@21"]);
    expect(document.cursors).toContain(untouched);
    expect(document.cursors.map(({ publicHandle }) => publicHandle)).toEqual([2, 4, 5, 3]);
  });

  it("a page that joins itself gets the document there is", async () => {
    const { snorky, peer, cursors, document } = await joinedCursors(fixture);
    const joined: Promise<unknown>[] = [];
    snorky.connected.addOnce(() => joined.push(cursors.join({ document: "Sheet1" })));

    const second = await again(snorky, peer);
    await second.serve("join", { cursors: [] });

    await settled(cursors, second);
    expect(await Promise.all(joined)).toEqual([document]);
  });

  it("a document that is refused is lost, with the cursors in it", async () => {
    const { snorky, peer, cursors, document, cursor } = await ownCursor(fixture);
    const lost = next(cursors.documentLost);
    await cut(snorky as unknown as Snorky, peer);
    const moved = rejection(cursor.update({ position: 1 }));

    snorky.connect();
    const second = await fixture.server.accept();
    second.refuse(await second.call("join"), "Not authenticated");

    const { document: which, error } = await lost;
    expect(which).toBe(document);
    expect(error.message).toBe("Not authenticated");
    expect((await moved).message).toBe("Not authenticated");
    expect(cursor.removed).toBe(true);
    expect(cursors.documents).toEqual({});
    expect(cursors.ownCursors).toEqual({});
    expect(fixture.reports).toHaveLength(1);
    await settled(cursors, await again(snorky, second));
  });

  it("a cursor that is refused is lost", async () => {
    const { snorky, peer, cursors, document, cursor } = await ownCursor(fixture);
    const lost = next(cursors.cursorLost);

    const second = await again(snorky, peer);
    await second.serve("join", { cursors: [] });
    second.refuse(await second.call("createCursor"), "Too many cursors");

    const { cursor: which, error } = await lost;
    expect(which).toBe(cursor);
    expect(error.message).toBe("Too many cursors");
    expect(cursor.removed).toBe(true);
    expect(document.cursors).toEqual([]);
    expect(fixture.reports).toHaveLength(1);
  });

  it("nothing is there any more if the page hung up", async () => {
    const { snorky, peer, cursors, document, cursor } = await ownCursor(fixture);
    const moved = rejection(cursor.update({ position: 1 }));
    await peer.call("updateCursor");

    snorky.disconnect();

    expect((await moved).message).toContain("ended (1000)");
    expect(cursor.removed).toBe(true);
    expect(cursors.documents).toEqual({});
    expect(document.cursors).toEqual([]);
    snorky.connect();
    await settled(cursors, await fixture.server.accept());
  });
});
