import { HoldingService } from "./holding-service.js";
import type { Notification } from "./rpc-service.js";
import type { Signal } from "./signal.js";
import type { Snorky } from "./snorky.js";

/** A message from one name to another. */
export interface DirectMessage {
  /** The name it is from. */
  readonly sender: string;
  /** The page's name it is for. */
  readonly dest: string;
  /** What: any JSON value. */
  // biome-ignore lint/suspicious/noExplicitAny: pages know what their names say to each other
  readonly body: any;
}

interface Registration {
  readonly name: string;
}

/**
 * Messages from name to name. A name belongs to the connection that has registered it; one connection
 * may have many.
 *
 * After a lost connection the names are registered again, before anything else is sent. What was sent
 * to them in between is refused to those who sent it.
 */
export class Messaging extends HoldingService<Registration> {
  /** Dispatched with each message to a name of the page's. */
  readonly messageReceived: Signal<[message: DirectMessage]>;
  /**
   * Dispatched when the server refuses to register a name again. `Name already registered` may mean
   * the page's connection before: the server keeps that until it has noticed that it is lost.
   */
  readonly nameLost: Signal<[lost: { readonly name: string; readonly error: Error }]>;

  constructor(name: string, snorky: Snorky) {
    super(name, snorky);
    this.messageReceived = snorky.createSignal();
    this.nameLost = snorky.createSignal();
  }

  /**
   * Registers a name for the page. The first call for a name that is registered again after a lost
   * connection does not ask twice.
   *
   * @returns null. Rejected with `Name already registered` and `Name not allowed` by the server, and
   *     as `rpcCall`
   */
  registerParticipant({ name }: { readonly name: string }): Promise<null> {
    return this.take(
      name,
      () => ({ name }),
      () => null,
    );
  }

  /**
   * Gives up a name of the page's.
   *
   * @returns null. Rejected with `Unknown participant` and `Invalid participant` by the server, and as
   *     `rpcCall`
   */
  unregisterParticipant({ name }: { readonly name: string }): Promise<null> {
    return this.give(name, "unregisterParticipant", { name });
  }

  /**
   * Asks for all names that are registered.
   *
   * @returns the names, sorted by code point. Rejected as `rpcCall`
   */
  listParticipants(params: object = {}): Promise<string[]> {
    return this.rpcCall<string[]>("listParticipants", params);
  }

  /**
   * Sends a JSON value from a name of the page's to any name.
   *
   * @returns null. Rejected with `Invalid sender` and `Unknown destination` by the server, and as
   *     `rpcCall`
   */
  send(params: {
    readonly sender: string;
    readonly dest: string;
    readonly body: unknown;
  }): Promise<null> {
    return this.rpcCall<null>("send", params);
  }

  protected override notified(notification: Notification): void {
    super.notified(notification);
    if (notification.type === "message") {
      this.messageReceived.dispatch(notification as unknown as DirectMessage);
    }
  }

  protected override askFor(registration: Registration) {
    return ["registerParticipant", registration] as const;
  }

  protected override whenLost({ name }: Registration, error: Error): void {
    this.snorky.report(error, `${this.name}: a name could not be registered again`);
    this.nameLost.dispatch({ name, error });
  }
}
