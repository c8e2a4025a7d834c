const GOING_AWAY = 1001;
const HINT = /^retry-after-ms=(\d{1,6})$/;

/**
 * When a server that stops wants to see the client again: it spreads the return of its clients over
 * a window, and tells each its moment in the reason of the close frame.
 *
 * @returns milliseconds, or undefined if the close frame does not say
 */
export function retryHint(code: number, reason: string): number | undefined {
  const milliseconds = code === GOING_AWAY ? HINT.exec(reason)?.[1] : undefined;
  return milliseconds === undefined ? undefined : Number(milliseconds);
}
