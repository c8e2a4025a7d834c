import type { Clock } from "../clock.js";
import type { ErrorReporter } from "../report.js";
import type { Delta } from "./delta.js";
import type { Sources } from "./sources.js";

/** What a live subscription is told by its service. */
export interface SubscriptionEvents {
  /** A delta has arrived, with its offset if the server lets anybody resume. */
  received(delta: Delta, offset: string | null): void;
  /** All deltas up to this offset have arrived. */
  reached(offset: string): void;
  /**
   * The server has given a subscription up.
   *
   * @returns whether it was this one's
   */
  dropped(token: string): boolean;
  /** There is a connection. */
  connectionOpened(): void;
  /** The connection, or an attempt to make one, has ended. */
  connectionClosed(): void;
}

/** How a token is to be acquired. */
export interface Acquisition {
  readonly token: string;
  /** Null: from when it was authorized. */
  readonly offset: string | null;
  readonly conflate: boolean | string | undefined;
  /** Whether a delta may be one of this subscription's. */
  readonly mayHave: (delta: Delta) => boolean;
}

/** What a live subscription needs of its service. */
export interface SubscriptionPort {
  readonly clock: Clock;
  readonly random: () => number;
  readonly report: ErrorReporter;
  /** Which deltas of which subscriptions may arrive. */
  readonly sources: Sources;
  /** Whether there is a connection, or soon may be one. */
  readonly connection: "open" | "opening" | "none";
  /**
   * Calls back when no delta of a subscription that was given up can arrive any more: at once, or
   * later on the same connection.
   */
  whenClear(callback: () => void): void;
  /**
   * A token that was sent is not wanted any more: until it is answered, deltas of it may arrive.
   *
   * @returns to be called when it was answered
   */
  abandon(): () => void;
  /**
   * Acquires a token; one of the functions is called at once when the answer arrives.
   *
   * @param done given the offset up to which everything has arrived; null if it cannot be resumed
   */
  acquire(
    request: Acquisition,
    done: (offset: string | null) => void,
    failed: (error: unknown) => void,
  ): void;
  /** Gives a token up that is held. */
  cancel(token: string): void;
  /** Lets go of a subscription that was stopped. */
  stopped(): void;
}
