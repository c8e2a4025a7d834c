import { type SnorkyConnectionError, SnorkyTimeoutError } from "../errors.js";
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
import {
  LiveSubscription,
  type SubscriptionEvents,
  type SubscriptionPort,
} from "./live-subscription.js";
import { SingleItemCollection } from "./single-item-collection.js";
import { SnapshotCollection } from "./snapshot-collection.js";

/**
 * Changes of rows, as they happen. The web application authorizes a subscription and hands out its
 * token with the data; whoever acquires the token gets the deltas since.
 *
 * Deltas do not say which subscription they are for: all listeners get all deltas.
 */
export class DataSync extends RPCService {
  static CollectionDeltaProcessor = CollectionDeltaProcessor;
  static Collection = Collection;
  static ArrayCollection = ArrayCollection;
  static SnapshotCollection = SnapshotCollection;
  static SingleItemCollection = SingleItemCollection;

  /** Dispatched with each delta, in the server's order. */
  readonly deltaReceived: Signal<[delta: Delta]>;
  /**
   * Dispatched when there is a connection again and tokens had been acquired on the one before.
   * Changes in between did not arrive: fetch data and a token anew. Acquiring the same token again
   * works for some time, but what was under way when the connection was lost stays missing. Tokens
   * of `keepSynced` are not among them.
   */
  readonly subscriptionLost: Signal<[lost: { readonly tokens: readonly string[] }]>;

  private readonly tokens = new Set<string>();
  private lost: readonly string[] = [];
  private readonly live = new Set<SubscriptionEvents>();
  /** Up while a cancellation has no answer: until then, old deltas may come. */
  private readonly cancelling = new Barrier();

  constructor(name: string, snorky: Snorky) {
    super(name, snorky);
    this.deltaReceived = snorky.createSignal();
    this.subscriptionLost = snorky.createSignal();
  }

  /**
   * Begins to receive the deltas of a subscription, from when it was authorized.
   *
   * @returns null, after the deltas there were until now. Rejected with `token must be string`, `No
   *     such subscription` and `Already acquired` by the server, and as `rpcCall`
   */
  acquireSubscription({ token }: { readonly token: string }): Promise<null> {
    return this.snorky.createPromise((resolve, reject) => {
      const done = (data: unknown) => {
        this.tokens.add(token);
        resolve(data as null);
      };
      this.startCall("acquireSubscription", { token }, {}, done, reject);
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
   * fetches data and token, acquires the token, shows the data and the changes since, and does so
   * anew on each new connection. Begins at once.
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
   * several at a time. As deltas do not say which subscription they are for, each gets the deltas of
   * all that its processor handles; two views of one model need processors that tell their rows
   * apart, or DataSync services of their own.
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

  override connectionOpened(): void {
    this.eachLive((subscription) => subscription.connectionOpened());
    const tokens = this.lost;
    this.lost = [];
    if (tokens.length > 0) {
      this.subscriptionLost.dispatch({ tokens });
    }
  }

  override connectionClosed(error: SnorkyConnectionError, final: boolean): void {
    this.lost = final ? [] : [...this.lost, ...this.tokens];
    this.tokens.clear();
    this.cancelling.forget();
    this.eachLive((subscription) => subscription.connectionClosed());
    super.connectionClosed(error, final);
  }

  protected override notified(notification: Notification): void {
    super.notified(notification);
    if (notification.type === "delta") {
      guarded(
        () => this.dealOut(checkDelta(notification.delta)),
        `the server sent a malformed delta to ${this.name}`,
        this.snorky.report,
      );
    }
  }

  private dealOut(delta: Delta): void {
    this.eachLive((subscription) => subscription.received(delta));
    this.deltaReceived.dispatch(delta);
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
    const answered = this.cancelling.raise();
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

  /** A connection that does not answer is as good as lost, and the next one is a clean slate. */
  private lostIfTimeout(error: unknown): boolean {
    const timeout = error instanceof SnorkyTimeoutError;
    if (timeout) {
      this.snorky.loseConnection(`${this.name}: ${error.message}`);
    }
    return timeout;
  }

  private portOf(stopped: () => void): SubscriptionPort {
    const { snorky } = this;
    return {
      clock: snorky.settings.clock,
      random: snorky.settings.random,
      report: snorky.report,
      get connection() {
        return snorky.isConnected ? "open" : snorky.isConnecting ? "opening" : "none";
      },
      whenClear: (callback) => this.cancelling.whenDown(callback),
      acquire: (token, done, failed) =>
        this.startCall(
          "acquireSubscription",
          { token },
          {},
          done,
          (error) => this.lostIfTimeout(error) || failed(error),
        ),
      cancel: (token) => {
        if (snorky.isConnected) {
          const ignore = () => {};
          this.release(token, ignore, (error) => this.lostIfTimeout(error));
        }
      },
      stopped,
    };
  }
}
