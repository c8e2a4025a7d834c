import { isRecord, jsonType } from "../checks.js";
import { type SnorkyConnectionError, SnorkyRPCError, SnorkyTimeoutError } from "../errors.js";
import { guarded } from "../report.js";
import { type Notification, RPCService } from "../rpc-service.js";
import type { Signal } from "../signal.js";
import type { Snorky } from "../snorky.js";
import { ArrayCollection } from "./array-collection.js";
import { Barrier } from "./barrier.js";
import { Collection } from "./collection.js";
import { checkDelta, type Delta } from "./delta.js";
import { CollectionDeltaProcessor } from "./delta-processor.js";
import type { KeepSyncedOptions } from "./keep-synced.js";
import { collectionOf, LiveList, type LiveListOptions, listToKeep } from "./live-list.js";
import { LiveSubscription } from "./live-subscription.js";
import { SingleItemCollection } from "./single-item-collection.js";
import { SnapshotCollection } from "./snapshot-collection.js";
import { Sources } from "./sources.js";
import type { Acquisition, SubscriptionEvents, SubscriptionPort } from "./subscription-port.js";

/** How to acquire a subscription. */
export interface AcquireParams {
  readonly token: string;
}

/** How to acquire a subscription that can be resumed on another connection. */
export interface ResumeParams extends AcquireParams {
  /**
   * After which offset the deltas begin. Null: from when the subscription was authorized, or was left
   * by its last holder. One from before takes it over, even from a connection that still has it.
   */
  readonly offset: string | null;
  /**
   * Whether deltas that the page is late for may come as one for each row, told apart by their
   * member `id` or the one named here. False if unset.
   */
  readonly conflate?: boolean | string | undefined;
}

/** What the server says when a subscription that can be resumed was acquired. */
export interface Acquired {
  /** An offset to resume from: everything up to it has come. */
  readonly offset: string;
}

/** Which subscriptions send no deltas any more. */
export interface SubscriptionsLost {
  readonly tokens: readonly string[];
  /**
   * Whether the server has given them up. If not, those that were acquired with an offset can be
   * acquired again with a later one.
   */
  readonly resync: boolean;
}

/**
 * Changes of rows, as they happen. The web application authorizes a subscription and hands out its
 * token with the data; whoever acquires the token gets the deltas since.
 *
 * Deltas do not say which subscription they are for, but for their tag if the web application has
 * given it one: all listeners get all deltas.
 *
 * Of each subscription the deltas come in the server's order. Over lost connections every delta
 * comes at least once where the subscription is resumed; collections do not mind repetitions.
 */
export class DataSync extends RPCService {
  static CollectionDeltaProcessor = CollectionDeltaProcessor;
  static Collection = Collection;
  static ArrayCollection = ArrayCollection;
  static SnapshotCollection = SnapshotCollection;
  static SingleItemCollection = SingleItemCollection;

  /**
   * Dispatched with each delta, in the server's order, and the delta's offset; null if the
   * subscription was not acquired with one. More deltas with the same offset may follow.
   */
  readonly deltaReceived: Signal<[delta: Delta, offset: string | null]>;
  /**
   * Dispatched now and then if a subscription was acquired with an offset: all deltas up to this
   * offset have come, of all subscriptions.
   */
  readonly positionReceived: Signal<[position: Acquired]>;
  /**
   * Dispatched when there is a connection again and tokens had been acquired on the one before, and
   * when the server gives up a subscription that has fallen behind too far. Resume it, or fetch data
   * and a token anew. Acquiring the token without an offset works for some time, but what was under
   * way when the connection was lost stays missing. Tokens of `keepSynced` are not among them.
   */
  readonly subscriptionLost: Signal<[lost: SubscriptionsLost]>;

  private readonly tokens = new Set<string>();
  private lost: readonly string[] = [];
  private readonly sources = new Sources();
  /** Whether the server of this connection has been found to know no offsets. */
  private withoutOffsets = false;
  private readonly live = new Set<SubscriptionEvents>();
  /** Up while a cancellation has no answer: until then, old deltas may come. */
  private readonly cancelling = new Barrier();

  constructor(name: string, snorky: Snorky) {
    super(name, snorky);
    this.deltaReceived = snorky.createSignal();
    this.positionReceived = snorky.createSignal();
    this.subscriptionLost = snorky.createSignal();
  }

  /**
   * Begins to receive the deltas of a subscription, from when it was authorized or from an offset.
   *
   * With `offset`, null at first, the subscription can be resumed: after a lost connection it is
   * acquired again with the last offset that is known to be safe. That is the one of the answer, or
   * the last one of `positionReceived`; the deltas after it come again.
   *
   * @returns after the deltas there were until now: null, or with `offset` an offset to resume from,
   *     null if the server says none. Rejected by the server with `token must be string`, `No such
   *     subscription` and `Already acquired`; with `offset` also with `resync` if the deltas after it
   *     are not kept any more, and with `Invalid params` if the server is one that knows no offsets;
   *     and as `rpcCall`
   */
  acquireSubscription(params: ResumeParams): Promise<Acquired | null>;
  acquireSubscription(params: AcquireParams): Promise<null>;
  acquireSubscription({
    token,
    offset,
    conflate,
  }: AcquireParams & Partial<ResumeParams>): Promise<Acquired | null> {
    return this.snorky.createPromise((resolve, reject) => {
      const done = (data: unknown) => {
        this.tokens.add(token);
        resolve(data as Acquired | null);
      };
      const params = { token, ...(offset === undefined ? {} : offsetParams(offset, conflate)) };
      this.startAcquisition(params, () => true, done, reject);
    });
  }

  /**
   * Ends a subscription.
   *
   * @returns null. Rejected with `token must be string` and `No such subscription` by the server, and
   *     as `rpcCall`
   */
  cancelSubscription({ token }: { readonly token: string }): Promise<null> {
    this.tokens.delete(token);
    if (this.lost.includes(token)) {
      this.lost = this.lost.filter((other) => other !== token);
      return this.snorky.createPromise((resolve) => resolve(null));
    }
    return this.snorky.createPromise((resolve, reject) =>
      this.release(token, resolve as (data: unknown) => void, reject),
    );
  }

  /**
   * Keeps data of the web application up to date on the page, over lost connections and restarts:
   * fetches data and token, acquires the token, and shows the data and the changes since. On a new
   * connection it goes on with the changes since; if they are not to be had it fetches anew. Begins at
   * once.
   *
   * ```js
   * const todos = new Snorky.DataSync.SnapshotCollection();
   * const subscription = datasync.keepSynced({
   *   fetch: async ({signal}) => {
   *     const response = await fetch("/api/todos", {headers: {"X-Snorky": "Subscribe"}, signal});
   *     if (!response.ok) {
   *       throw new Error(`/api/todos: ${response.status}`);
   *     }
   *     return {data: await response.json(), token: response.headers.get("X-Subscription-Token")};
   *   },
   *   apply: (rows) => todos.replace(rows),
   *   processor: new Snorky.DataSync.CollectionDeltaProcessor({Todo: todos}),
   * });
   * ```
   *
   * The processor gets the deltas by itself and must not be added to `deltaReceived`. There may be
   * several at a time. Each gets the deltas of all that its processor handles, or those with its
   * `tag`; two views of one model need a tag each, or DataSync services of their own.
   */
  keepSynced<Data>(options: KeepSyncedOptions<Data>): LiveSubscription<Data> {
    const subscription: LiveSubscription<Data> = new LiveSubscription(
      options,
      this.portOf(() => this.live.delete(subscription)),
      this.snorky.createSignal(),
    );
    this.live.add(subscription);
    subscription.resync();
    return subscription;
  }

  /**
   * Fetches a list of the web application's and keeps it up to date, as `keepSynced` does:
   *
   * ```js
   * const todos = datasync.fetchAndSubscribe("/api/todos", {model: "Todo"});
   * todos.subscribe(() => render(todos.items, todos.state));
   * ```
   *
   * The request says `X-Snorky: Subscribe`; the answer has the token in `X-Subscription-Token`. If
   * there is none, or no connection, the rows are shown all the same, as stale.
   *
   * @param url where the list is
   * @throws TypeError or RangeError that names the option that is wrong
   */
  fetchAndSubscribe<T = unknown>(url: string | URL, options: LiveListOptions<T>): LiveList<T> {
    const collection = collectionOf(options);
    return new LiveList(collection, this.keepSynced(listToKeep(url, options, collection)));
  }

  override connectionOpened(): void {
    this.eachLive((subscription) => subscription.connectionOpened());
    const tokens = this.lost;
    this.lost = [];
    if (tokens.length > 0) {
      this.subscriptionLost.dispatch({ tokens, resync: false });
    }
  }

  override connectionClosed(error: SnorkyConnectionError, final: boolean): void {
    this.lost = final ? [] : [...this.lost, ...this.tokens];
    this.tokens.clear();
    this.cancelling.forget();
    this.eachLive((subscription) => subscription.connectionClosed());
    this.sources.removeAcquired();
    this.withoutOffsets = false;
    super.connectionClosed(error, final);
  }

  protected override notified(notification: Notification): void {
    super.notified(notification);
    guarded(
      () => this.handle(notification),
      `the server sent a malformed ${notification.type} to ${this.name}`,
      this.snorky.report,
    );
  }

  private handle({ type, delta, offset, token }: Notification): void {
    switch (type) {
      case "delta":
        this.dealOut(checkDelta(delta), offset === undefined ? null : textOf("offset", offset));
        break;
      case "position":
        this.reached(textOf("offset", offset));
        break;
      case "resync":
        this.dropped(textOf("token", token));
        break;
    }
  }

  private dealOut(delta: Delta, offset: string | null): void {
    this.eachLive((subscription) => subscription.received(delta, offset));
    this.deltaReceived.dispatch(delta, offset);
  }

  private reached(offset: string): void {
    this.eachLive((subscription) => subscription.reached(offset));
    this.positionReceived.dispatch({ offset });
  }

  private dropped(token: string): void {
    this.sources.remove(token);
    for (const subscription of [...this.live]) {
      if (subscription.dropped(token)) {
        return;
      }
    }
    if (this.tokens.delete(token)) {
      this.subscriptionLost.dispatch({ tokens: [token], resync: true });
    }
  }

  private eachLive(what: (subscription: SubscriptionEvents) => void): void {
    for (const subscription of [...this.live]) {
      guarded(() => what(subscription), "a live subscription failed", this.snorky.report);
    }
  }

  private release(
    token: string,
    resolve: (data: unknown) => void,
    reject: (error: unknown) => void,
  ): void {
    const lower = this.cancelling.raise();
    const answered = () => {
      this.sources.remove(token);
      lower();
    };
    const done = (data: unknown) => {
      resolve(data);
      answered();
    };
    const failed = (error: unknown) => {
      reject(error);
      answered();
    };
    this.startCall("cancelSubscription", { token }, {}, done, failed);
  }

  private startAcquisition(
    params: { readonly token: string },
    mayHave: (delta: Delta) => boolean,
    resolve: (data: unknown) => void,
    reject: (error: unknown) => void,
  ): void {
    const { token } = params;
    this.sources.add(token, mayHave);
    const done = (data: unknown) => {
      this.sources.acquired(token);
      resolve(data);
    };
    const failed = (error: unknown) => {
      this.sources.remove(token);
      reject(error);
    };
    this.startCall("acquireSubscription", params, {}, done, failed);
  }

  /** For live subscriptions: asks for offsets, and does without where the server knows none. */
  private acquire(
    { token, offset, conflate, mayHave }: Acquisition,
    resolve: (offset: string | null) => void,
    reject: (error: unknown) => void,
  ): void {
    const failed = (error: unknown) => {
      this.loseIfTimeout(error);
      reject(error);
    };
    const withoutOffsets = () =>
      this.startAcquisition({ token }, mayHave, () => resolve(null), failed);
    if (this.withoutOffsets) {
      withoutOffsets();
      return;
    }
    const params = { token, ...offsetParams(offset, conflate) };
    const done = (data: unknown) =>
      resolve(isRecord(data) && typeof data.offset === "string" ? data.offset : null);
    this.startAcquisition(params, mayHave, done, (error) => {
      if (offset === null && isInvalidParams(error)) {
        this.withoutOffsets = true;
        withoutOffsets();
      } else {
        failed(error);
      }
    });
  }

  /** A connection that does not answer is as good as lost, and the next one is a clean slate. */
  private loseIfTimeout(error: unknown): void {
    if (error instanceof SnorkyTimeoutError) {
      this.snorky.loseConnection(`${this.name}: ${error.message}`);
    }
  }

  private portOf(stopped: () => void): SubscriptionPort {
    const { snorky } = this;
    return {
      clock: snorky.settings.clock,
      random: snorky.settings.random,
      report: snorky.report,
      sources: this.sources,
      get connection() {
        return snorky.isConnected ? "open" : snorky.isConnecting ? "opening" : "none";
      },
      whenClear: (callback) => this.cancelling.whenDown(callback),
      abandon: () => this.cancelling.raise(),
      acquire: (request, done, failed) => this.acquire(request, done, failed),
      cancel: (token) => {
        if (snorky.isConnected) {
          const ignore = () => {};
          this.release(token, ignore, (error) => this.loseIfTimeout(error));
        }
      },
      stopped,
    };
  }
}

/** What servers answer that know no offsets. */
function isInvalidParams(error: unknown): boolean {
  return error instanceof SnorkyRPCError && error.message === "Invalid params";
}

function offsetParams(offset: string | null, conflate: boolean | string | undefined) {
  return conflate === undefined ? { offset } : { offset, conflate };
}

/** @throws TypeError that says what was wrong */
function textOf(name: string, value: unknown): string {
  if (typeof value !== "string") {
    throw new TypeError(`${name}: ${jsonType(value)} (expected: a string)`);
  }
  return value;
}
