import { HoldingService } from "./holding-service.js";
import type { Notification } from "./rpc-service.js";
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

interface Subscribed {
  readonly channel: unknown;
}

/**
 * Messages to whoever subscribed to their channel. Channels are any JSON values.
 *
 * After a lost connection the channels are subscribed to again, before anything else is sent. What
 * was published in between is missed.
 */
export class PubSub extends HoldingService<Subscribed> {
  /** Dispatched with each message on a channel that is subscribed to, one's own included. */
  readonly messagePublished: Signal<[message: PublishedMessage]>;
  /** Dispatched when the server refuses to subscribe to a channel again after a lost connection. */
  readonly subscriptionLost: Signal<[lost: { readonly channel: unknown; readonly error: Error }]>;

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
    return this.take(
      channel,
      () => ({ channel }),
      () => null,
    );
  }

  /**
   * Ends the subscription to a channel.
   *
   * @returns null. Rejected with `Not subscribed` by the server, and as `rpcCall`
   */
  unsubscribe({ channel }: { readonly channel: unknown }): Promise<null> {
    return this.give(channel, "unsubscribe", { channel });
  }

  /**
   * Sends a JSON value to everybody who is subscribed to the channel.
   *
   * @returns null. Rejected with `Not authorized` by the server, and as `rpcCall`
   */
  publish(params: { readonly channel: unknown; readonly message: unknown }): Promise<null> {
    return this.rpcCall<null>("publish", params);
  }

  protected override notified(notification: Notification): void {
    super.notified(notification);
    if (notification.type === "message") {
      this.messagePublished.dispatch(notification as unknown as PublishedMessage);
    }
  }

  protected override askFor(subscribed: Subscribed) {
    return ["subscribe", subscribed] as const;
  }

  protected override whenLost({ channel }: Subscribed, error: Error): void {
    this.snorky.report(error, `${this.name}: a channel could not be subscribed to again`);
    this.subscriptionLost.dispatch({ channel, error });
  }
}
