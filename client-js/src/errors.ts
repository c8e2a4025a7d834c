/** What the server answered to a call that it refused. The message is the server's text. */
export class SnorkyRPCError extends Error {
  override readonly name = "SnorkyRPCError";

  /**
   * @param message the server's words
   * @param service the service that was called
   * @param command the command that was called
   */
  constructor(
    message: string,
    readonly service: string,
    readonly command: string,
  ) {
    super(message);
  }
}

/**
 * The connection ended before the answer came. The server may or may not have carried the call out.
 */
export class SnorkyConnectionError extends Error {
  override readonly name = "SnorkyConnectionError";

  /**
   * @param message what happened
   * @param code the close code of the connection, e.g. 1006 for one that was lost
   * @param reason the peer's words, often empty
   */
  constructor(
    message: string,
    readonly code: number,
    readonly reason: string,
  ) {
    super(message);
  }
}

/** No answer came in time. The server may have carried the call out, or may still do so. */
export class SnorkyTimeoutError extends Error {
  override readonly name = "SnorkyTimeoutError";

  /**
   * @param message what was waited for
   * @param timeout how long, in milliseconds
   */
  constructor(
    message: string,
    readonly timeout: number,
  ) {
    super(message);
  }
}

/** There is no connection and the queue for messages that wait for one is full. Nothing was sent. */
export class SnorkyQueueFullError extends Error {
  override readonly name = "SnorkyQueueFullError";

  /** @param limit how many messages may wait: the option `maxQueuedCalls` */
  constructor(readonly limit: number) {
    super(
      `Not connected, and ${limit} messages already wait to be sent (expected: fewer; see the option maxQueuedCalls)`,
    );
  }
}
