import { describe, expect, it } from "vitest";
import { Cursors, OwnCursor } from "../../src/index.js";
import { joinedCursors, ownCursor } from "../support/cursors.js";
import { settled, unheeded, useServer } from "../support/fixture.js";

const fixture = useServer();

describe("A cursor of one's own", () => {
  it("is there at once, and known to others when the server has it", async () => {
    const { peer, cursors, document, log } = await joinedCursors(fixture);

    const [cursor, created] = document.createCursor({ position: 23, status: "read" });

    expect(cursor).toBeInstanceOf(Cursors.OwnCursor);
    expect(cursor).toBeInstanceOf(Cursors.Cursor);
    expect(cursor).toMatchObject({ position: 23, status: "read", isMine: true, removed: false });
    expect(cursor.document).toBe(document);
    expect(cursor.publicHandle).toBeUndefined();
    expect(cursor.isSynchronized()).toBe(false);
    expect(document.cursors).toEqual([cursor]);
    expect(cursors.ownCursors[cursor.privateHandle]).toBe(cursor);
    const { params } = (await peer.serve("createCursor", 50)).message;
    const { privateHandle } = cursor;
    expect(params).toEqual({ privateHandle, document: "Sheet1", position: 23, status: "read" });
    expect(await created).toBeUndefined();
    expect(cursor.publicHandle).toBe(50);
    expect(cursor.isSynchronized()).toBe(true);
    expect(log).toEqual([]);
  });

  it("is at null if nothing is said", async () => {
    const { peer, document } = await joinedCursors(fixture);

    const [, created] = document.createCursor();

    const { params } = (await peer.serve("createCursor", 1)).message;
    await created;
    expect(params).toMatchObject({ position: null, status: null });
  });

  it("is taken away again if the server refuses it", async () => {
    const { peer, cursors, document } = await joinedCursors(fixture);

    const [cursor, created] = document.createCursor({ position: 1 });
    const updated = cursor.update({ position: 2 });
    peer.refuse(await peer.call("createCursor"), "Too many cursors");

    await expect(created).rejects.toThrow("Too many cursors");
    await expect(updated).rejects.toThrow("Too many cursors");
    expect(cursor.removed).toBe(true);
    expect(document.cursors).toEqual([]);
    expect(cursors.ownCursors).toEqual({});
    expect(fixture.reports).toEqual([]);
  });

  it("has a private handle from 0 to 255 that no other of the page has", async () => {
    const { document } = await joinedCursors(fixture);
    const made = Array.from({ length: 256 }, () => {
      const [cursor, created] = document.createCursor({ position: 0 });
      unheeded(created);
      return cursor;
    });

    expect(new Set(made.map(({ privateHandle }) => privateHandle)).size).toBe(256);
    expect(Math.min(...made.map(({ privateHandle }) => privateHandle))).toBe(0);
    expect(Math.max(...made.map(({ privateHandle }) => privateHandle))).toBe(255);
    expect(() => document.createCursor({ position: 0 })).toThrow(
      "cursors: 256 (expected: fewer than that before one is created)",
    );
    unheeded(made[7]?.remove() as Promise<void>);
    const [again, created] = document.createCursor({ position: 0 });
    unheeded(created);
    expect(again.privateHandle).toBe(7);
  });

  it("is moved at once, and the server told", async () => {
    const { peer, cursor } = await ownCursor(fixture);

    const updated = cursor.update({ position: { line: 24 } });

    expect(cursor.position).toEqual({ line: 24 });
    expect(cursor.status).toBe("read");
    expect(cursor.isSynchronized()).toBe(false);
    const { params } = (await peer.serve("updateCursor")).message;
    expect(params).toEqual({
      privateHandle: cursor.privateHandle,
      newData: { position: { line: 24 } },
    });
    expect(await updated).toBeUndefined();
    expect(cursor.isSynchronized()).toBe(true);
  });

  it("asks nothing of the server if nothing changes, and is in sync all the same", async () => {
    const { peer, cursors, cursor } = await ownCursor(fixture);

    await cursor.update({ position: 23, status: "read" });
    await cursor.update({});
    await cursor.update({ position: undefined });

    expect(cursor.isSynchronized()).toBe(true);
    expect(cursor.position).toBe(23);
    await settled(cursors, peer);
  });

  it("notices when an object that it was given has changed", async () => {
    const { peer, cursor } = await ownCursor(fixture);
    const position = { x: 1 };
    const first = cursor.update({ position });
    await peer.serve("updateCursor");
    await first;

    position.x = 2;
    const second = cursor.update({ position });

    expect((await peer.serve("updateCursor")).message.params.newData).toEqual({ position });
    await second;
  });

  it("takes position and status alone", async () => {
    const { cursor } = await ownCursor(fixture);

    expect(() => cursor.update({ owner: "me" } as never)).toThrow(
      "newData: owner (expected: position or status)",
    );
    expect(cursor.isSynchronized()).toBe(true);
  });

  it("sends only the last of many moves while an answer is awaited", async () => {
    const { peer, cursors, cursor } = await ownCursor(fixture);
    const moves = Array.from({ length: 600 }, (_, i) => cursor.update({ position: i }));
    const styled = cursor.update({ status: "write" });

    const first = await peer.call("updateCursor");
    expect(first.message.params.newData).toEqual({ position: 0 });
    expect(cursor.isSynchronized()).toBe(false);
    peer.answer(first);
    const second = await peer.call("updateCursor");
    expect(second.message.params.newData).toEqual({ position: 599, status: "write" });
    expect(cursor.isSynchronized()).toBe(false);
    peer.answer(second);

    await Promise.all([...moves, styled]);
    expect(cursor.isSynchronized()).toBe(true);
    await settled(cursors, peer);
  });

  it("sends where it has gone while it was created", async () => {
    const { peer, document } = await joinedCursors(fixture);
    const [cursor] = document.createCursor({ position: 1 });
    const updated = cursor.update({ position: 2 });

    await peer.serve("createCursor", 50);
    expect((await peer.serve("updateCursor")).message.params.newData).toEqual({ position: 2 });

    await updated;
    expect(cursor.isSynchronized()).toBe(true);
  });

  it("goes back where it was if the server refuses, but for what has changed again", async () => {
    const { peer, cursor } = await ownCursor(fixture);

    const refused = cursor.update({ position: "too long", status: "too long" });
    const call = await peer.call("updateCursor");
    const later = cursor.update({ status: "write" });
    peer.refuse(call, "cursor: too long");
    await expect(refused).rejects.toThrow("cursor: too long");

    expect(cursor).toMatchObject({ position: 23, status: "write" });
    expect((await peer.serve("updateCursor")).message.params.newData).toEqual({ status: "write" });
    await later;
    expect(cursor.isSynchronized()).toBe(true);
    const again = cursor.update({ position: "too long" });
    await peer.serve("updateCursor");
    await again;
  });

  it("is removed at once, and the server told", async () => {
    const { peer, cursors, document, cursor } = await ownCursor(fixture);

    const removed = cursor.remove();

    expect(cursor.removed).toBe(true);
    expect(cursor.isSynchronized()).toBe(false);
    expect(document.cursors).toEqual([]);
    expect(cursors.ownCursors).toEqual({});
    const { params } = (await peer.serve("removeCursor")).message;
    expect(params).toEqual({ privateHandle: cursor.privateHandle });
    expect(await removed).toBeUndefined();
    expect(cursor.isSynchronized()).toBe(true);
    await expect(cursor.update({ position: 1 })).rejects.toThrow("No such cursor");
    await expect(cursor.remove()).rejects.toThrow("No such cursor");
  });

  it("can be removed while it is created and moved; what was not sent is not sent any more", async () => {
    const { peer, cursors, document } = await joinedCursors(fixture);
    const [cursor, created] = document.createCursor({ position: 1 });
    const updated = cursor.update({ position: 2 });
    const removed = cursor.remove();

    await peer.serve("createCursor", 50);
    await peer.serve("removeCursor");
    await settled(cursors, peer);

    await Promise.all([created, updated, removed]);
    expect(cursor.isSynchronized()).toBe(true);
  });

  it("tells the call that failed if it is not removed", async () => {
    const { peer, cursor } = await ownCursor(fixture);

    const removed = cursor.remove();
    peer.refuse(await peer.call("removeCursor"), "No such cursor");

    await expect(removed).rejects.toThrow("No such cursor");
    expect(cursor.isSynchronized()).toBe(true);
    expect(cursor).toBeInstanceOf(OwnCursor);
  });
});
