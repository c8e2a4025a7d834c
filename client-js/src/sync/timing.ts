import { bounded } from "../checks.js";
import type { Clock } from "../clock.js";

/** When something is to be done, in milliseconds. */
export interface TimingOptions {
  /** After so long without another request; at once if unset. */
  readonly debounceMs?: number | undefined;
  /** At latest so long after the first request; any time if unset. */
  readonly maxWaitMs?: number | undefined;
}

/** Does something once for many requests that come close together. */
export class Timing {
  private timer: unknown = null;
  private first: number | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly work: () => void,
  ) {}

  start({ debounceMs = 0, maxWaitMs }: TimingOptions): void {
    const now = this.clock.now();
    this.first ??= now;
    const left = bounded("debounceMs", debounceMs, 0);
    const most =
      maxWaitMs === undefined ? left : this.first + bounded("maxWaitMs", maxWaitMs, 0) - now;
    const delay = Math.min(left, Math.max(0, most));
    this.clearTimer();
    if (delay === 0) {
      this.stop();
      this.work();
      return;
    }
    this.timer = this.clock.setTimeout(() => {
      this.stop();
      this.work();
    }, delay);
  }

  /** Takes back what was requested. */
  stop(): void {
    this.clearTimer();
    this.first = null;
  }

  private clearTimer(): void {
    if (this.timer !== null) {
      this.clock.clearTimeout(this.timer);
      this.timer = null;
    }
  }
}
