import { isRecord, jsonType } from "./checks.js";
import { HoldingService } from "./holding-service.js";
import { Members, type Status } from "./members.js";
import type { Notification } from "./rpc-service.js";
import type { Signal } from "./signal.js";
import type { Snorky } from "./snorky.js";

/** What somebody said in a channel. */
export interface ChatMessage {
  /** The identity of who said it: any JSON value. */
  // biome-ignore lint/suspicious/noExplicitAny: pages know their identities
  readonly from: any;
  /** Where: any JSON value. */
  readonly channel: unknown;
  /** What: any JSON value. */
  // biome-ignore lint/suspicious/noExplicitAny: pages know what is said in their channels
  readonly body: any;
  /** When, by the server's clock, as in ISO 8601. */
  readonly timestamp: string;
}

/** Somebody has come into a channel, or gone. */
export interface ChatPresence {
  /** The identity of who it was: any JSON value. */
  // biome-ignore lint/suspicious/noExplicitAny: pages know their identities
  readonly from: any;
  /** Where: any JSON value. */
  readonly channel: unknown;
  readonly status: Status;
  /** When, by the server's clock, as in ISO 8601; by the page's clock if it came to light later. */
  readonly timestamp: string;
}

/** The page's own identity has read a channel, on another connection. */
export interface ChatRead {
  /** Which one: any JSON value. */
  readonly channel: unknown;
  /** When, by the server's clock, as in ISO 8601. */
  readonly timestamp: string;
}

/** A channel that is joined. */
interface Room {
  readonly channel: unknown;
  /** Null before it has been joined for the first time. */
  members: Members | null;
}

/**
 * Channels to talk in, and who is there. Channels are any JSON values. Whoever joins has an identity,
 * and may have several connections.
 *
 * After a lost connection the channels are joined again, before anything else is sent. What was said
 * in between is missed; who has come and gone is told by `presenceReceived`.
 */
export class Chat extends HoldingService<Room> {
  /** Dispatched with each message to a channel that is joined, one's own included. */
  readonly messageReceived: Signal<[message: ChatMessage]>;
  /** Dispatched when an identity's first connection joins a channel or its last one leaves. */
  readonly presenceReceived: Signal<[presence: ChatPresence]>;
  /** Dispatched when another connection of the page's identity has read a channel. */
  readonly readReceived: Signal<[read: ChatRead]>;
  /** Dispatched when the server refuses to let the page join a channel again. */
  readonly channelLost: Signal<[lost: { readonly channel: unknown; readonly error: Error }]>;

  constructor(name: string, snorky: Snorky) {
    super(name, snorky);
    this.messageReceived = snorky.createSignal();
    this.presenceReceived = snorky.createSignal();
    this.readReceived = snorky.createSignal();
    this.channelLost = snorky.createSignal();
  }

  /**
   * Joins a channel. The first call for a channel that is joined again after a lost connection does
   * not ask twice.
   *
   * @returns the identities that are there, one's own included. Rejected with `Not authenticated` and
   *     `Already joined` by the server, and as `rpcCall`
   */
  // biome-ignore lint/suspicious/noExplicitAny: pages know their identities
  join({ channel }: { readonly channel: unknown }): Promise<{ members: any[] }> {
    return this.take(
      channel,
      () => ({ channel, members: null }),
      ({ members }) => ({ members: members?.all() ?? [] }),
    );
  }

  /**
   * Leaves a channel.
   *
   * @returns null. Rejected with `Not joined` by the server, and as `rpcCall`
   */
  leave({ channel }: { readonly channel: unknown }): Promise<null> {
    return this.give(channel, "leave", { channel });
  }

  /**
   * Sends a JSON value to everybody in a channel that is joined.
   *
   * @returns null. Rejected with `Not joined` by the server, and as `rpcCall`
   */
  send(params: { readonly channel: unknown; readonly body: unknown }): Promise<null> {
    return this.rpcCall<null>("send", params);
  }

  /**
   * Tells the other connections of the page's identity that a channel has been read.
   *
   * @returns null. Rejected as `rpcCall`
   */
  read(params: { readonly channel: unknown }): Promise<null> {
    return this.rpcCall<null>("read", params);
  }

  protected override notified(notification: Notification): void {
    super.notified(notification);
    switch (notification.type) {
      case "message":
        this.messageReceived.dispatch(notification as unknown as ChatMessage);
        break;
      case "presence":
        this.came(notification as unknown as ChatPresence);
        break;
      case "read":
        this.readReceived.dispatch(notification as unknown as ChatRead);
        break;
    }
  }

  /** Tells only what is news: the server may repeat itself. */
  private came(presence: ChatPresence): void {
    const { from, channel, status } = presence;
    const members = this.holding(channel)?.members;
    if (!members || members.set(from, status)) {
      this.presenceReceived.dispatch(presence);
    }
  }

  protected override askFor({ channel }: Room) {
    return ["join", { channel }] as const;
  }

  protected override whenGranted(room: Room, answer: unknown): void {
    const { channel, members } = room;
    room.members = members ?? new Members();
    room.members.replace(membersOf(answer), (from, status) => {
      if (members !== null) {
        this.tell(channel, from, status); // since the connection was lost
      }
    });
  }

  protected override whenLost({ channel }: Room, error: Error): void {
    this.snorky.report(error, `${this.name}: a channel could not be joined again`);
    this.channelLost.dispatch({ channel, error });
  }

  private tell(channel: unknown, from: unknown, status: Status): void {
    const timestamp = new Date(this.snorky.settings.clock.now()).toISOString();
    const presence = { type: "presence", from, channel, status, timestamp } as const;
    this.presenceReceived.dispatch(presence);
  }
}

/** @throws TypeError that says what was wrong */
function membersOf(answer: unknown): readonly unknown[] {
  if (!isRecord(answer) || !Array.isArray(answer.members)) {
    throw new TypeError(`join: ${jsonType(answer)} (expected: an object with members, an array)`);
  }
  return answer.members;
}
