import { describe, expect, it, vi } from "vitest";
import { CursorDocument, Cursors, ForeignCursor, Snorky } from "../../src/index.js";
import { connectedCursors, foreign, heard, joinedCursors, ownCursor } from "../support/cursors.js";
import { next, settled, useServer } from "../support/fixture.js";

const fixture = useServer();

describe("A document", () => {
  it("has a name, a service and the cursors that are there", async () => {
    const { peer, cursors } = await connectedCursors(fixture);

    const joining = cursors.join({ document: { b: 1, a: [2] } });
    const call = await peer.serve("join", { cursors: [{ ...foreign(1, 12), document: "?" }] });
    const document = await joining;

    expect(call.message.params).toEqual({ document: { b: 1, a: [2] } });
    expect(document).toBeInstanceOf(Snorky.Cursors.Document);
    expect(document.service).toBe(cursors);
    expect(document.name).toEqual({ b: 1, a: [2] });
    expect(cursors.documents).toEqual({ '{"a":[2],"b":1}': document });
    const [cursor] = document.cursors;
    expect(cursor).toBeInstanceOf(Cursors.ForeignCursor);
    expect(cursor).toBeInstanceOf(Cursors.Cursor);
    expect(cursor).toMatchObject({ publicHandle: 1, position: 12, status: "read", owner: "ann" });
    expect(cursor).toMatchObject({ isMine: false, removed: false, privateHandle: undefined });
    expect(cursor?.document).toBe(document);
  });

  it("tells which cursors of others are new, have changed and are gone", async () => {
    const { peer, cursors, document, log } = await joinedCursors(fixture, [foreign(1, 12)]);

    peer.send("cursors", { type: "cursorAdded", cursor: foreign(2, 5, "bob") });
    peer.send("cursors", { type: "cursorUpdated", cursor: foreign(1, 13) });
    peer.send("cursors", {
      type: "cursorRemoved",
      cursor: { publicHandle: 2, document: "Sheet1" },
    });
    await settled(cursors, peer);

    expect(log).toEqual(["+2@5", "=1@13", "-2@5"]);
    expect(document.cursors).toHaveLength(1);
  });

  it("dispatches with an update the new cursor, and has it in its list", async () => {
    const { peer, document } = await joinedCursors(fixture, [foreign(1, 12)]);
    const [before] = document.cursors;

    const updated = next(document.cursorUpdated);
    peer.send("cursors", { type: "cursorUpdated", cursor: foreign(1, 13) });
    const after = await updated;

    expect(after).toBeInstanceOf(ForeignCursor);
    expect(after).not.toBe(before);
    expect(after.position).toBe(13);
    expect(before?.position).toBe(12);
    expect(document.cursors).toEqual([after]);
  });

  it("is itself the document of every cursor, however that became known", async () => {
    const { peer, cursors, document } = await joinedCursors(fixture, [foreign(1, 12)]);
    const known: unknown[] = [document.cursors[0]?.document];
    for (const signal of ["cursorAdded", "cursorUpdated", "cursorRemoved"] as const) {
      document[signal].add((cursor) => known.push(cursor.document));
    }

    peer.send("cursors", { type: "cursorAdded", cursor: foreign(2, 5) });
    peer.send("cursors", { type: "cursorUpdated", cursor: foreign(2, 6) });
    peer.send("cursors", {
      type: "cursorRemoved",
      cursor: { publicHandle: 2, document: "Sheet1" },
    });
    await settled(cursors, peer);

    expect(known).toHaveLength(4);
    expect(known.every((each) => each === document)).toBe(true);
  });

  it("marks what was removed", async () => {
    const { peer, document } = await joinedCursors(fixture, [foreign(1, 12)]);
    const [cursor] = document.cursors;

    const gone = next(document.cursorRemoved);
    peer.send("cursors", {
      type: "cursorRemoved",
      cursor: { publicHandle: 1, document: "Sheet1" },
    });

    expect(await gone).toBe(cursor);
    expect(cursor?.removed).toBe(true);
  });

  it("adds a cursor whose addition the server left out, and takes a repetition for a change", async () => {
    const { peer, cursors, document, log } = await joinedCursors(fixture);

    peer.send("cursors", { type: "cursorUpdated", cursor: foreign(3, 1) });
    peer.send("cursors", { type: "cursorAdded", cursor: foreign(3, 2) });
    peer.send("cursors", {
      type: "cursorRemoved",
      cursor: { publicHandle: 9, document: "Sheet1" },
    });
    await settled(cursors, peer);

    expect(log).toEqual(["+3@1", "=3@2"]);
    expect(document.cursors).toHaveLength(1);
  });

  it("hears of changes that come right behind the answer to joining it", async () => {
    const { peer, cursors } = await connectedCursors(fixture);
    const joining = cursors.join({ document: "Sheet1" });
    const call = await peer.call("join");

    peer.answer(call, { cursors: [] });
    peer.send("cursors", { type: "cursorAdded", cursor: foreign(1, 1) });

    const document = await joining;
    await settled(cursors, peer);
    expect(document.cursors).toHaveLength(1);
  });

  it("is told apart by the server from what is not joined, which is ignored", async () => {
    const { snorky, peer, cursors, log } = await joinedCursors(fixture);
    const debug = vi.spyOn(console, "debug").mockImplementation(() => {});
    snorky.debug = true;

    const cursor = { ...foreign(1, 1), document: "Sheet2" };
    peer.send("cursors", { type: "cursorAdded", cursor });
    await settled(cursors, peer);

    expect(log).toEqual([]);
    expect(fixture.reports).toEqual([]);
    expect(debug).toHaveBeenCalledWith(
      "Snorky:",
      "a cursor of a document that is not joined:",
      cursor,
    );
  });

  it("outlives malformed notifications and answers, which are reported", async () => {
    const { peer, cursors, log } = await joinedCursors(fixture);

    peer.send("cursors", { type: "cursorAdded", cursor: null });
    peer.send("cursors", { type: "cursorAdded", cursor: { document: "Sheet1" } });
    peer.send("cursors", { type: "cursorDanced", cursor: null });
    const joining = cursors.join({ document: 2 });
    await peer.serve("join", { cursors: [7] });

    await expect(joining).rejects.toThrow(
      "cursor: number (expected: an object with publicHandle, a number)",
    );
    expect(cursors.documents).not.toHaveProperty("2");
    expect(log).toEqual([]);
    expect(fixture.reports).toEqual([
      "the server sent a malformed cursorAdded to cursors: TypeError: cursor: null (expected: an object with publicHandle, a number)",
      "the server sent a malformed cursorAdded to cursors: TypeError: cursor: object (expected: an object with publicHandle, a number)",
    ]);
  });

  it.each(["leave", "rpcCall"] as const)("can be left, by %s", async (method) => {
    const { peer, cursors, document, cursor, log } = await ownCursor(fixture);

    const params = { document: "Sheet1" };
    const left = method === "leave" ? cursors.leave(params) : cursors.rpcCall("leave", params);
    expect((await peer.serve("leave")).message.params).toEqual(params);

    expect(await left).toBeNull();
    expect(cursors.documents).toEqual({});
    expect(cursors.ownCursors).toEqual({});
    expect(cursor.removed).toBe(true);
    peer.send("cursors", { type: "cursorAdded", cursor: foreign(1, 1) });
    await settled(cursors, peer);
    expect(log).toEqual([]);
    const [late, created] = document.createCursor({ position: 1 });
    await expect(created).rejects.toThrow("Not joined");
    expect(late.removed).toBe(true);
    expect(document.cursors).toEqual([]);
  });

  it("is another one when it is joined again after it was left", async () => {
    const { peer, cursors, document } = await joinedCursors(fixture);
    const left = cursors.leave({ document: "Sheet1" });
    await peer.serve("leave");
    await left;

    const joining = cursors.join({ document: "Sheet1" });
    await peer.serve("join", { cursors: [] });
    const other = await joining;

    expect(other).not.toBe(document);
    expect(other).toBeInstanceOf(CursorDocument);
    expect(cursors.documents).toEqual({ '"Sheet1"': other });
    expect(heard(other)).toEqual([]);
  });
});
