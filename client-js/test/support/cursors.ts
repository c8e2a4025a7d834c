import { type CursorDocument, Cursors, type ForeignCursor } from "../../src/index.js";
import { type Fixture, next } from "./fixture.js";

/** What a server tells about a cursor of somebody else's. */
export function foreign(publicHandle: number, position: unknown, owner = "ann") {
  return { publicHandle, document: "Sheet1", position, status: "read", owner };
}

/** What the signals of a document tell, in a few words: `+1@12` for a cursor 1 that is new at 12. */
export function heard(document: CursorDocument): string[] {
  const log: string[] = [];
  const note = (sign: string) => (cursor: ForeignCursor) =>
    log.push(`${sign}${cursor.publicHandle}@${JSON.stringify(cursor.position)}`);
  document.cursorAdded.add(note("+"));
  document.cursorUpdated.add(note("="));
  document.cursorRemoved.add(note("-"));
  return log;
}

/** A connected client. */
export async function connectedCursors(fixture: Fixture) {
  const snorky = fixture.connect({ cursors: Cursors });
  const peer = await fixture.server.accept();
  await next(snorky.connected);
  return { snorky, peer, cursors: snorky.services.cursors };
}

/** A connected client that has joined a document with these cursors in it. */
export async function joinedCursors(fixture: Fixture, there: object[] = []) {
  const all = await connectedCursors(fixture);
  const joining = all.cursors.join({ document: "Sheet1" });
  await all.peer.serve("join", { cursors: there });
  const document = await joining;
  return { ...all, document, log: heard(document) };
}

/** One with a cursor of its own, which others know as 50, at position 23. */
export async function ownCursor(fixture: Fixture) {
  const all = await joinedCursors(fixture);
  const [cursor, created] = all.document.createCursor({ position: 23, status: "read" });
  await all.peer.serve("createCursor", 50);
  await created;
  return { ...all, cursor };
}
