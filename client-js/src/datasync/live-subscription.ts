import { Backoff } from "../backoff.js";
import { bounded } from "../checks.js";
import { SnorkyTimeoutError } from "../errors.js";
import { guarded } from "../report.js";
import type { Signal } from "../signal.js";
import type { Delta } from "./delta.js";
import {
  checkFetched,
  checkOptions,
  type Fetched,
  type KeepSyncedOptions,
  type LiveState,
} from "./keep-synced.js";
import { ResumeOffset } from "./resume-offset.js";
import type { SubscriptionEvents, SubscriptionPort } from "./subscription-port.js";

interface FetchedPhase<Data> {
  readonly type: "fetched";
  readonly data: Data;
  readonly token: string;
}

/** A token was sent. */
interface Asking {
  readonly token: string;
  /** What has arrived since, with its offsets. */
  readonly deltas: [delta: Delta, offset: string | null][];
  isAnswered: boolean;
  /** Set when the answer is not wanted any more; to be called when it is there. */
  abandoned?: () => void;
}

interface Acquiring<Data> extends Asking {
  readonly type: "acquiring";
  readonly data: Data;
}

/** A subscription whose connection was lost, and up to where its deltas have arrived. */
interface Resumable {
  readonly token: string;
  readonly offset: string;
}

interface Resuming extends Resumable, Asking {
  readonly type: "resuming";
}

/** The subscription that keeps what is shown up to date. */
interface Held {
  readonly token: string;
  readonly resume: ResumeOffset;
}

type Phase<Data> =
  | { readonly type: "waiting"; readonly resumable: Resumable | null }
  | { readonly type: "fetching"; readonly abort: AbortController; readonly timer: unknown }
  | FetchedPhase<Data>
  | Acquiring<Data>
  | Resuming
  | { readonly type: "live"; readonly since: number }
  | { readonly type: "retrying"; readonly timer: unknown }
  | { readonly type: "stopped" };

/** It must have been live this long, in milliseconds, before waits are short again. */
const STABLE_AFTER = 5000;

const SYNCING: LiveState = { type: "syncing" };
const LIVE: LiveState = { type: "live" };
const DISCONNECTED: LiveState = { type: "stale", reason: "disconnected" };
const STOPPED: LiveState = { type: "stopped" };

/**
 * Data of the web application that the page shows and that stays true: fetched with a token, then
 * changed by deltas. On a new connection it goes on from the last offset up to which all deltas have
 * arrived; where that is not possible it is fetched anew. Made by `DataSync.keepSynced`.
 *
 * Data and the deltas that came since are shown in one step, so that nothing flickers. Deltas that
 * the data may already contain come again, which collections do not mind.
 */
export class LiveSubscription<Data = unknown> implements SubscriptionEvents {
  private phase: Phase<Data> = { type: "waiting", resumable: null };
  private current: LiveState = DISCONNECTED;
  /** Null if nothing keeps what is shown up to date. */
  private held: Held | null = null;
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

  /**
   * Fetches data and a token anew, now, and replaces what is shown, which stays until then. Does
   * nothing after `stop`.
   */
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
      this.letGo();
      this.port.stopped();
      this.enter({ type: "stopped" }, STOPPED);
    }
  }

  /** For the service: see `SubscriptionEvents`. */
  received(delta: Delta, offset: string | null): void {
    if (!this.handles(delta)) {
      return;
    }
    if (this.phase.type === "acquiring" || this.phase.type === "resuming") {
      this.phase.deltas.push([delta, offset]);
    } else if (this.held !== null) {
      this.count(this.held, delta, offset);
      this.process(delta);
    }
  }

  /** For the service: see `SubscriptionEvents`. */
  reached(offset: string): void {
    this.held?.resume.reached(offset);
  }

  /** For the service: see `SubscriptionEvents`. */
  dropped(token: string): boolean {
    const { phase } = this;
    const isHeld = this.held?.token === token;
    const isAsked =
      (phase.type === "acquiring" || phase.type === "resuming") && phase.token === token;
    if (isHeld) {
      this.held = null;
    }
    if (isAsked || (isHeld && phase.type === "live")) {
      this.leave();
      this.failed(new Error("resync: the server has not kept what this page has missed"));
    }
    return isHeld || isAsked;
  }

  /** For the service: there is a connection. */
  connectionOpened(): void {
    const { phase } = this;
    if (phase.type === "fetched") {
      this.acquire(phase);
    } else if (phase.type === "waiting" && phase.resumable) {
      this.resume(phase.resumable);
    } else if (phase.type === "waiting" || phase.type === "retrying") {
      this.resync();
    }
  }

  /** For the service: the connection, or an attempt to make one, has ended. */
  connectionClosed(): void {
    const { phase } = this;
    this.resetIfStable();
    if (phase.type === "acquiring" || phase.type === "fetched") {
      this.show(phase);
    }
    const resumable = this.resumable();
    this.held = null;
    if (
      phase.type === "acquiring" ||
      phase.type === "fetched" ||
      phase.type === "resuming" ||
      phase.type === "live"
    ) {
      this.whileIn(phase, () => this.enter({ type: "waiting", resumable }, DISCONNECTED));
    }
  }

  /** What to go on from when the connection ends now. */
  private resumable(): Resumable | null {
    if (this.phase.type === "resuming") {
      return this.phase; // what has come since was not applied
    }
    const offset = this.held?.resume.value ?? null;
    return this.phase.type === "live" && this.held && offset !== null
      ? { token: this.held.token, offset }
      : null;
  }

  private readonly handles = (delta: Delta): boolean => {
    const { tag, processor } = this.options;
    return (tag === undefined || tag === delta.tag) && processor.handles?.(delta) !== false;
  };

  /** Notes how far the subscription has come. */
  private count({ token, resume }: Held, delta: Delta, offset: string | null): void {
    if (!this.port.sources.isOnly(token, delta)) {
      resume.doubt();
    } else if (offset !== null) {
      resume.passed(offset);
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

  private fetched(phase: Phase<Data>, { data, token, error }: Fetched<Data>): void {
    this.clearTimer();
    const { connection } = this.port;
    if (token !== null && connection !== "none") {
      const next: FetchedPhase<Data> = { type: "fetched", data, token };
      this.enter(next, SYNCING);
      if (connection === "open") {
        this.whileIn(next, () => this.letGo()); // its last deltas would be older than this data
        this.port.whenClear(() => this.whileIn(next, () => this.acquire(next)));
      }
      return;
    }
    this.show({ data });
    this.whileIn(phase, () => {
      if (token === null) {
        this.failed(
          error ?? new Error("fetch: token: null (expected: the token of a subscription)"),
        );
      } else {
        this.enter({ type: "waiting", resumable: null }, DISCONNECTED);
      }
    });
  }

  private acquire({ data, token }: FetchedPhase<Data>): void {
    const phase: Acquiring<Data> = {
      type: "acquiring",
      data,
      token,
      deltas: [],
      isAnswered: false,
    };
    this.enter(phase, SYNCING);
    this.whileIn(phase, () =>
      this.ask(
        phase,
        null,
        (offset) => this.acquired(phase, offset),
        (error) => {
          this.show(phase);
          this.whileIn(phase, () => this.failed(error));
        },
      ),
    );
  }

  private acquired(phase: Acquiring<Data>, offset: string | null): void {
    this.hold(phase, offset);
    try {
      this.options.apply(phase.data);
    } catch (error) {
      this.whileIn(phase, () => {
        this.letGo(); // who knows what is shown now
        this.failed(error);
      });
      return;
    }
    this.goLive(phase);
  }

  private resume({ token, offset }: Resumable): void {
    const phase: Resuming = { type: "resuming", token, offset, deltas: [], isAnswered: false };
    this.enter(phase, SYNCING);
    this.whileIn(phase, () =>
      this.ask(
        phase,
        offset,
        (present) => {
          this.hold(phase, present);
          this.goLive(phase);
        },
        () => this.fetch(),
      ),
    );
  }

  private ask(
    phase: Acquiring<Data> | Resuming,
    offset: string | null,
    done: (offset: string | null) => void,
    failed: (error: unknown) => void,
  ): void {
    const { token } = phase;
    const { conflate } = this.options;
    this.port.acquire(
      { token, offset, conflate, mayHave: this.handles },
      (present) => {
        phase.isAnswered = true;
        if (this.phase === phase) {
          done(present);
        } else {
          this.port.cancel(token);
        }
        phase.abandoned?.();
      },
      (error) => {
        phase.isAnswered = true;
        this.whileIn(phase, () => failed(error));
        phase.abandoned?.();
      },
    );
  }

  /** The subscription of this token keeps what is shown up to date from now on. */
  private hold({ token, deltas }: Asking, offset: string | null): void {
    this.held = { token, resume: new ResumeOffset(offset) };
    for (const [delta, offset] of deltas) {
      this.count(this.held, delta, offset);
    }
  }

  /** What has come since the token was sent is news now. */
  private goLive(phase: Acquiring<Data> | Resuming): void {
    this.whileIn(phase, () => this.processAll(phase.deltas));
    this.whileIn(phase, () => this.enter({ type: "live", since: this.port.clock.now() }, LIVE));
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
  private show({ data, deltas = [] }: Pick<Acquiring<Data>, "data"> & Partial<Asking>): void {
    if (this.held === null) {
      guarded(() => this.options.apply(data), "apply threw", this.port.report);
    }
    this.processAll(deltas);
  }

  /** Applies deltas until the page has enough. */
  private processAll(deltas: Asking["deltas"]): void {
    for (const [delta] of deltas) {
      if (this.phase.type !== "stopped") {
        this.process(delta);
      }
    }
  }

  private process(delta: Delta): void {
    guarded(
      () => this.options.processor.processDelta(delta),
      "a delta could not be applied",
      this.port.report,
    );
  }

  /** Gives up the subscription that keeps what is shown up to date. */
  private letGo(): void {
    const former = this.held;
    this.held = null;
    if (former !== null) {
      this.port.cancel(former.token);
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

  private resetIfStable(): void {
    const { phase, port } = this;
    if (phase.type === "live" && port.clock.now() - phase.since >= STABLE_AFTER) {
      this.backoff.reset();
    }
  }

  private leave(): void {
    this.clearTimer();
    this.resetIfStable();
    const { phase } = this;
    if (phase.type === "fetching") {
      phase.abort.abort();
    } else if ((phase.type === "acquiring" || phase.type === "resuming") && !phase.isAnswered) {
      phase.abandoned = this.port.abandon();
    }
  }

  private clearTimer(): void {
    if ((this.phase.type === "fetching" || this.phase.type === "retrying") && this.phase.timer) {
      this.port.clock.clearTimeout(this.phase.timer);
    }
  }
}
