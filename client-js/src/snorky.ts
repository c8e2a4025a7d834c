import { shownAddress } from "./address.js";
import { Backoff } from "./backoff.js";
import { Chat } from "./chat.js";
import { jsonType } from "./checks.js";
import { Class } from "./class.js";
import { Connection, type Disconnection } from "./connection.js";
import { Cursors } from "./cursors/cursors.js";
import { DataSync } from "./datasync/datasync.js";
import { SnorkyFetchError } from "./datasync/subscribing-request.js";
import {
  SnorkyConnectionError,
  SnorkyQueueFullError,
  SnorkyRPCError,
  SnorkyTimeoutError,
} from "./errors.js";
import { type IdentifiedEvent, Identity } from "./identity.js";
import { Messaging } from "./messaging.js";
import { type Settings, type SnorkyOptions, settingsOf } from "./options.js";
import { Outbox, type Outgoing } from "./outbox.js";
import { decodePacket, encodePacket, type Packet } from "./packet.js";
import { PubSub } from "./pubsub.js";
import { guarded, tell } from "./report.js";
import { RPCService } from "./rpc-service.js";
import { Service, type ServiceClass } from "./service.js";
import { Signal } from "./signal.js";
import type { SocketClass } from "./socket.js";

/** Names of services and their classes, e.g. `{datasync: Snorky.DataSync}`. */
export type ServiceClasses = Readonly<Record<string, ServiceClass>>;

/** The services made of such classes. */
export type ServicesOf<Classes extends ServiceClasses> = {
  readonly [Name in keyof Classes]: InstanceType<Classes[Name]>;
};

/** What `Snorky.Promise` must be able to do. */
export type PromiseClass = new <T>(
  executor: (resolve: (value: T) => void, reject: (reason: unknown) => void) => void,
) => PromiseLike<T>;

/** What a connection that stands is told about. */
export interface ConnectedEvent {
  /** False for the first connection, true for all later ones. */
  readonly reconnected: boolean;
}

/**
 * A client of a Snorky server: one connection, made anew when it is lost, and the services that
 * talk over it.
 *
 * ```js
 * const snorky = new Snorky(WebSocket, "wss://example.org/ws", {pubsub: Snorky.PubSub});
 * snorky.services.pubsub.messagePublished.add(({channel, message}) => console.log(channel, message));
 * await snorky.services.pubsub.subscribe({channel: "news"});
 * ```
 *
 * Messages are sent in the order they were given. What is sent without a connection waits for one,
 * up to `maxQueuedCalls` messages. When a connection stands, services first restore what they had on
 * the one before, then what waited is sent, then `connected` is dispatched.
 */
export class Snorky<Classes extends ServiceClasses = ServiceClasses> {
  /** Makes classes where there is no `class` syntax. */
  static Class = Class;
  /** The class of the signals that clients make from now on. May be replaced. */
  static Signal: typeof Signal = Signal;
  /** The class of the promises that calls return from now on. May be replaced. */
  static Promise: PromiseClass = Promise;
  /** What services that exchange messages extend. */
  static Service = Service;
  /** What services with commands extend. */
  static RPCService = RPCService;
  /** Messages by channels. */
  static PubSub = PubSub;
  /** Channels to talk in, and who is there. */
  static Chat = Chat;
  /** Messages from name to name. */
  static Messaging = Messaging;
  /** Where everybody is in shared documents; has the classes of documents and cursors as its members. */
  static Cursors = Cursors;
  /** Changes of rows; has the classes of collections as its members. */
  static DataSync = DataSync;
  /** What calls are rejected with that the server refuses. */
  static FetchError = SnorkyFetchError;
  static RPCError = SnorkyRPCError;
  /** What calls are rejected with when the connection ends before the answer. */
  static ConnectionError = SnorkyConnectionError;
  /** What calls are rejected with that are not answered in time. */
  static TimeoutError = SnorkyTimeoutError;
  /** What calls are rejected with when too many wait for a connection. */
  static QueueFullError = SnorkyQueueFullError;

  /** The services, by the names they were given. */
  readonly services: ServicesOf<Classes>;
  /** The class of the sockets that are made. */
  readonly socketClass: SocketClass;
  /** Where the server is. */
  readonly address: string;
  /** Whether `logDebug` writes. */
  debug: boolean;
  /** For services: the options, with what was left out filled in. */
  readonly settings: Settings;
  /** Dispatched when a connection stands and what had waited for it has been sent. */
  readonly connected: Signal<[event: ConnectedEvent]>;
  /** Dispatched when a connection, or an attempt to make one, has ended. Says what comes next. */
  readonly disconnected: Signal<[end: Disconnection]>;

  /** Dispatched when the server has accepted a token: on each connection, and when it was renewed. */
  readonly identified: Signal<[event: IdentifiedEvent]>;

  private readonly connection: Connection;
  private readonly proof: Identity | null;
  private readonly outbox: Outbox;
  private readonly byName = new Map<string, Service>();
  private connections = 0;

  /**
   * Makes a client, which starts to connect at once.
   *
   * @param socketClass `WebSocket`, or a class with its interface: of `ws` in Node, `SockJS`
   * @param address of the server: `ws://` or `wss://`; for SockJS `http://` or `https://`
   * @param serviceClasses the services to talk to
   * @throws RangeError or TypeError that names what is wrong; what the socket's class throws, e.g.
   *     for an address that is none
   */
  constructor(
    socketClass: SocketClass,
    address: string,
    serviceClasses: Classes = {} as Classes,
    options: SnorkyOptions = {},
  ) {
    checkClass("socketClass", socketClass, "a class with the WebSocket interface");
    this.socketClass = socketClass;
    this.address = address;
    this.settings = settingsOf(options);
    this.debug = this.settings.debug;
    this.outbox = new Outbox(this.settings.maxQueuedCalls);
    this.connected = this.createSignal();
    this.disconnected = this.createSignal();
    this.identified = this.createSignal();
    this.connection = this.createConnection();
    this.proof = this.createProof(serviceClasses);
    for (const [name, ServiceClass] of Object.entries(serviceClasses)) {
      checkClass(`services.${name}`, ServiceClass, "a class of services, e.g. Snorky.PubSub");
      this.byName.set(name, new ServiceClass(name, this));
    }
    const { proof, byName } = this;
    const given = [...byName].filter(([, service]) => service !== proof);
    this.services = Object.fromEntries(given) as ServicesOf<Classes>;
    for (const service of this.byName.values()) {
      service.init();
    }
    this.connect();
  }

  /** Whether there is a connection to send over, and the server has been sent a token if there is one. */
  get isConnected(): boolean {
    return this.connection.isOpen;
  }

  /** Whether a socket is being opened, or its token waited for. False while the next attempt is waited for. */
  get isConnecting(): boolean {
    return this.connection.isConnecting;
  }

  /** Whom the server takes the page for on this connection, by its token: a JSON value; null if for nobody. */
  // biome-ignore lint/suspicious/noExplicitAny: pages know their identities
  get identity(): any {
    return this.proof?.current?.identity ?? null;
  }

  /** Connects now, without waiting longer. Does nothing while connected or connecting. */
  connect(): void {
    this.connection.connect();
  }

  /**
   * Hangs up for good: nothing is connected until `connect()` is called. Calls without an answer are
   * rejected, those that wait to be sent too.
   */
  disconnect(): void {
    if (this.connection.isClosed) {
      this.abandon(this.errorOf(1000, "")); // nothing to hang up, but calls may wait
    } else {
      this.connection.disconnect();
    }
  }

  /** Writes to the console's debug level if `debug` is true. */
  logDebug(...values: unknown[]): void {
    if (this.debug) {
      console.debug("Snorky:", ...values);
    }
  }

  /** For services: a signal whose listeners cannot break the client. */
  createSignal<Args extends unknown[]>(): Signal<Args> {
    return new (this.constructor as typeof Snorky).Signal<Args>(this.report);
  }

  /** For services: a promise of the class that pages asked for. */
  createPromise<T>(
    executor: (resolve: (value: T) => void, reject: (reason: unknown) => void) => void,
  ): Promise<T> {
    return new (this.constructor as typeof Snorky).Promise<T>(executor) as Promise<T>;
  }

  /** For services: tells the option `onError` what went wrong. Never throws. */
  readonly report = (error: unknown, where: string): void => {
    tell(this.settings.onError, error, where);
  };

  /** For services: the text of a message, as the server expects it. */
  encode(service: string, message: unknown): string {
    return encodePacket({ service, message });
  }

  /**
   * For services: sends a text, now or when there is a connection.
   *
   * @throws SnorkyQueueFullError if there is no connection and too many texts wait for one
   */
  transmit(outgoing: Outgoing): void {
    if (this.isConnected) {
      this.send(outgoing);
    } else {
      this.outbox.add(outgoing);
    }
  }

  /** For services: takes a connection that has fallen silent for lost, as `reason` says. */
  loseConnection(reason: string): void {
    this.connection.lose(reason);
  }

  private send(outgoing: Outgoing): void {
    this.logDebug("sends", outgoing.shown ?? outgoing.text);
    outgoing.sending?.();
    try {
      this.connection.send(outgoing.text);
    } catch (error) {
      outgoing.dropped(error);
    }
  }

  /** Who proves by tokens who the page is; comes before all services. Null without tokens. */
  private createProof(serviceClasses: Classes): Identity | null {
    const { token, identityService } = this.settings;
    if (token === null) {
      return null;
    }
    if (identityService in serviceClasses) {
      throw new TypeError(
        `services.${identityService}: given (expected: none of that name besides the option token)`,
      );
    }
    const proof = new Identity(identityService, this, token);
    this.byName.set(identityService, proof);
    return proof;
  }

  private createConnection(): Connection {
    const { clock, random, reconnect, connectTimeout, token } = this.settings;
    const { socketClass, address } = this;
    const backoff = reconnect && new Backoff(reconnect, random, "reconnect");
    return new Connection(
      { socketClass, address, backoff, connectTimeout, clock, token },
      {
        opened: (token) => this.opened(token),
        received: (data) => this.received(data),
        closed: (end, final) => this.closed(end, final),
        failed: this.report,
      },
    );
  }

  private opened(token: string | null): void {
    const reconnected = this.connections > 0;
    this.connections++;
    this.logDebug("connected to", shownAddress(this.address));
    this.proof?.present(token);
    this.tellServices((service) => service.connectionOpened());
    this.outbox.drain(
      () => this.isConnected,
      (outgoing) => this.send(outgoing),
    );
    if (this.isConnected) {
      this.notify(() => this.connected.dispatch({ reconnected }));
    }
  }

  private closed(end: Disconnection, final: boolean): void {
    this.logDebug("disconnected from", shownAddress(this.address), end);
    const error = this.errorOf(end.code, end.reason);
    if (final) {
      this.abandon(error);
    } else {
      this.tellServices((service) => service.connectionClosed(error, false));
    }
    this.notify(() => this.disconnected.dispatch(end));
  }

  /** Gives up whatever was meant for the server. */
  private abandon(error: SnorkyConnectionError): void {
    this.tellServices((service) => service.connectionClosed(error, true));
    this.outbox.dropAll(error);
  }

  private errorOf(code: number, reason: string): SnorkyConnectionError {
    const why = reason ? `${code}: ${reason}` : `${code}`;
    const address = shownAddress(this.address);
    return new SnorkyConnectionError(`The connection to ${address} ended (${why})`, code, reason);
  }

  private received(data: unknown): void {
    this.logDebug("received", data);
    let packet: Packet;
    try {
      packet = decodePacket(data);
    } catch (error) {
      this.report(error, "the server sent a malformed packet");
      return;
    }
    const service = this.byName.get(packet.service);
    if (service) {
      this.notify(() => service.receive(packet.message));
    } else {
      this.logDebug("no such service:", packet.service);
    }
  }

  private tellServices(what: (service: Service) => void): void {
    for (const service of this.byName.values()) {
      this.notify(() => what(service));
    }
  }

  private notify(code: () => void): void {
    guarded(code, "code of a service or listener threw", this.report);
  }
}

function checkClass(name: string, value: unknown, expected: string): void {
  if (typeof value !== "function") {
    throw new TypeError(`${name}: ${jsonType(value)} (expected: ${expected})`);
  }
}
