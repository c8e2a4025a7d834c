import { Backoff } from "../backoff.js";
import { bounded, isRecord } from "../checks.js";
import { type Clock, systemClock } from "../clock.js";
import { Connection } from "../connection.js";
import { type ErrorReporter, guarded, reportToConsole, tell } from "../report.js";
import { Signal } from "../signal.js";
import type { Socket } from "../socket.js";
import { pageIds, saveFile } from "./browser.js";
import { type Answer, answerIn, type Envelope, envelopeOf, type SyncError } from "./frames.js";
import { randomId } from "./random-id.js";
import { show, type Toaster } from "./toast.js";

/** A class of WebSockets that carry binary frames. */
export type SyncSocketClass = new (
  url: string,
) => Omit<Socket, "send"> & {
  binaryType?: string;
  // biome-ignore lint/suspicious/noExplicitAny: each library takes what it takes
  send(data: any): void;
};

/** How a session behaves. */
export interface SessionOptions {
  /** Address of the server's endpoint, e.g. `wss://example.com/ws`. */
  readonly url: string;
  /** What the server is called in messages to the user; "Server" if unset. */
  readonly label?: string | undefined;
  /** Shows messages to the user; none are shown if unset. */
  readonly toast?: Toaster | undefined;
  /** How binary data is handed over; `"blob"` if unset. */
  readonly binaryType?: "blob" | "arraybuffer" | undefined;
  /** The first wait before a lost connection is made anew, in milliseconds; 250 if unset. It doubles. */
  readonly minRetryInterval?: number | undefined;
  /** The longest of these waits, in milliseconds; 10,000 if unset. */
  readonly maxRetryInterval?: number | undefined;
  /** Whether an event handler may take the place of another one; false if unset. */
  readonly override?: boolean | undefined;
  /** Whether the server, if it asks, is told the ids that the page's storages keep; false if unset. */
  readonly wsAuth?: boolean | undefined;
  /** How many actions of each object may wait for a connection; 1000 if unset. More are refused. */
  readonly maxQueuedCalls?: number | undefined;
  /** The class of sockets; the platform's `WebSocket` if unset. */
  readonly socketClass?: SyncSocketClass | undefined;
  /** Told what went wrong where nobody can catch it; the console if unset. */
  readonly onError?: ErrorReporter | undefined;
  /** Time, for tests. */
  readonly clock?: Clock | undefined;
}

// biome-ignore lint/suspicious/noExplicitAny: data of the application's own events
export type EventHandler = (data: any, envelope: Envelope) => void;

type Binary = Blob | ArrayBuffer;

const ASKED = "_REQUEST_USER_SESSION";

/** As many events may be without an answer: fewer than the ids that a server remembers. */
const MAX_UNANSWERED = 1000;

/**
 * The page's end of a session, which outlives connections. It makes no connection before `connect`
 * is called, and then keeps one until `disconnect`, or until the server says that this was all.
 */
export class Session {
  /** What the server could not do, whoever asked for it. */
  readonly errorReceived: Signal<[error: SyncError]>;
  readonly label: string;
  /** Shows messages to the user. May be replaced at any time. */
  toast: Toaster | undefined;

  /** @internal */
  readonly clock: Clock;
  /** @internal */
  readonly report: ErrorReporter;
  /** @internal */
  readonly maxQueuedCalls: number;

  private readonly backoff: Backoff;
  private readonly connection: Connection;
  private readonly override: boolean;
  private readonly handlers = new Map<string, EventHandler>();
  private readonly answers = new Map<string, (answer: Answer) => void>();
  private readonly inits = new Set<() => void>();
  private readonly waiting = new Set<() => void>();
  private readonly changes = new Set<(isConnected: boolean) => void>();
  private readonly ids = randomId();
  private lastId = 0;
  private socket: InstanceType<SyncSocketClass> | null = null;
  private binary: ((data: Binary) => void) | null = null;
  private announced: { readonly type: string; readonly metadata: object } | null = null;
  private ready = false;

  constructor(options: SessionOptions) {
    if (typeof options?.url !== "string" || options.url === "") {
      throw new TypeError(`url: ${String(options?.url)} (expected: ws://… or wss://…)`);
    }
    this.label = options.label ?? "Server";
    this.toast = options.toast;
    this.override = options.override ?? false;
    this.clock = options.clock ?? systemClock;
    this.report = options.onError ?? reportToConsole;
    this.maxQueuedCalls = bounded("maxQueuedCalls", options.maxQueuedCalls ?? 1000, 0);
    this.errorReceived = new Signal(this.report);
    const waits = {
      minDelay: options.minRetryInterval ?? 250,
      maxDelay: options.maxRetryInterval ?? 10_000,
    };
    this.backoff = new Backoff(waits, () => 1, "retryInterval");
    this.connection = this.connectionTo(options);
    this.handlers.set("_DISCONNECT", (sentence) => this.dismissed(sentence));
    this.handlers.set("_DOWNLOAD", (data) => saveFile(data, options.url));
    this.handlers.set("_ACK", (_data, envelope) => this.answered(envelope));
    this.handlers.set("_ERROR", (_data, envelope) => this.answered(envelope));
    this.handlers.set("_BIN_META", (data) => this.announce(data));
    if (options.wsAuth) {
      this.handlers.set(ASKED, () => this.send("_USER_SESSION", pageIds()));
    }
  }

  /** Whether there is a connection. */
  get isConnected(): boolean {
    return this.connection.isOpen;
  }

  /** Whether objects may be sent: the server knows, or need not know, who this is. @internal */
  get isReady(): boolean {
    return this.ready && this.isConnected;
  }

  /**
   * Connects, and stays connected. Does nothing if it does already.
   *
   * @returns disconnects
   */
  connect(): () => void {
    this.connection.connect();
    return () => this.disconnect();
  }

  /** Hangs up, until `connect` is called. */
  disconnect(): void {
    this.connection.disconnect();
  }

  /**
   * Calls back with each connection that is made or lost.
   *
   * @returns takes the listener out
   */
  onConnectionChange(listener: (isConnected: boolean) => void): () => void {
    this.changes.add(listener);
    return () => this.changes.delete(listener);
  }

  /**
   * Handles the events of a name.
   *
   * @param override whether another handler may be replaced; as the session's option if unset
   * @throws Error if there is one and it may not be replaced
   */
  registerEvent(name: string, handler: EventHandler, override = this.override): void {
    if (!override && this.handlers.has(name)) {
      throw new Error(
        `The event ${name} has a handler already (expected: one per event and session)`,
      );
    }
    this.handlers.set(name, handler);
  }

  /** Stops to handle the events of a name. A handler that took this one's place stays. */
  deregisterEvent(name: string, handler?: EventHandler): void {
    if (handler === undefined || this.handlers.get(name) === handler) {
      this.handlers.delete(name);
    }
  }

  /**
   * Takes binary frames that belong to no event. There is one such handler, the last one.
   *
   * @returns takes it out
   */
  registerBinary(handler: (data: Binary) => void): () => void {
    this.binary = handler;
    return () => {
      this.binary = this.binary === handler ? null : this.binary;
    };
  }

  /**
   * Calls back with each connection as soon as events may be sent: at once, or, where the session
   * answers who is there, after that.
   *
   * @returns takes the handler out
   */
  registerInit(handler: () => void): () => void {
    this.inits.add(handler);
    return () => this.inits.delete(handler);
  }

  /**
   * Sends an event. Without a connection the user is told that it was dropped.
   *
   * @returns whether it was sent
   */
  send(event: string, data?: unknown): boolean {
    return this.transmit({ type: event, data }) || this.dropped(event);
  }

  /** Sends binary data for an event, with more about it. Otherwise as `send`. */
  sendBinary(event: string, metadata: object, data: ArrayBuffer | ArrayBufferView): boolean {
    return this.transmitBinary({ type: event, data: metadata }, data) || this.dropped(event);
  }

  /** @internal */
  transmit(envelope: Envelope): boolean {
    if (!this.isConnected) {
      return false;
    }
    this.connection.send(JSON.stringify(envelope));
    return true;
  }

  /** The pair is sent in one go: nothing can come between the frames. @internal */
  transmitBinary(
    { type, data: metadata, id }: Envelope,
    bytes: ArrayBuffer | ArrayBufferView,
  ): boolean {
    if (!this.transmit({ type: "_BIN_META", data: { type, metadata }, id })) {
      return false;
    }
    this.socket?.send(bytes);
    return true;
  }

  /** An id for an event, by which the server knows it again. @internal */
  nextId(): string {
    return `${this.ids}-${++this.lastId}`;
  }

  /** @internal */
  awaitAnswer(id: string, settle: (answer: Answer) => void): void {
    this.answers.set(id, settle);
  }

  /** @internal */
  forget(id: string): void {
    this.answers.delete(id);
  }

  /** Whether another event may be sent that is to be answered. @internal */
  get hasRoom(): boolean {
    return this.answers.size < MAX_UNANSWERED;
  }

  /** Calls back when there is room again. Returns the way out. @internal */
  onRoom(listener: () => void): () => void {
    this.waiting.add(listener);
    return () => this.waiting.delete(listener);
  }

  private connectionTo(options: SessionOptions): Connection {
    const session = this;
    const settings = {
      // A class, but one that makes sockets of another one.
      socketClass: function (this: unknown, url: string) {
        return session.socketTo(url, options);
      } as unknown as new (
        url: string,
      ) => Socket,
      address: options.url,
      backoff: this.backoff,
      connectTimeout: 30_000,
      clock: this.clock,
      token: null,
    };
    return new Connection(settings, {
      opened: () => this.opened(),
      received: (data) => this.received(data),
      closed: (end) => this.closed(end.wasConnected),
      failed: this.report,
    });
  }

  private socketTo(url: string, { socketClass, binaryType = "blob" }: SessionOptions): Socket {
    const SocketClass = socketClass ?? (globalThis.WebSocket as SyncSocketClass);
    const socket = new SocketClass(url);
    socket.binaryType = binaryType;
    this.socket = socket;
    return socket;
  }

  private opened(): void {
    this.backoff.reset();
    this.tellAll(true);
    if (!this.handlers.has(ASKED)) {
      this.becomeReady();
    }
  }

  private closed(wasConnected: boolean): void {
    this.ready = false;
    this.announced = null;
    if (wasConnected) {
      this.tellAll(false);
    }
  }

  private tellAll(isConnected: boolean): void {
    for (const listener of [...this.changes]) {
      guarded(() => listener(isConnected), "a listener of connection changes threw", this.report);
    }
  }

  private becomeReady(): void {
    if (this.ready || !this.isConnected) {
      return;
    }
    this.ready = true;
    for (const init of [...this.inits]) {
      guarded(init, "an init handler threw", this.report);
    }
  }

  private received(data: unknown): void {
    if (typeof data !== "string") {
      this.receivedBinary(data as Binary);
      return;
    }
    try {
      const envelope = envelopeOf(data);
      this.handle(envelope);
      this.becomeReady();
    } catch (error) {
      tell(this.report, error, "a frame of the server's could not be read");
    }
  }

  private handle(envelope: Envelope): void {
    const handler = this.handlers.get(envelope.type);
    if (handler) {
      const where = `the handler of ${envelope.type} threw`;
      guarded(() => handler(envelope.data, envelope), where, this.report);
    } else {
      const error = new Error(`${envelope.type} (expected: an event with a handler)`);
      tell(this.report, error, "an event was ignored");
    }
  }

  private receivedBinary(data: Binary): void {
    const meta = this.announced;
    this.announced = null;
    if (meta !== null) {
      this.handle({ type: meta.type, data: { data, ...meta.metadata } });
      return;
    }
    guarded(() => this.binary?.(data), "the handler of binary data threw", this.report);
  }

  private announce(data: unknown): void {
    if (!isRecord(data) || typeof data.type !== "string") {
      throw new TypeError("_BIN_META: its data is malformed (expected: type and metadata)");
    }
    this.announced = { type: data.type, metadata: isRecord(data.metadata) ? data.metadata : {} };
  }

  private dismissed(sentence: unknown): void {
    this.disconnect();
    show(this.toast, "loading", String(sentence));
  }

  private answered(envelope: Envelope): void {
    const { id, answer } = answerIn(envelope);
    if (typeof id === "string") {
      const settle = this.answers.get(id);
      const wasFull = !this.hasRoom;
      this.answers.delete(id);
      settle?.(answer);
      this.tellWaiting(wasFull);
    }
    if (answer.type === "refused") {
      this.errorReceived.dispatch(answer.error);
    }
  }

  private tellWaiting(wasFull: boolean): void {
    for (const listener of wasFull ? [...this.waiting] : []) {
      guarded(listener, "what waits could not be sent", this.report);
    }
  }

  private dropped(event: string): false {
    show(this.toast, "warning", `${this.label}: not connected, ${event} was not sent`);
    return false;
  }
}
