import { shownAddress } from "./address.js";
import type { Backoff } from "./backoff.js";
import type { Clock } from "./clock.js";
import { isOwnFault, TOKEN_EXPIRED } from "./close-codes.js";
import { retryHint } from "./retry-hint.js";
import type { Socket, SocketClass, SocketCloseEvent } from "./socket.js";
import { askForToken, type TokenSource } from "./token.js";

/** How a connection, or an attempt to make one, ended. */
export interface Disconnection {
  /** The close code of the socket: 1000 after `disconnect()`, 1006 for a lost connection. */
  readonly code: number;
  /** The peer's words, often empty. */
  readonly reason: string;
  /** False if it was an attempt that failed. */
  readonly wasConnected: boolean;
  /**
   * What comes next: the number of the coming attempt, from 1, and the wait before it in
   * milliseconds. Null if there will be none until `connect()` is called.
   */
  readonly retry: { readonly attempt: number; readonly delay: number } | null;
}

/** What a connection tells its owner. */
export interface ConnectionEvents {
  /** @param token to be sent first, if any */
  opened(token: string | null): void;
  received(data: unknown): void;
  /** @param final whether the owner wished it */
  closed(end: Disconnection, final: boolean): void;
  failed(error: unknown, where: string): void;
}

/** How a connection behaves. */
export interface ConnectionSettings {
  readonly socketClass: SocketClass;
  readonly address: string;
  /** Null: a lost connection stays lost. */
  readonly backoff: Backoff | null;
  /** How long the socket may take to open, and its token to come, in milliseconds; 0: any time. */
  readonly connectTimeout: number;
  readonly clock: Clock;
  /** Null: connections need none. */
  readonly token: TokenSource | null;
}

type State =
  | { readonly type: "closed" }
  | { readonly type: "waiting"; readonly timer: unknown }
  | { readonly type: "connecting"; readonly socket: Socket; readonly timer: unknown }
  | { readonly type: "open"; readonly socket: Socket; readonly since: number };

/** The `readyState` of an open socket. */
const OPEN = 1;

const CLOSED: State = { type: "closed" };

/** A connection must have held this long, in milliseconds, before waits are short again. */
const STABLE_AFTER = 5000;

/** A socket and its successors: one at a time, made anew after a wait when it was lost. */
export class Connection {
  private state: State = CLOSED;

  constructor(
    private readonly settings: ConnectionSettings,
    private readonly events: ConnectionEvents,
  ) {}

  /** False also between a goodbye and the end: what is sent then is lost without a word. */
  get isOpen(): boolean {
    return this.state.type === "open" && (this.state.socket.readyState ?? OPEN) === OPEN;
  }

  /** Whether nothing will happen until `connect`. */
  get isClosed(): boolean {
    return this.state.type === "closed";
  }

  get isConnecting(): boolean {
    return this.state.type === "connecting";
  }

  /** Connects now, whatever was waited for. Does nothing if there is a socket already. */
  connect(): void {
    if (this.state.type === "waiting") {
      this.settings.clock.clearTimeout(this.state.timer);
      this.state = CLOSED;
    }
    if (this.state.type !== "closed") {
      return;
    }
    const { socketClass: SocketClass, address, connectTimeout, clock } = this.settings;
    const socket = new SocketClass(address);
    const timer =
      connectTimeout > 0
        ? clock.setTimeout(() => this.giveUp(socket, connectTimeout), connectTimeout)
        : null;
    this.state = { type: "connecting", socket, timer };
    socket.onopen = () => this.socketOpened(socket);
    socket.onmessage = (event: { data?: unknown }) => this.events.received(event.data);
    socket.onclose = (event?: SocketCloseEvent) =>
      this.lost(event?.code ?? 1006, event?.reason ?? "");
    socket.onerror = ignore; // a close event follows and says more
  }

  /** Hangs up, and does not come back by itself. */
  disconnect(): void {
    if (this.state.type !== "closed") {
      const wasConnected = this.state.type === "open";
      this.drop();
      this.settings.backoff?.reset();
      this.events.closed({ code: 1000, reason: "", wasConnected, retry: null }, true);
    }
  }

  /** Takes the connection for lost. Does nothing if there is none. */
  lose(reason: string): void {
    if (this.state.type === "open") {
      this.lost(1006, reason);
    }
  }

  /** Sends a text. To be called while the connection is open. */
  send(text: string): void {
    if (this.state.type !== "open") {
      throw new Error("The connection is not open");
    }
    this.state.socket.send(text);
  }

  private socketOpened(socket: Socket): void {
    const { token } = this.settings;
    if (token === null) {
      this.stands(socket, null);
      return;
    }
    const failed = (error: unknown) => {
      if (this.isConnectingBy(socket)) {
        this.events.failed(error, "could not get a token");
        this.lost(1006, "no token");
      }
    };
    askForToken(token, (given) => this.stands(socket, given), failed);
  }

  private stands(socket: Socket, token: string | null): void {
    if (this.state.type === "connecting" && this.isConnectingBy(socket)) {
      this.settings.clock.clearTimeout(this.state.timer);
      this.state = { type: "open", socket, since: this.settings.clock.now() };
      this.events.opened(token);
    }
  }

  private isConnectingBy(socket: Socket): boolean {
    return this.state.type === "connecting" && this.state.socket === socket;
  }

  private giveUp(socket: Socket, timeout: number): void {
    if (this.isConnectingBy(socket)) {
      this.lost(1006, `not connected after ${timeout} ms`);
    }
  }

  private lost(code: number, reason: string): void {
    const { state } = this;
    const { backoff, clock } = this.settings;
    const wasConnected = state.type === "open";
    this.drop();
    if (backoff === null) {
      this.events.closed({ code, reason, wasConnected, retry: null }, false);
      return;
    }
    const held = state.type === "open" && clock.now() - state.since >= STABLE_AFTER;
    if (held && !isOwnFault(code)) {
      backoff.reset();
    }
    const isFirst = backoff.attempts === 0;
    const ownDelay = backoff.next();
    const atOnce = code === TOKEN_EXPIRED && isFirst ? 0 : undefined;
    const delay = retryHint(code, reason) ?? atOnce ?? ownDelay;
    this.state = { type: "waiting", timer: clock.setTimeout(() => this.reconnect(), delay) };
    const retry = { attempt: backoff.attempts, delay };
    this.events.closed({ code, reason, wasConnected, retry }, false);
  }

  private reconnect(): void {
    try {
      this.connect();
    } catch (error) {
      this.events.failed(
        error,
        `could not make a socket to ${shownAddress(this.settings.address)}`,
      );
      this.lost(1006, "");
    }
  }

  /** Lets go of socket and timer. A socket that was let go is not heard any more. */
  private drop(): void {
    const { state } = this;
    this.state = CLOSED;
    if (state.type === "waiting" || state.type === "connecting") {
      this.settings.clock.clearTimeout(state.timer);
    }
    if (state.type === "connecting" || state.type === "open") {
      const { socket } = state;
      socket.onopen = ignore;
      socket.onmessage = ignore;
      socket.onclose = ignore;
      try {
        socket.close();
      } catch (error) {
        this.events.failed(error, "could not close the socket");
      }
    }
  }
}

function ignore(): void {}
