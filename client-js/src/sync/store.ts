import { isRecord, jsonType } from "../checks.js";
import { SnorkyQueueFullError } from "../errors.js";
import { guarded, tell } from "../report.js";
import type { ActionOf, ActionsParams, AnyActions, ExposedActions, NameOf } from "./actions.js";
import type { Recipe } from "./draft.js";
import type { Answer, Envelope } from "./frames.js";
import type { Operation } from "./patch.js";
import { concerns, type OwnPatch, Replica } from "./replica.js";
import type { EventHandler, Session } from "./session.js";
import { Timing, type TimingOptions } from "./timing.js";

/** How a synced object behaves. */
export interface StoreOptions<S extends object> {
  /** Whether the server is sent the page's state with each connection; false if unset. */
  readonly sendOnInit?: boolean | undefined;
  /** Whether the server is asked for its state with each connection; false if unset. */
  readonly fetchOnInit?: boolean | undefined;
  /** The members that are synced; the others stay in the page. All of them if unset. */
  readonly syncAttributes?: readonly (keyof S & string)[] | undefined;
  /** Whether another consumer of the key may be replaced; as the session's option if unset. */
  readonly override?: boolean | undefined;
}

type Item = {
  readonly id: string;
  /** On its way. */
  sent: boolean;
  /** It was on its way once: the server may know its id. */
  tried: boolean;
} & (
  | { readonly type: "patch"; readonly patch: OwnPatch; readonly whole?: object }
  | { readonly type: "event"; readonly event: string; readonly data: object }
  | { readonly type: "binary"; readonly data: object; readonly bytes: ArrayBuffer }
);

/**
 * A synced object of the server's, as the page sees it: a state that changes with the server's, and
 * that the page may edit. Edits show at once; `flush`, `sync` and every action send them.
 *
 * Snapshots are immutable: a change makes a new one, in which everything that did not change is the
 * same objects as before. Edits and actions made without a connection wait, and are sent once, in
 * order, after the state that comes with the next one.
 *
 * @typeParam S the state
 * @typeParam A its actions: their arguments by name
 * @typeParam T its tasks, likewise
 */
export class SyncedStore<
  S extends object,
  A extends ActionsParams = AnyActions,
  T extends ActionsParams = AnyActions,
> {
  /** When edits were last sent, by the session's clock in milliseconds; null if never. */
  lastSyncTime: number | null = null;

  private readonly replica: Replica<S>;
  private readonly timing: Timing;
  private readonly listeners = new Set<() => void>();
  private readonly exposed = new Map<string, ExposedActions[string]>();
  private readonly names: ReadonlySet<string> | null;
  private outbox: Item[] = [];
  private catchAll: ((action: { type: string }) => boolean) | null = null;
  private revision: number | undefined;
  private hasState = false;
  private knows = false;
  private asked = false;

  /** Makes an object that takes part in nothing until `attach` is called. */
  constructor(
    readonly session: Session,
    readonly key: string,
    initial: S,
    private readonly options: StoreOptions<S> = {},
  ) {
    if (typeof key !== "string" || key === "") {
      throw new TypeError(`key: ${String(key)} (expected: the key of a synced object)`);
    }
    this.names = options.syncAttributes ? new Set<string>(options.syncAttributes) : null;
    this.timing = new Timing(session.clock, () => this.flush());
    this.replica = new Replica(initial, this.isShared, (error) =>
      tell(session.report, error, `an edit of ${key} fits no longer`),
    );
  }

  /** From how many recorded operations on they are replaced by as few as do the same; 5 if unset. */
  get compressThreshold(): number {
    return this.replica.compressThreshold;
  }

  set compressThreshold(operations: number) {
    this.replica.compressThreshold = operations;
  }

  /** False while edits wait to be sent. Those that were sent and are not confirmed do not count. */
  get isSynced(): boolean {
    return (
      !this.replica.hasPending && !this.outbox.some((item) => item.type === "patch" && !item.sent)
    );
  }

  /** Calls back after each change of the state, and of `isSynced`. Returns the way out. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The state: the same object until something in it changes. */
  readonly getSnapshot = (): S => this.replica.snapshot;

  /**
   * Takes part in the session, from now on. With a connection, the server is asked for the state.
   *
   * @returns ends it
   * @throws Error if the session has another consumer of the key, which may not be replaced
   */
  attach(): () => void {
    const { session, key } = this;
    const handlers: [string, EventHandler][] = [
      [`_SET:${key}`, this.received((data, v) => this.set(data, v))],
      [`_PATCH:${key}`, this.received((data, v) => this.patch(data as Operation[], v))],
      [`_GET:${key}`, () => session.send(`_SET:${key}`, this.replica.state)],
      [`_ACTION:${key}`, (data) => this.act(data)],
    ];
    const taken: (() => void)[] = [];
    const undo = () => {
      for (const back of taken.splice(0)) {
        back();
      }
    };
    try {
      for (const [name, handler] of handlers) {
        session.registerEvent(name, handler, this.options.override);
        taken.push(() => session.deregisterEvent(name, handler));
      }
    } catch (error) {
      undo();
      throw error;
    }
    taken.push(session.registerInit(() => this.init()));
    taken.push(session.onConnectionChange(() => this.connectionChanged()));
    taken.push(() => this.connectionChanged());
    if (session.isReady) {
      this.init();
      this.ask();
    }
    return undo;
  }

  /** Edits the state: the recipe changes a draft in place, or returns the new state. Sends nothing. */
  edit(recipe: Recipe<S>): void {
    this.changing(() => this.replica.edit(recipe));
  }

  /** Sets members of the state. Sends nothing. */
  assign(members: Partial<S>): void {
    this.changing(() => this.replica.assign(members));
  }

  /** Shows another value of a member until the server changes it. It is never sent. */
  setLocal<K extends keyof S>(member: K, value: S[K]): void {
    this.changing(() => this.replica.setLocal(member, value));
  }

  /** Sends the edits that were recorded, now or, without a connection, with the next one. */
  flush(): void {
    this.changing(() => {
      this.timing.stop();
      this.queueEdits();
      this.pump();
    });
  }

  /** As `flush`, or later: after `debounceMs` without another call, at latest `maxWaitMs` after the first. */
  sync(options: TimingOptions = {}): void {
    this.timing.start(options);
  }

  /** Calls an action of the server's object. Edits are sent first. */
  sendAction(action: ActionOf<A>): void {
    this.sendEvent("_ACTION", action);
  }

  /** Starts a task of the server's object. Edits are sent first. */
  startTask(task: ActionOf<T>): void {
    this.sendEvent("_TASK_START", task);
  }

  /** Cancels a task. */
  cancelTask(task: { readonly type: NameOf<T> }): void {
    this.sendEvent("_TASK_CANCEL", { type: task.type });
  }

  /** Calls an action with binary data, which is its argument `data`. Edits are sent first. */
  sendBinary(action: ActionOf<A>, data: ArrayBuffer): void {
    this.enqueue({ type: "binary", data: action, bytes: data });
  }

  /** Asks the server for its state. Edits that were not sent are forgotten. */
  fetchRemoteState(): void {
    this.changing(() => {
      this.dropEdits();
      this.asked = false;
      this.ask();
    });
  }

  /** Gives the server these members of the state. Other edits that were not sent are forgotten. */
  sendState(state: Partial<S>): void {
    this.changing(() => {
      this.dropEdits();
      this.put({ type: "patch", patch: this.replica.replace(state), whole: state });
      this.pump();
    });
  }

  /**
   * Lets the server call functions of the page, by their names.
   *
   * @returns takes them out
   * @throws Error if one of the names is taken
   */
  registerExposedActions(actions: ExposedActions): () => void {
    const taken = Object.keys(actions).find((name) => this.exposed.has(name));
    if (taken !== undefined) {
      throw new Error(`The action ${taken} of ${this.key} is exposed already (expected: once)`);
    }
    for (const [name, action] of Object.entries(actions)) {
      this.exposed.set(name, action);
    }
    return () => {
      for (const [name, action] of Object.entries(actions)) {
        if (this.exposed.get(name) === action) {
          this.exposed.delete(name);
        }
      }
    };
  }

  /** Takes what the server calls and nobody exposes; the handler says whether it knew it. @internal */
  onAction(handler: ((action: { type: string }) => boolean) | null): void {
    this.catchAll = handler;
  }

  private readonly isShared = (member: string): boolean => this.names?.has(member) ?? true;

  private sendEvent(event: string, data: object): void {
    this.enqueue({ type: "event", event: `${event}:${this.key}`, data });
  }

  private enqueue(
    item: DistributiveOmit<Exclude<Item, { type: "patch" }>, "id" | "sent" | "tried">,
  ): void {
    const limit = this.session.maxQueuedCalls;
    if (this.outbox.filter(({ type, sent }) => type !== "patch" && !sent).length >= limit) {
      throw new SnorkyQueueFullError(limit);
    }
    this.changing(() => {
      this.timing.stop();
      this.queueEdits();
      this.put(item);
      this.pump();
    });
  }

  private put(item: DistributiveOmit<Item, "id" | "sent" | "tried">): void {
    this.outbox.push({ ...item, id: this.session.nextId(), sent: false, tried: false } as Item);
  }

  private queueEdits(): void {
    const last = this.outbox.at(-1);
    if (last?.type === "patch" && !last.tried && !last.whole) {
      this.replica.takePendingInto(last.patch);
      return;
    }
    const patch = this.replica.takePending();
    if (patch !== null) {
      this.put({ type: "patch", patch });
    }
  }

  private dropEdits(): void {
    this.timing.stop();
    for (const item of this.outbox) {
      if (item.type === "patch" && !item.sent) {
        this.replica.drop(item.patch);
      }
    }
    this.outbox = this.outbox.filter((item) => item.type !== "patch" || item.sent);
    this.replica.dropPending();
  }

  /** Sends what waits, once the server's state is known to be the one it is meant for. */
  private pump(): void {
    if (!this.session.isReady || this.outbox.every((item) => item.sent)) {
      return;
    }
    if (!this.hasState) {
      if (!this.knows || this.revision !== undefined) {
        this.ask();
      }
      return;
    }
    for (const item of [...this.outbox]) {
      if (item.sent) {
        continue;
      }
      const waits = this.outbox.some((other) => other.type === "patch" && other.sent);
      if ((item.type === "patch" && waits) || !this.send(item)) {
        return;
      }
    }
  }

  /** A server that counts revisions also answers; of another one there is nothing to wait for. */
  private send(item: Item): boolean {
    const answers = this.revision !== undefined;
    const isEmpty = item.type === "patch" && !item.whole && item.patch.operations.length === 0;
    if (!isEmpty && !this.transmit(item, answers ? item.id : undefined)) {
      return false;
    }
    item.sent = true;
    item.tried = true;
    if (item.type === "patch") {
      item.patch.sent = true;
      this.lastSyncTime = isEmpty ? this.lastSyncTime : this.session.clock.now();
    }
    if (answers && !isEmpty) {
      this.session.awaitAnswer(item.id, (answer) => this.changing(() => this.settle(item, answer)));
    } else {
      this.settle(item, { type: "done", v: undefined });
    }
    return true;
  }

  private transmit(item: Item, id: string | undefined): boolean {
    const { session, key, revision: v } = this;
    switch (item.type) {
      case "patch":
        return item.whole
          ? session.transmit({ type: `_SET:${key}`, data: item.whole, v, id })
          : session.transmit({ type: `_PATCH:${key}`, data: item.patch.operations, v, id });
      case "event":
        return session.transmit({ type: item.event, data: item.data, id });
      case "binary":
        return session.transmitBinary({ type: `_ACTION:${key}`, data: item.data, id }, item.bytes);
    }
  }

  private settle(item: Item, answer: Answer): void {
    this.outbox = this.outbox.filter((other) => other !== item);
    if (item.type !== "patch") {
      return;
    }
    if (answer.type === "refused") {
      this.replica.drop(item.patch);
      this.replica.refresh();
    } else {
      this.confirm(item.patch, answer.v);
    }
    this.pump();
  }

  private confirm(patch: OwnPatch, v: number | undefined): void {
    const included = v !== undefined && this.revision !== undefined && v <= this.revision;
    this.revision = v ?? this.revision;
    try {
      this.replica.accepted(patch, included);
    } catch {
      this.recover();
    }
    if (patch.doubtful) {
      this.recover();
    }
  }

  private init(): void {
    if (this.options.sendOnInit) {
      this.session.transmit({ type: `_SET:${this.key}`, data: this.replica.state });
    }
    if (this.options.fetchOnInit) {
      this.ask();
    }
    this.pump();
  }

  /** Nothing is known to have arrived of what was on its way: it is sent again, with the same id. */
  private connectionChanged(): void {
    this.hasState = false;
    this.asked = false;
    for (const item of this.outbox) {
      this.session.forget(item.id);
      item.sent = false;
      if (item.type === "patch") {
        item.patch.sent = false;
      }
    }
  }

  private ask(): void {
    if (!this.asked && this.session.isReady) {
      this.asked = this.session.transmit({ type: `_GET:${this.key}`, data: {} });
    }
  }

  /** Our state is not the server's, and patches mean nothing until it is. */
  private recover(): void {
    this.hasState = false;
    this.ask();
  }

  private received(take: (data: unknown, v: number | undefined) => void): EventHandler {
    return (data: unknown, { v }: Envelope) => this.changing(() => take(data, v));
  }

  private set(data: unknown, v: number | undefined): void {
    if (!isRecord(data)) {
      throw new TypeError(`_SET:${this.key}: ${jsonType(data)} (expected: an object)`);
    }
    this.hasState = true;
    this.knows = true;
    this.asked = false;
    this.revision = v;
    this.replica.set(data as S);
    this.pump();
  }

  private patch(operations: readonly Operation[], v: number | undefined): void {
    if (this.asked && !this.hasState) {
      return; // for a state that we do not have; the one that comes has it in
    }
    try {
      const ours = operations.filter((operation) => concerns(operation, this.isShared));
      this.replica.patch(ours);
      this.revision = v ?? this.revision;
    } catch (error) {
      tell(
        this.session.report,
        error,
        `a patch of ${this.key} does not fit, its state is asked for`,
      );
      this.recover();
    }
  }

  private act(data: unknown): void {
    if (!isRecord(data) || typeof data.type !== "string") {
      throw new TypeError(`_ACTION:${this.key}: its data is malformed (expected: a "type")`);
    }
    const { type, ...args } = data;
    const action = this.exposed.get(type as string);
    if (action) {
      action(args);
    } else if (!this.catchAll?.(data as { type: string })) {
      throw new Error(`${type} (expected: an action that the page exposes)`);
    }
  }

  /** Does something and tells the listeners if it changed what they see. */
  private changing(work: () => void): void {
    const before = this.getSnapshot();
    const wasSynced = this.isSynced;
    try {
      work();
    } finally {
      if (before !== this.getSnapshot() || wasSynced !== this.isSynced) {
        for (const listener of [...this.listeners]) {
          guarded(listener, `a listener of ${this.key} threw`, this.session.report);
        }
      }
    }
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
