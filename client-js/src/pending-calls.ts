import type { Clock } from "./clock.js";
import { SnorkyTimeoutError } from "./errors.js";

/** A call, as those see it who wait for the answer. */
export interface Call {
  readonly command: string;
  readonly resolve: (data: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Pending extends Call {
  readonly timer: unknown;
}

/** Calls that were sent and have no answer yet. Each is settled once and then forgotten. */
export class PendingCalls {
  private readonly calls = new Map<unknown, Pending>();

  constructor(private readonly clock: Clock) {}

  /** Waits for the answer to a call, `timeout` milliseconds, or 0 for any time. */
  add(callId: number, call: Call, timeout: number): void {
    const timer =
      timeout > 0 ? this.clock.setTimeout(() => this.expire(callId, timeout), timeout) : null;
    this.calls.set(callId, { ...call, timer });
  }

  /** The call with this id, which is not waited for any longer; undefined if there is none. */
  take(callId: unknown): Call | undefined {
    const call = this.calls.get(callId);
    if (call) {
      this.calls.delete(callId);
      this.stopTimer(call);
    }
    return call;
  }

  /** Rejects all calls. */
  rejectAll(error: unknown): void {
    const calls = [...this.calls.values()];
    this.calls.clear();
    for (const call of calls) {
      this.stopTimer(call);
      call.reject(error);
    }
  }

  private expire(callId: number, timeout: number): void {
    const call = this.take(callId);
    call?.reject(new SnorkyTimeoutError(`${call.command}: no answer after ${timeout} ms`, timeout));
  }

  private stopTimer({ timer }: Pending): void {
    if (timer !== null) {
      this.clock.clearTimeout(timer);
    }
  }
}
