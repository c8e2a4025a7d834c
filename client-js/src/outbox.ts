import { SnorkyQueueFullError } from "./errors.js";

/** A text on its way to the server. */
export interface Outgoing {
  readonly text: string;
  /** The text as it may be written down, if something in it is secret. */
  readonly shown?: string | undefined;
  /** Called just before the socket takes the text. */
  sending?(): void;
  /** Called when the text will never be sent. */
  dropped(error: unknown): void;
}

/** Texts that wait for a connection, in the order they came, up to a limit. */
export class Outbox {
  private readonly waiting = new Set<Outgoing>();

  constructor(private readonly limit: number) {}

  /**
   * Puts a text at the end.
   *
   * @throws SnorkyQueueFullError if as many as are allowed wait already
   */
  add(outgoing: Outgoing): void {
    if (this.waiting.size >= this.limit) {
      throw new SnorkyQueueFullError(this.limit);
    }
    this.waiting.add(outgoing);
  }

  /** Hands out what waits, in order, while the condition holds. */
  drain(condition: () => boolean, send: (outgoing: Outgoing) => void): void {
    for (const outgoing of this.waiting) {
      if (!condition()) {
        return;
      }
      this.waiting.delete(outgoing);
      send(outgoing);
    }
  }

  /** Empties the queue; each text's owner is told why. */
  dropAll(error: unknown): void {
    const dropped = [...this.waiting];
    this.waiting.clear();
    for (const outgoing of dropped) {
      outgoing.dropped(error);
    }
  }
}
