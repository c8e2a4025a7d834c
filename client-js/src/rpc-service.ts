import { bounded, isRecord, jsonType } from "./checks.js";
import { type SnorkyConnectionError, SnorkyRPCError } from "./errors.js";
import { PendingCalls } from "./pending-calls.js";
import { Service } from "./service.js";
import type { Signal } from "./signal.js";
import type { Snorky } from "./snorky.js";

/** What one call may ask for. */
export interface CallOptions {
  /** Instead of the client's `callTimeout`: milliseconds from when the call was sent; 0: any time. */
  readonly timeout?: number | undefined;
}

/** A message of the server's that answers no call. */
export interface Notification {
  /** Anything but `response` and `error`. */
  readonly type: string;
  readonly [member: string]: unknown;
}

/** A command as a method. */
// biome-ignore lint/suspicious/noExplicitAny: pages know what their commands return
export type RPCMethod = (params?: object, options?: CallOptions) => Promise<any>;

/** A service with commands, called by name with named parameters. */
export class RPCService extends Service {
  /** Dispatched with each message of the server's that answers no call. */
  readonly notificationReceived: Signal<[notification: Notification]>;

  private nextCallId = 0;
  private readonly pending: PendingCalls;

  constructor(name: string, snorky: Snorky) {
    super(name, snorky);
    this.notificationReceived = snorky.createSignal();
    this.pending = new PendingCalls(snorky.settings.clock);
  }

  /**
   * Gives the class a method for each of these commands: `addRPCMethods(["sum"])` makes
   * `service.sum({a: 1, b: 2})` do `service.rpcCall("sum", {a: 1, b: 2})`.
   *
   * @returns the class itself, for TypeScript with the types of the methods
   * @throws Error if the class or a parent has a member of that name
   */
  // biome-ignore lint/suspicious/noExplicitAny: the only form TypeScript takes for a mixin
  static addRPCMethods<C extends new (...args: any[]) => RPCService, const Name extends string>(
    this: C,
    names: readonly Name[],
    // biome-ignore lint/suspicious/noExplicitAny: as above
  ): C & (new (...args: any[]) => Record<Name, RPCMethod>) {
    for (const name of names) {
      if (name in this.prototype) {
        throw new Error(`Method "${name}" already exists in the class. Refusing to overwrite it.`);
      }
      Object.defineProperty(this.prototype, name, {
        value: function rpcMethod(this: RPCService, params?: object, options?: CallOptions) {
          return this.rpcCall(name, params, options);
        },
        configurable: true,
        writable: true,
      });
    }
    // biome-ignore lint/suspicious/noExplicitAny: as above
    return this as C & (new (...args: any[]) => Record<Name, RPCMethod>);
  }

  /**
   * Calls a command of the server's service, at once or when there is a connection.
   *
   * @param params named parameters, JSON values; none if unset
   * @returns what the command returns, null if nothing. Rejected with `SnorkyRPCError` if the server
   *     refuses, `SnorkyConnectionError` if the connection ends first, `SnorkyTimeoutError` if no
   *     answer comes in time, `SnorkyQueueFullError` if too many calls wait for a connection,
   *     `TypeError` if the parameters are no JSON
   */
  // biome-ignore lint/suspicious/noExplicitAny: pages know what their commands return
  rpcCall<Result = any>(
    command: string,
    params: object = {},
    options: CallOptions = {},
  ): Promise<Result> {
    return this.snorky.createPromise<Result>((resolve, reject) =>
      this.startCall(command, params, options, resolve as (data: unknown) => void, reject),
    );
  }

  override receive(message: unknown): void {
    super.receive(message);
    if (!isRecord(message) || typeof message.type !== "string") {
      const error = new TypeError(
        `message: ${jsonType(message)} (expected: an object with a string as type)`,
      );
      this.snorky.report(error, `the server sent a malformed message to ${this.name}`);
    } else if (message.type !== "response" && message.type !== "error") {
      this.notified(message as Notification);
    } else {
      const call = this.pending.take(message.callId);
      if (call === undefined) {
        this.snorky.logDebug("an answer to no call:", message);
      } else if (message.type === "response") {
        call.resolve(message.data ?? null);
      } else {
        call.reject(new SnorkyRPCError(String(message.message), this.name, call.command));
      }
    }
  }

  override connectionClosed(error: SnorkyConnectionError, _final: boolean): void {
    this.pending.rejectAll(error);
  }

  /** For subclasses: called with each message that answers no call. */
  protected notified(notification: Notification): void {
    this.notificationReceived.dispatch(notification);
  }

  /**
   * For subclasses: as `rpcCall`, but calls back the very moment the answer arrives.
   *
   * @param shown the parameters as they may be written down, if something in them is secret
   */
  protected startCall(
    command: string,
    params: object,
    options: CallOptions,
    resolve: (data: unknown) => void,
    reject: (error: unknown) => void,
    shown?: object,
  ): void {
    try {
      const timeout = bounded("timeout", options.timeout ?? this.snorky.settings.callTimeout, 0);
      const callId = this.nextCallId;
      const text = this.snorky.encode(this.name, { command, params, callId });
      this.nextCallId++;
      this.snorky.transmit({
        text,
        shown: shown && this.snorky.encode(this.name, { command, params: shown, callId }),
        sending: () => this.pending.add(callId, { command, resolve, reject }, timeout),
        dropped: (error) => {
          this.pending.take(callId);
          reject(error);
        },
      });
    } catch (error) {
      reject(error);
    }
  }
}
