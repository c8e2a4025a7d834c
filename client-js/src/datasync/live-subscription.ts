import { Backoff } from "../backoff.js";
import { bounded } from "../checks.js";
import type { Clock } from "../clock.js";
import { SnorkyTimeoutError } from "../errors.js";
import { type ErrorReporter, guarded } from "../report.js";
import type { Signal } from "../signal.js";
import type { Delta } from "./delta.js";
import {
  checkFetched,
  checkOptions,
  type Fetched,
  type KeepSyncedOptions,
  type LiveState,
} from "./keep-synced.js";

/** What a live subscription is told by its service. */
export interface SubscriptionEvents {
  /** A delta has arrived. */
  received(delta: Delta): void;
  /** There is a connection. */
  connectionOpened(): void;
  /** The connection, or an attempt to make one, has ended. */
  connectionClosed(): void;
}

/** What a live subscription needs of its service. */
export interface SubscriptionPort {
  readonly clock: Clock;
  readonly random: () => number;
  readonly report: ErrorReporter;
  /** Whether there is a connection, or soon may be one. */
  readonly connection: "open" | "opening" | "none";
  /**
   * Calls back when no delta of a subscription that was given up can arrive any more: at once, or
   * later on the same connection.
   */
  whenClear(callback: () => void): void;
  /** Acquires a token; one of the functions is called at once when the answer arrives. */
  acquire(token: string, done: () => void, failed: (error: unknown) => void): void;
  /** Gives a token up that is held. */
  cancel(token: string): void;
  /** Lets go of a subscription that was stopped. */
  stopped(): void;
}

interface FetchedPhase<Data> {
  readonly type: "fetched";
  readonly data: Data;
  readonly token: string;
}

interface Acquiring<Data> {
  readonly type: "acquiring";
  readonly data: Data;
  readonly token: string;
  /** What has arrived since the token was sent. */
  readonly deltas: Delta[];
}

type Phase<Data> =
  | { readonly type: "waiting" }
  | { readonly type: "fetching"; readonly abort: AbortController; readonly timer: unknown }
  | FetchedPhase<Data>
  | Acquiring<Data>
  | { readonly type: "live" }
  | { readonly type: "retrying"; readonly timer: unknown }
  | { readonly type: "stopped" };

const SYNCING: LiveState = { type: "syncing" };
const LIVE: LiveState = { type: "live" };
const DISCONNECTED: LiveState = { type: "stale", reason: "disconnected" };
const STOPPED: LiveState = { type: "stopped" };

/**
 * Data of the web application that the page shows and that stays true: fetched with a token, then
 * changed by deltas, and fetched anew on each new connection. Made by `DataSync.keepSynced`.
 *
 * Data and the deltas that came since are shown in one step, so that nothing flickers. Deltas that
 * the data may already contain come again, which collections do not mind.
 */
export class LiveSubscription<Data = unknown> implements SubscriptionEvents {
  private phase: Phase<Data> = { type: "waiting" };
  private current: LiveState = DISCONNECTED;
  /** The token that keeps what is shown up to date; null if nothing does. */
  private held: string | null = null;
  private readonly backoff: Backoff;
  private readonly fetchTimeout: number;

  /** @param stateChanged dispatched with each new state */
  constructor(
    private readonly options: KeepSyncedOptions<Data>,
    private readonly port: SubscriptionPort,
    readonly stateChanged: Signal<[state: LiveState]>,
  ) {
    checkOptions(options);
    this.backoff = new Backoff(options.retry ?? {}, port.random, "retry");
    this.fetchTimeout = bounded("fetchTimeout", options.fetchTimeout ?? 30_000, 0);
  }

  /** The state now: the same object until the next change. */
  get state(): LiveState {
    return this.current;
  }

  /** As `state`; may be passed on without its object. */
  readonly getState = (): LiveState => this.current;

  /**
   * Has a function called after each change of the state; may be passed on without its object.
   *
   * @returns a function that ends it
   */
  readonly subscribe = (listener: () => void): (() => void) => {
    const binding = this.stateChanged.add(() => listener());
    return () => binding.detach();
  };

  /** Fetches anew, now. What is shown stays until then. Does nothing after `stop`. */
  resync(): void {
    if (this.phase.type !== "stopped") {
      this.leave();
      this.fetch();
    }
  }

  /** Ends it: nothing is fetched or changed any more, and the server is told. */
  stop(): void {
    if (this.phase.type !== "stopped") {
      this.leave();
      this.hold(null);
      this.port.stopped();
      this.enter({ type: "stopped" }, STOPPED);
    }
  }

  /** For the service: a delta has arrived. */
  received(delta: Delta): void {
    if (this.options.processor.handles?.(delta) === false) {
      return;
    }
    if (this.phase.type === "acquiring") {
      this.phase.deltas.push(delta);
    } else if (this.held !== null) {
      this.process([delta]);
    }
  }

  /** For the service: there is a connection. */
  connectionOpened(): void {
    const { phase } = this;
    if (phase.type === "fetched") {
      this.acquire(phase);
    } else if (phase.type === "waiting" || phase.type === "retrying") {
      this.resync();
    }
  }

  /** For the service: the connection, or an attempt to make one, has ended. */
  connectionClosed(): void {
    const { phase } = this;
    if (phase.type === "acquiring" || phase.type === "fetched") {
      this.show(phase);
    }
    this.held = null;
    if (phase.type === "acquiring" || phase.type === "fetched" || phase.type === "live") {
      this.whileIn(phase, () => this.enter({ type: "waiting" }, DISCONNECTED));
    }
  }

  private fetch(): void {
    const abort = new AbortController();
    const { fetchTimeout: timeout } = this;
    const timer = timeout > 0 ? this.port.clock.setTimeout(() => expire(), timeout) : null;
    const phase: Phase<Data> = { type: "fetching", abort, timer };
    const expire = () => {
      const error = new SnorkyTimeoutError(`fetch: no data after ${timeout} ms`, timeout);
      this.whileIn(phase, () => {
        abort.abort(error);
        this.failed(error);
      });
    };
    this.enter(phase, SYNCING);
    this.whileIn(phase, () => {
      new Promise<Fetched<Data>>((resolve) => resolve(this.options.fetch({ signal: abort.signal })))
        .then(checkFetched)
        .then(
          (fetched) => this.whileIn(phase, () => this.fetched(phase, fetched)),
          (error) => this.whileIn(phase, () => this.failed(error)),
        );
    });
  }

  private fetched(phase: Phase<Data>, { data, token }: Fetched<Data>): void {
    this.clearTimer();
    const { connection } = this.port;
    if (token !== null && connection !== "none") {
      const next: FetchedPhase<Data> = { type: "fetched", data, token };
      this.enter(next, SYNCING);
      if (connection === "open") {
        this.port.whenClear(() => this.whileIn(next, () => this.acquire(next)));
      }
      return;
    }
    this.show({ data });
    this.whileIn(phase, () => {
      if (token === null) {
        this.failed(new Error("fetch: token: null (expected: the token of a subscription)"));
      } else {
        this.enter({ type: "waiting" }, DISCONNECTED);
      }
    });
  }

  private acquire({ data, token }: FetchedPhase<Data>): void {
    const phase: Acquiring<Data> = { type: "acquiring", data, token, deltas: [] };
    this.enter(phase, SYNCING);
    this.port.acquire(
      token,
      () => (this.phase === phase ? this.acquired(phase) : this.port.cancel(token)),
      (error) => this.whileIn(phase, () => this.refused(phase, error)),
    );
  }

  private acquired(phase: Acquiring<Data>): void {
    this.hold(phase.token);
    try {
      this.options.apply(phase.data);
    } catch (error) {
      this.whileIn(phase, () => {
        this.hold(null); // who knows what is shown now
        this.failed(error);
      });
      return;
    }
    this.whileIn(phase, () => this.process(phase.deltas));
    this.whileIn(phase, () => {
      this.backoff.reset();
      this.enter({ type: "live" }, LIVE);
    });
  }

  private refused(phase: Acquiring<Data>, error: unknown): void {
    this.show(phase);
    this.whileIn(phase, () => this.failed(error));
  }

  private failed(error: unknown): void {
    this.clearTimer();
    const retryDelay = this.backoff.next();
    const timer = this.port.clock.setTimeout(() => this.resync(), retryDelay);
    this.enter({ type: "retrying", timer }, { type: "stale", reason: "failed", error, retryDelay });
    this.port.report(error, `data could not be kept in sync, next attempt in ${retryDelay} ms`);
  }

  /**
   * Shows data that no subscription keeps up to date, which is better than older data. While a former
   * subscription is held, what is shown is newer.
   */
  private show({ data, deltas = [] }: { readonly data: Data; readonly deltas?: Delta[] }): void {
    if (this.held === null) {
      guarded(() => this.options.apply(data), "apply threw", this.port.report);
    }
    this.process(deltas);
  }

  private process(deltas: readonly Delta[]): void {
    for (const delta of deltas) {
      if (this.phase.type === "stopped") {
        return;
      }
      guarded(
        () => this.options.processor.processDelta(delta),
        "a delta could not be applied",
        this.port.report,
      );
    }
  }

  /** Holds this token from now on, and gives up the one before. */
  private hold(token: string | null): void {
    const former = this.held;
    this.held = token;
    if (former !== null) {
      this.port.cancel(former);
    }
  }

  /** Runs code unless what it belongs to is over. */
  private whileIn(phase: Phase<Data>, code: () => void): void {
    if (this.phase === phase) {
      code();
    }
  }

  private enter(phase: Phase<Data>, state: LiveState): void {
    this.phase = phase;
    if (state !== this.current) {
      this.current = state;
      this.stateChanged.dispatch(state);
    }
  }

  private leave(): void {
    this.clearTimer();
    const { phase } = this;
    if (phase.type === "fetching") {
      phase.abort.abort();
    } else if (phase.type === "acquiring" && this.held !== null) {
      this.process(phase.deltas);
    }
  }

  private clearTimer(): void {
    if ((this.phase.type === "fetching" || this.phase.type === "retrying") && this.phase.timer) {
      this.port.clock.clearTimeout(this.phase.timer);
    }
  }
}
