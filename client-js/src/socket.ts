/** What a socket tells when it has closed. */
export interface SocketCloseEvent {
  /** A WebSocket close code, e.g. 1006 for a connection that was lost. */
  readonly code?: number;
  /** The peer's words, often empty. */
  readonly reason?: string;
  /** Whether the peer said goodbye. */
  readonly wasClean?: boolean;
}

/**
 * The part of the WebSocket interface that the client uses. The browser's `WebSocket`, the class of
 * the `ws` package and `SockJS` have it.
 */
export interface Socket {
  // biome-ignore lint/suspicious/noExplicitAny: each library has event classes of its own
  onopen: ((event: any) => void) | null;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  onmessage: ((event: any) => void) | null;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  onclose: ((event: any) => void) | null;
  /** Not every class has it; where it is missing, setting it does no harm. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  onerror?: ((event: any) => void) | null;
  /** 1 while what is sent can arrive. Where it is missing, from `onopen` to `onclose`. */
  readonly readyState?: number;
  send(text: string): void;
  close(code?: number, reason?: string): void;
}

/** A class of sockets, e.g. `WebSocket`. `new` starts to connect. */
export type SocketClass = new (url: string) => Socket;
