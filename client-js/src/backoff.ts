import { bounded } from "./checks.js";

/** How long to wait before trying again. */
export interface BackoffOptions {
  /** Ceiling of the first wait in milliseconds, 1 or more; 500 if unset. */
  readonly minDelay?: number | undefined;
  /** Ceiling of all waits in milliseconds, `minDelay` or more; 30,000 if unset. */
  readonly maxDelay?: number | undefined;
  /** By how much the ceiling grows from one wait to the next, 1 or more; 2 if unset. */
  readonly factor?: number | undefined;
}

/**
 * Waits that grow exponentially, with full jitter: each is a random time between 0 and a ceiling
 * that doubles, so that a thousand clients of a restarted server do not come back as one.
 */
export class Backoff {
  private failures = 0;
  private readonly minDelay: number;
  private readonly maxDelay: number;
  private readonly factor: number;

  /**
   * @param random gives numbers from 0 to below 1
   * @param what names the options in errors
   */
  constructor(
    options: BackoffOptions,
    private readonly random: () => number,
    what: string,
  ) {
    this.minDelay = bounded(`${what}.minDelay`, options.minDelay ?? 500, 1);
    this.maxDelay = bounded(`${what}.maxDelay`, options.maxDelay ?? 30_000, this.minDelay);
    this.factor = bounded(`${what}.factor`, options.factor ?? 2, 1);
  }

  /** How many waits were taken since the last success. */
  get attempts(): number {
    return this.failures;
  }

  /** The next wait, in whole milliseconds. */
  next(): number {
    const ceiling = Math.min(this.maxDelay, this.minDelay * this.factor ** this.failures);
    this.failures++;
    return Math.floor(this.random() * ceiling);
  }

  /** It worked: the next wait is a short one again. */
  reset(): void {
    this.failures = 0;
  }
}
