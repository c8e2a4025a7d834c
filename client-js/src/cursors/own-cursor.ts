import { canonical } from "../canonical.js";
import { SnorkyConnectionError, SnorkyRPCError } from "../errors.js";
import { Change, type CursorUpdate } from "./change.js";
import { Cursor } from "./cursor.js";
import type { Document } from "./document.js";

const MEMBERS = ["position", "status"] as const;

/**
 * A cursor of the page's. It may be moved as often as one likes: while the server has not answered,
 * only the latest position waits to be sent. After a lost connection it is created again where it is
 * then.
 */
export class OwnCursor extends Cursor {
  override readonly isMine = true;
  override readonly owner = undefined;
  /** Undefined while the server does not have it. */
  override publicHandle: number | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: pages know their positions
  override position: any;
  // biome-ignore lint/suspicious/noExplicitAny: pages know what is done in their documents
  override status: any;
  override removed = false;

  /** @internal Kept when the server has it for the first time. */
  readonly created: Change;
  private wasThere = false;
  /** Calls without an answer. */
  private unanswered = 0;
  /** What waits until they have one. */
  private next: Change | null = null;
  /** What the server is known to have, to which a refused change goes back. */
  private confirmed: CursorUpdate;
  /** Position and status as they were given: the page may change the objects. */
  private readonly texts: Record<string, string>;

  /** For services: pages get theirs from `createCursor`. */
  constructor(
    override readonly document: Document,
    override readonly privateHandle: number,
    { position = null, status = null }: CursorUpdate,
  ) {
    super();
    this.position = position;
    this.status = status;
    this.confirmed = { position, status };
    this.texts = { position: canonical(position), status: canonical(status) };
    this.created = new Change(document.service.snorky);
  }

  /**
   * Moves it, or changes its status. Does not ask the server if that changes nothing.
   *
   * @returns when the server has this position or a later one, over lost connections. Rejected with
   *     the server's words if it refuses, `No such cursor` if it was removed
   * @throws TypeError if there is something else in the new data
   */
  update(newData: CursorUpdate): Promise<void> {
    const changed = this.changesOf(newData);
    const { snorky } = this.document.service;
    if (this.removed) {
      return snorky.createPromise((_, reject) => reject(this.noSuchCursor("updateCursor")));
    }
    if (Object.keys(changed).length === 0) {
      return snorky.createPromise<undefined>((resolve) => resolve(undefined));
    }
    this.assign(changed);
    this.next ??= new Change(snorky);
    this.next.data = { ...this.next.data, ...changed };
    const { promise } = this.next;
    this.sendNext();
    return promise;
  }

  /**
   * Takes it away.
   *
   * @returns when the server has done so. Rejected as `rpcCall`, and with `No such cursor` if it was
   *     removed before
   */
  remove(): Promise<void> {
    const { service } = this.document;
    return service.snorky.createPromise<undefined>((resolve, reject) => {
      if (this.removed) {
        reject(this.noSuchCursor("removeCursor"));
        return;
      }
      const isThere = this.publicHandle !== undefined || this.unanswered > 0;
      this.document.drop(this, null);
      if (!isThere || !service.snorky.isConnected) {
        resolve(undefined);
        return;
      }
      const removed = () => resolve(undefined);
      this.call("removeCursor", {}, removed, (error) =>
        error instanceof SnorkyConnectionError ? removed() : reject(error),
      );
    });
  }

  /** Whether the server has it where it is. */
  isSynchronized(): boolean {
    const isThere = this.publicHandle !== undefined || this.removed;
    return isThere && this.unanswered === 0 && this.next === null;
  }

  /** @internal Has the server create it where it is now. What waited goes along. */
  create(): void {
    const { position, status, next } = this;
    this.next = null;
    const created = (publicHandle: unknown) => {
      this.publicHandle = publicHandle as number;
      this.wasThere = true;
      this.confirmed = { position, status };
      this.created.done();
      next?.done();
      this.sendNext();
    };
    const refused = (error: unknown) => {
      if (next) {
        this.putBack(next);
      }
      if (!(error instanceof SnorkyConnectionError || this.removed)) {
        this.document.drop(this, error);
        if (this.wasThere) {
          this.document.service.whenCursorLost(this, error as Error);
        }
      }
    };
    const params = { document: this.document.name, position, status };
    this.call("createCursor", params, created, refused);
  }

  /** @internal The connection has ended, and the server's cursor with it. */
  lost(): void {
    this.publicHandle = undefined;
  }

  /** @internal It is not there any more. What waits is told: an error, or none if it was wanted. */
  gone(error: unknown): void {
    this.removed = true;
    const { next } = this;
    this.next = null;
    if (error === null) {
      this.created.done();
      next?.done();
    } else {
      this.created.fail(error);
      next?.fail(error);
    }
  }

  private sendNext(): void {
    const { next } = this;
    const isThere = this.publicHandle !== undefined && this.document.service.snorky.isConnected;
    if (next === null || this.unanswered > 0 || !isThere) {
      return;
    }
    this.next = null;
    const updated = () => {
      this.confirmed = { ...this.confirmed, ...next.data };
      next.done();
      this.sendNext();
    };
    const refused = (error: unknown) => {
      if (error instanceof SnorkyConnectionError) {
        this.putBack(next);
      } else {
        this.goBack(next.data);
        next.fail(error);
        this.sendNext();
      }
    };
    this.call("updateCursor", { newData: next.data }, updated, refused);
  }

  /** Calls a command for this cursor, and counts. */
  private call(
    command: string,
    params: object,
    resolve: (answer: unknown) => void,
    reject: (error: unknown) => void,
  ): void {
    this.unanswered++;
    const answered = (then: (value: unknown) => void) => (value: unknown) => {
      this.unanswered--;
      then(value);
    };
    const { privateHandle } = this;
    const { service } = this.document;
    service.call(command, { privateHandle, ...params }, answered(resolve), answered(reject));
  }

  /** The connection ended before the answer: the cursor is created again with this, if at all. */
  private putBack(change: Change): void {
    if (this.removed) {
      change.done();
      return;
    }
    if (this.next === null) {
      this.next = change;
    } else {
      this.next.absorb(change);
    }
  }

  /** What was refused is not shown any longer, but for what has been changed again. */
  private goBack(refused: CursorUpdate): void {
    const { confirmed, next } = this;
    const back = Object.keys(refused).filter((key) => !Object.hasOwn(next?.data ?? {}, key));
    this.assign(Object.fromEntries(back.map((key) => [key, confirmed[key as keyof CursorUpdate]])));
  }

  private assign(data: CursorUpdate): void {
    Object.assign(this, data);
    for (const [key, value] of Object.entries(data)) {
      this.texts[key] = canonical(value);
    }
  }

  private changesOf(newData: CursorUpdate): CursorUpdate {
    const known: readonly string[] = MEMBERS;
    for (const key of Object.keys(newData)) {
      if (!known.includes(key)) {
        throw new TypeError(`newData: ${key} (expected: position or status)`);
      }
    }
    const isChanged = (key: string, value: unknown) =>
      value !== undefined && canonical(value) !== this.texts[key];
    return Object.fromEntries(
      Object.entries(newData).filter(([key, value]) => isChanged(key, value)),
    );
  }

  private noSuchCursor(command: string): SnorkyRPCError {
    return new SnorkyRPCError("No such cursor", this.document.service.name, command);
  }
}
