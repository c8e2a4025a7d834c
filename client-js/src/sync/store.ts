import { isRecord, jsonType } from "../checks.js";
import { guarded, tell } from "../report.js";
import type { ActionOf, ActionsParams, AnyActions, ExposedActions, NameOf } from "./actions.js";
import type { Recipe } from "./draft.js";
import { Exposed } from "./exposed.js";
import type { Answer, Envelope, SyncError } from "./frames.js";
import { Outbox, type Outgoing } from "./outbox.js";
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
  private readonly exposed: Exposed;
  private readonly names: ReadonlySet<string> | null;
  private readonly outbox: Outbox;
  private revision: number | undefined;
  /** Whether the server has told its state at some time. */
  private knows = false;
  /** Whether it has on this connection, and all its changes fitted. */
  private hasState = false;
  /** Whether its state is on its way. */
  private asked = false;
  private isChanging = false;

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
    this.exposed = new Exposed(key);
    this.outbox = new Outbox(session, key, {
      operationsOf: (patch) => this.replica.send(patch),
      answered: (what, answer) => this.changing(() => this.answered(what, answer)),
    });
  }

  /** From how many recorded operations on those that others make void are not sent; 5 if unset. */
  get compressThreshold(): number {
    return this.replica.compressThreshold;
  }

  set compressThreshold(operations: number) {
    this.replica.compressThreshold = operations;
  }

  /** False while edits wait to be sent. Those that were sent and are not confirmed do not count. */
  get isSynced(): boolean {
    return !this.replica.hasPending && !this.outbox.hasEdits;
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
      [`_SET:${key}`, this.received((data, envelope) => this.set(data, envelope))],
      [`_PATCH:${key}`, this.received((data, envelope) => this.patch(data, envelope))],
      [`_GET:${key}`, () => session.send(`_SET:${key}`, this.replica.state)],
      [`_ACTION:${key}`, (data) => this.exposed.call(data)],
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
    taken.push(session.onRoom(() => this.changing(() => this.pump())));
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
      this.outbox.put({ type: "patch", patch: this.replica.replace(state), whole: state });
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
    return this.exposed.register(actions);
  }

  /** Takes what the server calls and nobody exposes; the handler says whether it knew it. @internal */
  onAction(handler: ((action: { type: string }) => boolean) | null): void {
    this.exposed.catchAll = handler;
  }

  private readonly isShared = (member: string): boolean => this.names?.has(member) ?? true;

  private sendEvent(event: string, data: object): void {
    this.enqueue({ type: "event", event: `${event}:${this.key}`, data });
  }

  private enqueue(event: Outgoing): void {
    this.outbox.checkRoom();
    this.changing(() => {
      this.timing.stop();
      this.queueEdits();
      this.outbox.put(event);
      this.pump();
    });
  }

  private queueEdits(): void {
    const open = this.outbox.openPatch;
    if (open !== null) {
      this.replica.takePendingInto(open);
      return;
    }
    const patch = this.replica.takePending();
    if (patch !== null) {
      this.outbox.put({ type: "patch", patch });
    }
  }

  private dropEdits(which: "unsent" | "all" = "unsent"): void {
    this.timing.stop();
    for (const patch of this.outbox.dropPatches(which)) {
      this.replica.drop(patch);
    }
    this.replica.dropPending();
  }

  /** Sends what waits, once the server's state is known to be the one it is meant for. */
  private pump(): void {
    if (!this.session.isReady || !this.outbox.waits) {
      return;
    }
    if (this.hasState) {
      this.send();
    } else if (!this.knows || this.revision !== undefined) {
      this.ask();
    }
  }

  /** A server that counts revisions also answers; of another one there is nothing to wait for. */
  private send(): void {
    const { hasEdits } = this.outbox;
    this.outbox.send(this.revision, !this.knows || this.revision !== undefined);
    if (hasEdits && !this.outbox.hasEdits) {
      this.lastSyncTime = this.session.clock.now();
    }
  }

  private answered(what: Outgoing, answer: Answer): void {
    if (what.type === "patch" && answer.type === "refused") {
      this.refused(what.patch, answer.error);
    } else if (what.type === "patch" && answer.type === "done") {
      this.taken(what.patch, answer.v);
    }
    this.pump();
  }

  private taken(patch: OwnPatch, v: number | undefined): void {
    const included = v !== undefined && this.revision !== undefined && v <= this.revision;
    this.revision = included ? this.revision : (v ?? this.revision);
    try {
      this.replica.taken(patch, included);
    } catch {
      this.recover();
    }
  }

  /** What the server answers again it has put right before, and there may be nothing to put right. */
  private refused(patch: OwnPatch, { code }: SyncError): void {
    if (!patch.doubtful && code !== "unknown-event") {
      this.hasState = false;
      this.asked = true; // it comes without being asked for
      this.replica.awaitState();
    }
    this.replica.refused(patch);
  }

  private init(): void {
    if (this.options.sendOnInit) {
      this.changing(() => this.give(this.replica.state));
    }
    if (this.options.fetchOnInit) {
      this.ask();
    }
    this.pump();
  }

  /** It has all edits in, and needs no state of the server's to be upon. */
  private give(state: S): void {
    this.dropEdits("all");
    this.outbox.put({ type: "patch", patch: this.replica.replace(state), whole: state });
    this.send();
  }

  private connectionChanged(): void {
    this.hasState = false;
    this.asked = false;
    this.outbox.connectionLost();
  }

  private ask(): void {
    if (!this.asked && this.session.isReady) {
      this.asked = this.session.transmit({ type: `_GET:${this.key}`, data: {} });
    }
  }

  /** Our state is not the server's, and patches mean nothing until it is. */
  private recover(): void {
    this.hasState = false;
    this.replica.awaitState();
    this.ask();
  }

  private received(take: (data: unknown, envelope: Envelope) => void): EventHandler {
    return (data: unknown, envelope: Envelope) => this.changing(() => take(data, envelope));
  }

  private set(data: unknown, { v, ack = [] }: Envelope): void {
    if (!isRecord(data)) {
      throw new TypeError(`_SET:${this.key}: ${jsonType(data)} (expected: an object)`);
    }
    this.hasState = true;
    this.knows = true;
    this.asked = false;
    this.revision = v;
    this.replica.set(data as S, this.outbox.done(ack));
    if (v === undefined) {
      this.outbox.assumeDone();
    }
    this.pump();
  }

  private patch(data: unknown, { v, ack = [] }: Envelope): void {
    // A patch for a state that we do not have: the one that comes has it in.
    const operations = this.asked && !this.hasState ? [] : (data as readonly Operation[]);
    const done = this.outbox.done(ack);
    try {
      const ours = operations.filter((operation) => concerns(operation, this.isShared));
      this.replica.patch(ours, done);
      this.revision = v ?? this.revision;
    } catch (error) {
      tell(
        this.session.report,
        error,
        `a patch of ${this.key} does not fit, its state is asked for`,
      );
      this.recover();
    }
    this.pump();
  }

  /** Does something and tells the listeners, once, if it changed what they see. */
  private changing(work: () => void): void {
    if (this.isChanging) {
      work();
      return;
    }
    const before = this.getSnapshot();
    const wasSynced = this.isSynced;
    this.isChanging = true;
    try {
      work();
    } finally {
      this.isChanging = false;
      if (before !== this.getSnapshot() || wasSynced !== this.isSynced) {
        for (const listener of [...this.listeners]) {
          guarded(listener, `a listener of ${this.key} threw`, this.session.report);
        }
      }
    }
  }
}
