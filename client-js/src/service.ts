import type { SnorkyConnectionError } from "./errors.js";
import type { Signal } from "./signal.js";
import type { Snorky } from "./snorky.js";

/** A class of services, as it is given to `new Snorky`. */
// biome-ignore lint/suspicious/noExplicitAny: what a service asks of its Snorky is its own affair
export type ServiceClass<S extends Service = Service> = new (name: string, snorky: any) => S;

/**
 * The page's side of a service of the server. One that exchanges messages of its own design
 * extends this class; one with commands extends `RPCService`.
 */
export class Service {
  /** Dispatched with each message of the server's to this service: any JSON value. */
  readonly packetReceived: Signal<[message: unknown]>;

  /**
   * @param name what the server calls the service
   * @param snorky the client it belongs to
   */
  constructor(
    readonly name: string,
    readonly snorky: Snorky,
  ) {
    this.packetReceived = snorky.createSignal();
  }

  /** For subclasses: called once, when the service has been made and before anything is sent. */
  init(): void {}

  /**
   * Sends a JSON value to the server's service, at once or when there is a connection.
   *
   * @throws SnorkyQueueFullError if there is no connection and too many messages wait for one
   */
  sendMessage(value: unknown): void {
    const text = this.snorky.encode(this.name, value);
    const where = `a message to the service ${this.name} was not sent`;
    this.snorky.transmit({ text, dropped: (error) => this.snorky.report(error, where) });
  }

  /** For subclasses: called with each message of the server's to this service. */
  receive(message: unknown): void {
    this.packetReceived.dispatch(message);
  }

  /** For subclasses: called when a connection stands, before what was queued is sent. */
  connectionOpened(): void {}

  /**
   * For subclasses: called when the connection, or an attempt to make one, has ended.
   *
   * @param error what to tell those who waited for an answer
   * @param final true after `disconnect()`
   */
  connectionClosed(_error: SnorkyConnectionError, _final: boolean): void {}
}
