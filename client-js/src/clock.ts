/** Time and timers. Tests pass one of their own and turn the hands themselves. */
export interface Clock {
  /** Milliseconds since any fixed moment. */
  now(): number;
  /** Calls back once, after so many milliseconds. */
  // biome-ignore lint/suspicious/noExplicitAny: a handle is a number in browsers and an object in Node
  setTimeout(callback: () => void, milliseconds: number): any;
  /** Takes back what `setTimeout` was asked for. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  clearTimeout(handle: any): void;
}

/** The platform's own. Looks the functions up at each call, so that fake timers work too. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, milliseconds) => setTimeout(callback, milliseconds),
  clearTimeout: (handle) => clearTimeout(handle),
};
