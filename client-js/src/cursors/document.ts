import { canonical } from "../canonical.js";
import { SnorkyRPCError } from "../errors.js";
import type { Signal } from "../signal.js";
import type { CursorUpdate } from "./change.js";
import type { Cursors } from "./cursors.js";
import { type CursorData, ForeignCursor } from "./foreign-cursor.js";
import { OwnCursor } from "./own-cursor.js";

/** A document that the page has joined, and the cursors in it. */
export class Document {
  /** All there are, one's own too. Changes in place; the signals tell. */
  readonly cursors: (OwnCursor | ForeignCursor)[] = [];
  /** Dispatched with each cursor of somebody else's that is new. */
  readonly cursorAdded: Signal<[cursor: ForeignCursor]>;
  /** Dispatched with the successor of each cursor of somebody else's that has changed. */
  readonly cursorUpdated: Signal<[cursor: ForeignCursor]>;
  /** Dispatched with each cursor of somebody else's that is not there any more. */
  readonly cursorRemoved: Signal<[cursor: ForeignCursor]>;

  private readonly byHandle = new Map<number, ForeignCursor>();
  private isJoined = false;

  /** For services: pages get theirs from `join`. */
  constructor(
    readonly service: Cursors,
    /** Any JSON value. */
    readonly name: unknown,
  ) {
    this.cursorAdded = service.snorky.createSignal();
    this.cursorUpdated = service.snorky.createSignal();
    this.cursorRemoved = service.snorky.createSignal();
  }

  /**
   * Gives the page a cursor in the document.
   *
   * @param position any JSON value, null if unset
   * @param status any JSON value, null if unset
   * @returns the cursor, at once, and a promise that is kept when the server has it. Rejected with `Not
   *     joined` and `Too many cursors` by the server, and as `rpcCall`, but for a lost connection:
   *     then it is created on the next one. If it is refused it is taken away again
   * @throws RangeError if there are 256 cursors already; TypeError if position or status is no JSON
   */
  createCursor(data: CursorUpdate = {}): [cursor: OwnCursor, promise: Promise<void>] {
    const { service } = this;
    const cursor = new OwnCursor(this, service.freePrivateHandle(), data);
    service.ownCursors[cursor.privateHandle] = cursor;
    this.cursors.push(cursor);
    const { promise } = cursor.created;
    if (service.documents[canonical(this.name)] !== this) {
      this.drop(cursor, new SnorkyRPCError("Not joined", service.name, "createCursor"));
    } else if (this.isJoined && service.snorky.isConnected) {
      cursor.create();
    }
    return [cursor, promise];
  }

  /** @internal What the server has to say about a cursor of somebody else's. */
  notified(type: string, data: CursorData): void {
    switch (type) {
      case "cursorAdded":
      case "cursorUpdated": // the server may have left out that it was added
        this.put(data);
        break;
      case "cursorRemoved":
        this.take(data.publicHandle);
        break;
    }
  }

  /** @internal The document is joined: these are its cursors. Tells what is not as it was. */
  joined(all: readonly CursorData[]): void {
    const owners = new Map(
      all.map(({ publicHandle, owner }) => [publicHandle, canonical([owner])]),
    );
    for (const { publicHandle, owner } of [...this.byHandle.values()]) {
      if (owners.get(publicHandle) !== canonical([owner])) {
        this.take(publicHandle);
      }
    }
    for (const data of all) {
      const known = this.byHandle.get(data.publicHandle);
      if (known === undefined || !isSame(known, data)) {
        this.put(data);
      }
    }
    this.isJoined = true;
    for (const cursor of this.own()) {
      cursor.create();
    }
  }

  /** @internal The connection has ended. The cursors stay as they were last. */
  left(): void {
    this.isJoined = false;
    for (const cursor of this.own()) {
      cursor.lost();
    }
  }

  /** @internal */
  own(): OwnCursor[] {
    return this.cursors.filter((cursor) => cursor instanceof OwnCursor);
  }

  /** @internal Takes a cursor of the page's out. Who waits for it is told the error, if any. */
  drop(cursor: OwnCursor, error: unknown): void {
    delete this.service.ownCursors[cursor.privateHandle];
    this.cursors.splice(this.cursors.indexOf(cursor), 1);
    cursor.gone(error);
  }

  private put(data: CursorData): void {
    const cursor = new ForeignCursor(this, data);
    const known = this.byHandle.get(data.publicHandle);
    this.byHandle.set(data.publicHandle, cursor);
    if (known === undefined) {
      this.cursors.push(cursor);
      this.cursorAdded.dispatch(cursor);
    } else {
      this.cursors[this.cursors.indexOf(known)] = cursor;
      this.cursorUpdated.dispatch(cursor);
    }
  }

  private take(publicHandle: number): void {
    const cursor = this.byHandle.get(publicHandle);
    if (cursor) {
      this.byHandle.delete(publicHandle);
      this.cursors.splice(this.cursors.indexOf(cursor), 1);
      cursor.removed = true;
      this.cursorRemoved.dispatch(cursor);
    }
  }
}

function isSame(cursor: ForeignCursor, { position, status }: CursorData): boolean {
  return canonical([cursor.position, cursor.status]) === canonical([position, status]);
}
