import type { BackoffOptions } from "./backoff.js";
import { bounded } from "./checks.js";
import { type Clock, systemClock } from "./clock.js";
import { type ErrorReporter, reportToConsole } from "./report.js";
import { type TokenOption, type TokenSource, tokenSourceOf } from "./token.js";

/** How a client behaves. Everything may be left out. */
export interface SnorkyOptions {
  /** Writes what happens to the console's debug level, messages included. False if unset. */
  readonly debug?: boolean | undefined;
  /**
   * Whether a lost connection is made anew, and after which waits. True if unset: after random
   * times below ceilings of 0.5 s, 1 s, 2 s … 30 s, which begin anew once a connection has held for
   * 5 s.
   */
  readonly reconnect?: boolean | BackoffOptions | undefined;
  /** How many messages may wait for a connection; 1000 if unset. One more is refused. */
  readonly maxQueuedCalls?: number | undefined;
  /**
   * How long the answer to a call may take, in milliseconds from when it was sent; 60,000 if unset,
   * 0 for any time. Waiting for a connection does not count.
   */
  readonly callTimeout?: number | undefined;
  /** How long the socket may take to open, and its token to come, in milliseconds; 30,000 if unset, 0 for any time. */
  readonly connectTimeout?: number | undefined;
  /**
   * Proves to the server who the page is: a token, or a function that has one, or null for nobody. The
   * function is asked for each connection, and again before the token ends; it may return a promise.
   * Nothing else is sent before the token.
   */
  readonly token?: TokenOption | undefined;
  /** The server's service that takes tokens; `"identity"` if unset. */
  readonly identityService?: string | undefined;
  /** Told what listeners throw and what the server got wrong. Writes to the console if unset. */
  readonly onError?: ErrorReporter | undefined;
  /** Time and timers; the platform's if unset. */
  readonly clock?: Clock | undefined;
  /** Gives numbers from 0 to below 1; `Math.random` if unset. */
  readonly random?: (() => number) | undefined;
}

/** Options checked, with what was left out filled in. */
export interface Settings {
  readonly debug: boolean;
  readonly reconnect: BackoffOptions | null;
  readonly maxQueuedCalls: number;
  readonly callTimeout: number;
  readonly connectTimeout: number;
  /** Null without the option. */
  readonly token: TokenSource | null;
  readonly identityService: string;
  readonly onError: ErrorReporter;
  readonly clock: Clock;
  readonly random: () => number;
}

/** @throws RangeError or TypeError that names the option that is wrong */
export function settingsOf(options: SnorkyOptions): Settings {
  return {
    debug: options.debug ?? false,
    reconnect: backoffOf(options.reconnect ?? true),
    maxQueuedCalls: bounded("maxQueuedCalls", options.maxQueuedCalls ?? 1000, 0),
    callTimeout: bounded("callTimeout", options.callTimeout ?? 60_000, 0),
    connectTimeout: bounded("connectTimeout", options.connectTimeout ?? 30_000, 0),
    token: options.token === undefined ? null : tokenSourceOf(options.token),
    identityService: options.identityService ?? "identity",
    onError: options.onError ?? reportToConsole,
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
  };
}

function backoffOf(reconnect: boolean | BackoffOptions): BackoffOptions | null {
  if (typeof reconnect === "boolean") {
    return reconnect ? {} : null;
  }
  if (typeof reconnect !== "object") {
    throw new TypeError(`reconnect: ${String(reconnect)} (expected: true, false or an object)`);
  }
  return reconnect;
}
