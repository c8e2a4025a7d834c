import type { Clock } from "../../src/index.js";

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock whose hands the test turns. */
export class ManualClock implements Clock {
  private time = 0;
  private readonly timers = new Set<Timer>();

  now(): number {
    return this.time;
  }

  setTimeout(callback: () => void, milliseconds: number): Timer {
    const timer = { at: this.time + milliseconds, callback };
    this.timers.add(timer);
    return timer;
  }

  clearTimeout(timer: Timer): void {
    this.timers.delete(timer);
  }

  /** How many timers run. */
  get running(): number {
    return this.timers.size;
  }

  /** Lets time pass; what is due in it is called in order. */
  advance(milliseconds: number): void {
    const end = this.time + milliseconds;
    for (let timer = this.nextUntil(end); timer; timer = this.nextUntil(end)) {
      this.time = timer.at;
      this.timers.delete(timer);
      timer.callback();
    }
    this.time = end;
  }

  private nextUntil(end: number): Timer | undefined {
    return [...this.timers].filter((t) => t.at <= end).sort((a, b) => a.at - b.at)[0];
  }
}
