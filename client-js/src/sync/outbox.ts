import { SnorkyQueueFullError } from "../errors.js";
import type { Answer } from "./frames.js";
import type { OwnPatch } from "./replica.js";
import type { Session } from "./session.js";

/** What is to be sent. */
export type Outgoing =
  | { readonly type: "patch"; readonly patch: OwnPatch; readonly whole?: object }
  | { readonly type: "event"; readonly event: string; readonly data: object }
  | { readonly type: "binary"; readonly data: object; readonly bytes: ArrayBuffer };

type Item = Outgoing & {
  readonly id: string;
  /** On its way. */
  sent: boolean;
};

/** Whose outbox it is. */
export interface Sender {
  /** The operations of a patch, for the state that the server has told last. */
  operationsOf(patch: OwnPatch): readonly unknown[];
  /** The server has answered to something; to a server that does not, it has been sent. */
  answered(what: Outgoing, answer: Answer): void;
}

/**
 * What an object has to send, in order. An event stays until it is answered: what had no answer when its
 * connection was lost is sent again, with the same id, by which the server knows what it has done
 * already. One patch is on its way at a time.
 */
export class Outbox {
  private items: Item[] = [];

  constructor(
    private readonly session: Session,
    private readonly key: string,
    private readonly sender: Sender,
  ) {}

  /** Whether anything waits to be sent. */
  get waits(): boolean {
    return this.items.some((item) => !item.sent);
  }

  /** Whether edits wait to be sent. */
  get hasEdits(): boolean {
    return this.items.some((item) => item.type === "patch" && !item.sent);
  }

  /** The patch at the end, if more edits may be put into it: the server has never seen it. */
  get openPatch(): OwnPatch | null {
    const last = this.items.at(-1);
    return last?.type === "patch" && last.patch.sent === null && !last.whole ? last.patch : null;
  }

  /** @throws SnorkyQueueFullError if as many events as are allowed wait already */
  checkRoom(): void {
    const limit = this.session.maxQueuedCalls;
    if (this.items.filter(({ type, sent }) => type !== "patch" && !sent).length >= limit) {
      throw new SnorkyQueueFullError(limit);
    }
  }

  put(what: Outgoing): void {
    this.items.push({ ...what, id: this.session.nextId(), sent: false });
  }

  /** Takes the patches out that the server has never seen, or all of them, and returns them. */
  dropPatches(which: "unsent" | "all"): OwnPatch[] {
    return this.take(
      (item) => item.type === "patch" && (which === "all" || item.patch.sent === null),
    );
  }

  /** Takes out what the server says it has done, and returns the patches of it. */
  done(ids: readonly string[]): OwnPatch[] {
    return ids.length === 0 ? [] : this.take(({ id }) => ids.includes(id));
  }

  /** The server turns out not to answer: what was sent has been done. */
  assumeDone(): void {
    for (const item of this.items.filter(({ sent }) => sent)) {
      this.answered(item, { type: "done", v: undefined });
    }
  }

  /**
   * Sends what waits.
   *
   * @param v the revision of what the server has told last
   * @param answers whether the server answers
   */
  send(v: number | undefined, answers: boolean): void {
    for (const item of [...this.items]) {
      if (item.sent) {
        continue;
      }
      const waits = this.items.some((other) => other.type === "patch" && other.sent);
      const goes = item.type !== "patch" || !waits;
      if (!goes || !this.session.hasRoom || !this.sendItem(item, v, answers)) {
        return;
      }
    }
  }

  /** Nothing is known to have arrived of what was on its way. */
  connectionLost(): void {
    for (const item of this.items) {
      this.session.forget(item.id);
      if (item.type === "patch" && item.sent) {
        item.patch.doubtful = true;
      }
      item.sent = false;
    }
  }

  private sendItem(item: Item, v: number | undefined, answers: boolean): boolean {
    const operations = item.type === "patch" ? this.sender.operationsOf(item.patch) : null;
    const isEmpty = item.type === "patch" && !item.whole && operations?.length === 0;
    const id = answers ? item.id : undefined;
    if (!isEmpty && !this.transmit(item, operations, v, id)) {
      return false;
    }
    item.sent = true;
    if (answers && !isEmpty) {
      this.session.awaitAnswer(item.id, (answer) => this.answered(item, answer));
    } else {
      this.answered(item, { type: "done", v: isEmpty ? v : undefined });
    }
    return true;
  }

  private transmit(
    item: Item,
    operations: unknown,
    v: number | undefined,
    id: string | undefined,
  ): boolean {
    const { session, key } = this;
    switch (item.type) {
      case "patch":
        return item.whole
          ? session.transmit({ type: `_SET:${key}`, data: item.whole, id })
          : session.transmit({ type: `_PATCH:${key}`, data: operations, v, id });
      case "event":
        return session.transmit({ type: item.event, data: item.data, id });
      case "binary":
        return session.transmitBinary({ type: `_ACTION:${key}`, data: item.data, id }, item.bytes);
    }
  }

  private answered(item: Item, answer: Answer): void {
    this.items = this.items.filter((other) => other !== item);
    this.sender.answered(item, answer);
  }

  private take(which: (item: Item) => boolean): OwnPatch[] {
    const taken = this.items.filter(which);
    this.items = this.items.filter((item) => !which(item));
    for (const { id } of taken) {
      this.session.forget(id);
    }
    return taken.flatMap((item) => (item.type === "patch" ? [item.patch] : []));
  }
}
