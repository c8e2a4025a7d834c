import type { BackoffOptions } from "../backoff.js";
import { isRecord, jsonType } from "../checks.js";
import type { DeltaProcessor } from "./delta-processor.js";

/** What the page's request for data brings. */
export interface Fetched<Data> {
  /** The data, read after the subscription was authorized. */
  readonly data: Data;
  /** The token of the subscription; null if the web application could not get one. */
  readonly token: string | null;
  /** Why there is no token, if somebody knows. */
  readonly error?: unknown;
}

/** What `keepSynced` is to keep in sync, and how. */
export interface KeepSyncedOptions<Data> {
  /**
   * Asks the web application for data and a token: at first, and whenever the changes since are not
   * to be had any more. The request should end when `signal` says so.
   */
  readonly fetch: (request: { readonly signal: AbortSignal }) => PromiseLike<Fetched<Data>>;
  /** Shows data instead of what was shown before. */
  readonly apply: (data: Data) => void;
  /** Is given the deltas that change the data, in order; usually a `CollectionDeltaProcessor`. */
  readonly processor: DeltaProcessor;
  /** The tag of the subscription's items: deltas without it are others'. All deltas if unset. */
  readonly tag?: string | undefined;
  /**
   * Whether changes that the page is late for may come as one for each row, told apart by their
   * member `id` or the one named here. False if unset.
   */
  readonly conflate?: boolean | string | undefined;
  /** Waits between attempts; as when reconnecting if unset. */
  readonly retry?: BackoffOptions | undefined;
  /** How long `fetch` may take, in milliseconds; 30,000 if unset, 0 for any time. */
  readonly fetchTimeout?: number | undefined;
}

/** Whether the page shows the data as it is, told apart by `type`. */
export type LiveState =
  /** Data and token, or the changes since, are being asked for. */
  | { readonly type: "syncing" }
  /** What is shown follows every change. */
  | { readonly type: "live" }
  /** What is shown may be old; brought up to date when there is a connection. */
  | { readonly type: "stale"; readonly reason: "disconnected" }
  /** What is shown may be old; fetched anew after so many milliseconds. */
  | {
      readonly type: "stale";
      readonly reason: "failed";
      readonly error: unknown;
      readonly retryDelay: number;
    }
  | { readonly type: "stopped" };

/**
 * Checks what `keepSynced` was given.
 *
 * @throws TypeError that names what was wrong
 */
export function checkOptions<Data>(options: KeepSyncedOptions<Data>): void {
  const { fetch, apply, processor, tag, conflate } = options;
  for (const [name, value] of Object.entries({ fetch, apply })) {
    if (typeof value !== "function") {
      throw new TypeError(`${name}: ${jsonType(value)} (expected: a function)`);
    }
  }
  if (typeof processor?.processDelta !== "function") {
    throw new TypeError(
      `processor: ${jsonType(processor)} (expected: an object with processDelta)`,
    );
  }
  if (tag !== undefined && typeof tag !== "string") {
    throw new TypeError(`tag: ${jsonType(tag)} (expected: a string)`);
  }
  if (conflate !== undefined && typeof conflate !== "boolean" && typeof conflate !== "string") {
    throw new TypeError(
      `conflate: ${jsonType(conflate)} (expected: a boolean, or a member's name)`,
    );
  }
}

/**
 * Checks what `fetch` brought.
 *
 * @throws TypeError that says what was wrong
 */
export function checkFetched<Data>(value: Fetched<Data>): Fetched<Data> {
  if (!isRecord(value) || !("data" in value)) {
    throw new TypeError(`fetch: ${jsonType(value)} (expected: an object with data and token)`);
  }
  if (typeof value.token !== "string" && value.token !== null) {
    throw new TypeError(`fetch: token: ${jsonType(value.token)} (expected: a string, or null)`);
  }
  return value;
}
