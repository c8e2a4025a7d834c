const OWN_FAULTS: ReadonlySet<number> = new Set([
  1002, // protocol error
  1007, // text that is not UTF-8
  1009, // message too big
  4401, // not authenticated
  4402, // sends too fast
  4403, // message took too long
]);

/** The close code when a token has ended: another one will do. */
export const TOKEN_EXPIRED = 4404;

/**
 * Whether a close code says that the client is to blame. Then it will probably happen again, and the
 * waits between connections must grow, however long each of them held.
 */
export function isOwnFault(code: number): boolean {
  return OWN_FAULTS.has(code);
}
