import { canonical } from "./canonical.js";
import { SnorkyConnectionError } from "./errors.js";
import { type Notification, RPCService } from "./rpc-service.js";
import type { Signal } from "./signal.js";
import type { Snorky } from "./snorky.js";

/** A message that somebody published on a channel. */
export interface PublishedMessage {
  /** Where: any JSON value. */
  readonly channel: unknown;
  /** What: any JSON value. */
  // biome-ignore lint/suspicious/noExplicitAny: pages know what is published on their channels
  readonly message: any;
}

/**
 * Messages to whoever subscribed to their channel. Channels are any JSON values.
 *
 * After a lost connection the channels are subscribed to again, before anything else is sent. What
 * was published in between is missed.
 */
export class PubSub extends RPCService {
  /** Dispatched with each message on a channel that is subscribed to, one's own included. */
  readonly messagePublished: Signal<[message: PublishedMessage]>;
  /** Dispatched when the server refuses to subscribe to a channel again after a lost connection. */
  readonly subscriptionLost: Signal<[lost: { readonly channel: unknown; readonly error: Error }]>;

  private readonly subscribed = new Map<string | undefined, unknown>();
  private readonly restoring = new Map<string | undefined, Promise<null>>();

  constructor(name: string, snorky: Snorky) {
    super(name, snorky);
    this.messagePublished = snorky.createSignal();
    this.subscriptionLost = snorky.createSignal();
  }

  /**
   * Subscribes to a channel. The first call for a channel that is subscribed to again after a lost
   * connection does not ask twice.
   *
   * @returns null. Rejected with `Already subscribed` by the server, and as `rpcCall`
   */
  subscribe({ channel }: { readonly channel: unknown }): Promise<null> {
    const key = keyOf(channel);
    const restored = this.restoring.get(key);
    this.restoring.delete(key);
    if (restored) {
      return this.snorky.createPromise((resolve, reject) => {
        restored.then(resolve, reject);
      });
    }
    if (!this.snorky.isConnected) {
      this.subscribed.delete(key); // or it would be asked for twice
    }
    return this.snorky.createPromise((resolve, reject) => {
      const done = (data: unknown) => {
        this.subscribed.set(key, channel);
        resolve(data as null);
      };
      this.startCall("subscribe", { channel }, {}, done, reject);
    });
  }

  /**
   * Ends the subscription to a channel.
   *
   * @returns null. Rejected with `Not subscribed` by the server, and as `rpcCall`
   */
  unsubscribe({ channel }: { readonly channel: unknown }): Promise<null> {
    const key = keyOf(channel);
    this.restoring.delete(key);
    if (this.subscribed.delete(key) && !this.snorky.isConnected) {
      return this.snorky.createPromise((resolve) => resolve(null));
    }
    return this.rpcCall<null>("unsubscribe", { channel });
  }

  /**
   * Sends a JSON value to everybody who is subscribed to the channel.
   *
   * @returns null. Rejected with `Not authorized` by the server, and as `rpcCall`
   */
  publish(params: { readonly channel: unknown; readonly message: unknown }): Promise<null> {
    return this.rpcCall<null>("publish", params);
  }

  override connectionOpened(): void {
    for (const [key, channel] of this.subscribed) {
      const answer = this.rpcCall<null>("subscribe", { channel });
      this.restoring.set(key, answer);
      answer.then(undefined, (error: Error) => this.notRestored(key, channel, error));
    }
  }

  override connectionClosed(error: SnorkyConnectionError, final: boolean): void {
    super.connectionClosed(error, final);
    this.restoring.clear();
    if (final) {
      this.subscribed.clear();
    }
  }

  protected override notified(notification: Notification): void {
    super.notified(notification);
    if (notification.type === "message") {
      this.messagePublished.dispatch(notification as unknown as PublishedMessage);
    }
  }

  private notRestored(key: string | undefined, channel: unknown, error: Error): void {
    if (error instanceof SnorkyConnectionError) {
      return; // the next connection tries again
    }
    this.subscribed.delete(key);
    this.restoring.delete(key);
    this.snorky.report(error, `${this.name}: a channel could not be subscribed to again`);
    this.subscriptionLost.dispatch({ channel, error });
  }
}

/** Undefined for what is no channel; asking the server for it fails and says why. */
function keyOf(channel: unknown): string | undefined {
  try {
    return canonical(channel);
  } catch {
    return undefined;
  }
}
