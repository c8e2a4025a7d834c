import { isRecord, jsonType } from "./checks.js";
import { HoldingService } from "./holding-service.js";
import { Members, type Status } from "./members.js";
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
  /** Its place in the channel's history, if that was asked for: opaque, other for each message. */
  readonly offset?: string;
}

/** Somebody has subscribed to a channel, or does not any longer. */
export interface ChannelPresence {
  /** Where: any JSON value. */
  readonly channel: unknown;
  /** Who it was: any JSON value. */
  // biome-ignore lint/suspicious/noExplicitAny: pages know their identities
  readonly identity: any;
  readonly status: Status;
}

/** How to subscribe to a channel. */
export interface SubscribeParams {
  /** Any JSON value. */
  readonly channel: unknown;
  /**
   * How many of the latest messages to get, and again when too many were missed; 0 or more. Then what
   * is published while the connection is lost comes later. Unset: none, and what was missed is.
   */
  readonly history?: number | undefined;
  /** Whether to be told who else is subscribed. False if unset. */
  readonly presence?: boolean | undefined;
}

/** What there was when a channel was subscribed to. */
export interface ChannelState {
  /** The latest messages, the oldest first; none unless `history` was asked for. */
  readonly messages: PublishedMessage[];
  /** The identities that are subscribed, if `presence` was asked for. */
  // biome-ignore lint/suspicious/noExplicitAny: pages know their identities
  readonly members?: any[];
}

/** A channel that is subscribed to. */
interface Subscribed extends SubscribeParams {
  /** Up to where everything has come; null if that is not known. */
  offset: string | null;
  /** What came with the answer, for the page that asked. */
  messages: PublishedMessage[];
  members: Members | null;
}

/**
 * Messages to whoever subscribed to their channel. Channels are any JSON values.
 *
 * After a lost connection the channels are subscribed to again, before anything else is sent. What
 * was published in between is missed, but on channels that were subscribed to with history: it comes
 * then, in order, once each and before what is new.
 */
export class PubSub extends HoldingService<Subscribed> {
  /** Dispatched with each message on a channel that is subscribed to, one's own included. */
  readonly messagePublished: Signal<[message: PublishedMessage]>;
  /** Dispatched when the first connection of an identity subscribes, and when its last is gone. */
  readonly presenceReceived: Signal<[presence: ChannelPresence]>;
  /**
   * Dispatched when messages were missed that the server does not keep any longer. The latest ones take
   * the place of all that came before.
   */
  readonly historyLost: Signal<
    [lost: { readonly channel: unknown; readonly messages: PublishedMessage[] }]
  >;
  /** Dispatched when the server refuses to subscribe to a channel again after a lost connection. */
  readonly subscriptionLost: Signal<[lost: { readonly channel: unknown; readonly error: Error }]>;

  constructor(name: string, snorky: Snorky) {
    super(name, snorky);
    this.messagePublished = snorky.createSignal();
    this.presenceReceived = snorky.createSignal();
    this.historyLost = snorky.createSignal();
    this.subscriptionLost = snorky.createSignal();
  }

  /**
   * Subscribes to a channel. The first call for a channel that is subscribed to again after a lost
   * connection does not ask twice; what was missed is told by the signals all the same.
   *
   * If the latest messages are many, the answer has the oldest of them and the others come as if they
   * were new.
   *
   * @returns null, but for `history` and `presence` what there is. Rejected by the server with `Already
   *     subscribed`, and with what it says if the channel keeps no history or tells no presence; and as
   *     `rpcCall`
   */
  subscribe(
    params: SubscribeParams & ({ readonly history: number } | { readonly presence: true }),
  ): Promise<ChannelState>;
  subscribe(params: {
    readonly channel: unknown;
    readonly history?: undefined;
    readonly presence?: undefined;
  }): Promise<null>;
  subscribe(params: SubscribeParams): Promise<ChannelState | null>;
  subscribe({ channel, history, presence }: SubscribeParams): Promise<ChannelState | null> {
    const wanted = { channel, history, presence, offset: null, messages: [], members: null };
    const held = this.holding(channel);
    if (held && !this.snorky.isConnected) {
      Object.assign(held, wanted, { members: held.members });
    } else if (held && kindOf(held) !== kindOf(wanted)) {
      return this.rpcCall("subscribe", paramsOf(wanted)); // not what is restored; is refused
    }
    return this.take(channel, () => wanted, stateOf);
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

  /**
   * Asks who is subscribed to a channel; the page itself need not be.
   *
   * @returns the identities. Rejected with `Not authorized` by the server, and with what it says if the
   *     channel tells no presence; and as `rpcCall`
   */
  // biome-ignore lint/suspicious/noExplicitAny: pages know their identities
  presence(params: { readonly channel: unknown }): Promise<{ members: any[] }> {
    return this.rpcCall("presence", params);
  }

  protected override notified(notification: Notification): void {
    super.notified(notification);
    switch (notification.type) {
      case "message":
        this.published(notification as unknown as PublishedMessage);
        break;
      case "presence":
        this.came(notification as unknown as ChannelPresence);
        break;
      case "resync": // the server has ended the subscription: too much was missed
        this.takeAgain(notification.channel);
        break;
    }
  }

  protected override askFor(subscribed: Subscribed) {
    return ["subscribe", paramsOf(subscribed)] as const;
  }

  protected override whenGranted(subscribed: Subscribed, answer: unknown): void {
    const { channel, history, presence, offset } = subscribed;
    if (history !== undefined) {
      const messages = listOf("messages", answer).map((each) => messageOf(channel, each));
      subscribed.offset = (answer as { offset: string }).offset;
      this.caughtUp(subscribed, messages, offset !== null, isRecord(answer) && !!answer.resync);
    }
    if (presence) {
      const { members } = subscribed;
      subscribed.members = members ?? new Members();
      subscribed.members.replace(listOf("members", answer), (identity, status) => {
        if (members !== null) {
          this.presenceReceived.dispatch({ channel, identity, status }); // since the connection was lost
        }
      });
    }
  }

  protected override whenLost({ channel }: Subscribed, error: Error): void {
    this.snorky.report(error, `${this.name}: a channel could not be subscribed to again`);
    this.subscriptionLost.dispatch({ channel, error });
  }

  private caughtUp(
    subscribed: Subscribed,
    messages: PublishedMessage[],
    isResumed: boolean,
    isLost: boolean,
  ): void {
    if (!isResumed) {
      subscribed.messages = messages;
    } else if (isLost) {
      this.historyLost.dispatch({ channel: subscribed.channel, messages });
    } else {
      for (const message of messages) {
        this.messagePublished.dispatch(message);
      }
    }
  }

  private published(message: PublishedMessage): void {
    if (message.offset !== undefined) {
      const subscribed = this.holding(message.channel);
      if (subscribed) {
        subscribed.offset = message.offset;
      }
    }
    this.messagePublished.dispatch(message);
  }

  /** Tells only what is news: the server may repeat itself. */
  private came(presence: ChannelPresence): void {
    const members = this.holding(presence.channel)?.members;
    if (!members || members.set(presence.identity, presence.status)) {
      this.presenceReceived.dispatch(presence);
    }
  }
}

function paramsOf({
  channel,
  history,
  presence,
  offset,
}: Omit<Subscribed, "messages" | "members">) {
  return {
    channel,
    ...(history === undefined ? {} : { history }),
    ...(offset === null ? {} : { since: offset }),
    ...(presence ? { presence } : {}),
  };
}

/** Subscriptions of one kind have the same kind of answer. */
function kindOf({ history, presence }: SubscribeParams): string {
  return `${history !== undefined} ${presence === true}`;
}

function stateOf(subscribed: Subscribed): ChannelState | null {
  const { history, presence, messages, members } = subscribed;
  if (history === undefined && !presence) {
    return null;
  }
  subscribed.messages = [];
  return { messages, ...(members ? { members: members.all() } : {}) };
}

function messageOf(channel: unknown, entry: unknown): PublishedMessage {
  const { message, offset } = entry as PublishedMessage;
  return { channel, message, ...(offset === undefined ? {} : { offset }) };
}

/** @throws TypeError that says what was wrong */
function listOf(name: string, answer: unknown): unknown[] {
  const list = isRecord(answer) ? answer[name] : undefined;
  if (!Array.isArray(list)) {
    throw new TypeError(
      `subscribe: ${jsonType(answer)} (expected: an object with ${name}, an array)`,
    );
  }
  return list;
}
