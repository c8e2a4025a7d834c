import { type ErrorReporter, guarded, reportToConsole } from "./report.js";

/** A function that is called each time a signal is dispatched. What it returns means nothing. */
export type SignalListener<Args extends unknown[]> = (...args: Args) => void;

/** One listener's place in a signal. */
export interface SignalBinding {
  /** Takes the listener out. Doing it twice does no harm. */
  detach(): void;
}

interface Entry<Args extends unknown[]> extends SignalBinding {
  readonly listener: SignalListener<Args>;
  readonly context: unknown;
  readonly priority: number;
  readonly once: boolean;
  attached: boolean;
}

/**
 * An event with listeners of its own, e.g. `pubsub.messagePublished`.
 *
 * Listeners are called at once, by falling priority, equal ones in the order they were added. One
 * that throws is reported and keeps no other from being called. Listeners that are added during a
 * dispatch are first called by the next one; those removed during it are not called any more.
 */
export class Signal<Args extends unknown[] = []> {
  /** While false, `dispatch` does nothing. */
  active = true;
  private entries: readonly Entry<Args>[] = [];
  private running: { halted: boolean } | null = null;

  /** @param report told what listeners throw; writes to the console if unset */
  constructor(private readonly report: ErrorReporter = reportToConsole) {}

  /**
   * Adds a listener. The same function with the same context is added only once.
   *
   * @param context `this` of the listener
   * @param priority higher ones are called first; 0 if unset
   */
  add(listener: SignalListener<Args>, context?: unknown, priority = 0): SignalBinding {
    return this.register(listener, context, priority, false);
  }

  /** Like `add`, for the next dispatch alone. */
  addOnce(listener: SignalListener<Args>, context?: unknown, priority = 0): SignalBinding {
    return this.register(listener, context, priority, true);
  }

  /** Takes out the listener that was added with this context. Does nothing if there is none. */
  remove(listener: SignalListener<Args>, context?: unknown): void {
    this.find(listener, context)?.detach();
  }

  /** Takes out all listeners. */
  removeAll(): void {
    for (const entry of this.entries) {
      entry.detach();
    }
  }

  /** Whether the listener was added with this context. */
  has(listener: SignalListener<Args>, context?: unknown): boolean {
    return this.find(listener, context) !== undefined;
  }

  /** How many listeners there are. */
  getNumListeners(): number {
    return this.entries.length;
  }

  /** Called by a listener: those after it are left out of this dispatch. */
  halt(): void {
    if (this.running) {
      this.running.halted = true;
    }
  }

  /** Calls the listeners with these arguments. Never throws. */
  dispatch(...args: Args): void {
    if (!this.active) {
      return;
    }
    const outer = this.running; // a listener may dispatch again
    const running = { halted: false };
    this.running = running;
    for (const entry of this.entries) {
      if (running.halted) {
        break;
      }
      if (entry.attached) {
        this.call(entry, args);
      }
    }
    this.running = outer;
  }

  private call(entry: Entry<Args>, args: Args): void {
    if (entry.once) {
      entry.detach();
    }
    guarded(
      () => entry.listener.apply(entry.context, args),
      "a signal's listener threw",
      this.report,
    );
  }

  private register(
    listener: SignalListener<Args>,
    context: unknown,
    priority: number,
    once: boolean,
  ): SignalBinding {
    if (typeof listener !== "function") {
      throw new TypeError(`listener: ${String(listener)} (expected: a function)`);
    }
    const known = this.find(listener, context);
    if (known) {
      return known;
    }
    const entry: Entry<Args> = {
      listener,
      context,
      priority,
      once,
      attached: true,
      detach: () => {
        entry.attached = false;
        this.entries = this.entries.filter((other) => other !== entry);
      },
    };
    const later = this.entries.findIndex((other) => other.priority < priority);
    const place = later < 0 ? this.entries.length : later;
    this.entries = [...this.entries.slice(0, place), entry, ...this.entries.slice(place)];
    return entry;
  }

  private find(listener: SignalListener<Args>, context: unknown): Entry<Args> | undefined {
    return this.entries.find((entry) => entry.listener === listener && entry.context === context);
  }
}
