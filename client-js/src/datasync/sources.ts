import type { Delta } from "./delta.js";

interface Source {
  readonly mayHave: (delta: Delta) => boolean;
  /** Whether the server has answered. */
  acquired: boolean;
}

/**
 * The subscriptions whose deltas may arrive on the present connection. Deltas do not name theirs, so
 * where two of them may have the same deltas nobody knows how far each of them has come.
 */
export class Sources {
  private readonly byToken = new Map<string, Source>();

  /**
   * A token is about to be acquired.
   *
   * @param mayHave whether a delta may be one of this subscription's
   */
  add(token: string, mayHave: (delta: Delta) => boolean): void {
    this.byToken.set(token, { mayHave, acquired: false });
  }

  /** The server has answered. */
  acquired(token: string): void {
    const source = this.byToken.get(token);
    if (source) {
      source.acquired = true;
    }
  }

  /** Nothing comes from it any more. */
  remove(token: string): void {
    this.byToken.delete(token);
  }

  /** The connection has ended. What has no answer may have yet to be sent. */
  removeAcquired(): void {
    for (const [token, { acquired }] of this.byToken) {
      if (acquired) {
        this.byToken.delete(token);
      }
    }
  }

  /** Whether a delta can be of no subscription but this one. */
  isOnly(token: string, delta: Delta): boolean {
    for (const [other, { mayHave }] of this.byToken) {
      if (other !== token && mayHave(delta)) {
        return false;
      }
    }
    return true;
  }
}
