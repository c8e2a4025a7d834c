import { isRecord, jsonType } from "../checks.js";
import { diff } from "./diff.js";
import { type Draft, produce, type Recipe } from "./draft.js";
import { keep } from "./keep.js";
import { applyPatch, type Operation, type Shift } from "./patch.js";
import { partsOf } from "./pointer.js";
import { overlap, rebase } from "./rebase.js";

/** Edits that are, or soon will be, on their way to the server. */
export interface OwnPatch {
  operations: readonly Operation[];
  /** On its way. What else happens meanwhile may make the server see it otherwise than we do. */
  sent: boolean;
  /** Whether it did. */
  doubtful: boolean;
}

/**
 * The page's copy of an object. At its bottom is the state that the server is known to have; upon
 * that lie the page's own edits, in order: those on their way, then those that wait. Edits that do
 * not reach the server ("local" ones) lie on top, until the server changes their member.
 */
export class Replica<S extends object> {
  /** From how many recorded operations on they are derived anew, as few as are needed. */
  compressThreshold = 5;
  private base: S;
  private edited: S;
  private shown: S;
  private local: Partial<S> = {};
  private readonly patches: OwnPatch[] = [];
  private pending: readonly Operation[] = [];

  /**
   * @param isShared whether a member of the state is the server's, too
   * @param lost told of edits that fit no longer, and that nobody will see again
   */
  constructor(
    initial: S,
    private readonly isShared: (member: string) => boolean,
    private readonly lost: (error: unknown) => void,
  ) {
    this.base = this.sharedPart(initial);
    this.edited = this.base;
    this.shown = initial;
    this.local = this.unsharedPart(initial);
  }

  /** What is to be shown: another object after each change. */
  get snapshot(): S {
    return this.shown;
  }

  /** What the server is to have. */
  get state(): S {
    return this.edited;
  }

  get hasPending(): boolean {
    return this.pending.length > 0;
  }

  /** Records what a recipe changes. */
  edit(recipe: Recipe<S>): void {
    const next = produce(this.shown, recipe);
    if (!isRecord(next)) {
      throw new TypeError(`state: ${jsonType(next)} (expected: an object)`);
    }
    const nothing = changedMembers(this.shown, next).find(([, value]) => value === undefined);
    if (nothing && this.isShared(nothing[0])) {
      throw new TypeError(`${nothing[0]}: undefined (expected: JSON, e.g. null)`);
    }
    const edited: Record<string, unknown> = { ...(this.edited as Record<string, unknown>) };
    for (const [member, value] of changedMembers(this.shown, next)) {
      if (this.isShared(member)) {
        delete this.local[member as keyof S];
        edited[member] = value;
      } else {
        this.local[member as keyof S] = value as S[keyof S];
      }
    }
    this.editTo(edited as S);
  }

  /** Records new values of members. */
  assign(members: Partial<S>): void {
    this.edit((draft: Draft<S>) => {
      Object.assign(draft, members);
    });
  }

  /** Shows another value of a member, of which the server does not learn. */
  setLocal<K extends keyof S>(member: K, value: S[K]): void {
    this.local[member] = value;
    this.show();
  }

  /** Forgets recorded edits. */
  dropPending(): void {
    this.pending = [];
    this.replay([], []);
  }

  /** The recorded edits as a patch to be sent, if there are any. */
  takePending(): OwnPatch | null {
    const operations = this.compressed(this.pending, this.patches);
    this.pending = [];
    return operations.length === 0 ? null : this.put(operations);
  }

  /** Adds the recorded edits to a patch that has not been sent and is the last one. */
  takePendingInto(patch: OwnPatch): void {
    const below = this.patches.slice(0, -1);
    patch.operations = this.compressed([...patch.operations, ...this.pending], below);
    this.pending = [];
  }

  /** The change to a given state as a patch to be sent. */
  replace(members: Partial<S>): OwnPatch {
    this.pending = [];
    this.replay([], []);
    const operations = diff(this.edited, { ...this.edited, ...this.sharedPart(members) });
    const patch = this.put(operations);
    this.replay([], []);
    return patch;
  }

  /** The server has it now. */
  accepted(patch: OwnPatch, included: boolean): void {
    this.drop(patch);
    if (!included) {
      this.base = applyPatch(this.base, patch.operations);
    }
    this.replay([], []);
  }

  /** The server will not have it, or it is not to be sent any more. */
  drop(patch: OwnPatch): void {
    const at = this.patches.indexOf(patch);
    if (at >= 0) {
      this.patches.splice(at, 1);
    }
  }

  /** What lies upon the server's state may have changed. */
  refresh(): void {
    this.replay([], []);
  }

  /** The server's whole state. */
  set(state: S): void {
    const before = this.base;
    this.base = keep(before, this.sharedPart(state));
    this.local = this.unsharedPart(this.shown);
    if (this.isUntouched) {
      this.replay([], []);
      return;
    }
    const change = diff(before, this.base);
    const shifts: Shift[] = [];
    applyPatch(before, change, shifts);
    this.replay(change, shifts);
  }

  /**
   * The server's change.
   *
   * @throws PatchError if it does not fit; nothing has changed then
   */
  patch(operations: readonly Operation[]): void {
    const shifts: Shift[] = [];
    const before = this.base;
    this.base = this.sharedPart(applyPatch(before, operations, shifts));
    for (const member of Object.keys(this.local) as (string & keyof S)[]) {
      if (this.isShared(member) && before[member] !== this.base[member]) {
        delete this.local[member];
      }
    }
    if (this.isUntouched) {
      this.edited = this.base;
      this.show();
    } else {
      this.replay(operations, shifts);
    }
  }

  private get isUntouched(): boolean {
    return this.patches.length === 0 && this.pending.length === 0;
  }

  private put(operations: readonly Operation[]): OwnPatch {
    const patch: OwnPatch = { operations, sent: false, doubtful: false };
    this.patches.push(patch);
    return patch;
  }

  private editTo(edited: S): void {
    const operations = diff(this.edited, edited);
    if (operations.length > 0) {
      this.pending = [...this.pending, ...operations];
      this.edited = edited;
    }
    this.show();
  }

  private compressed(operations: readonly Operation[], below: readonly OwnPatch[]) {
    if (operations.length < this.compressThreshold) {
      return operations;
    }
    try {
      return diff(
        below.reduce((state, patch) => applyPatch(state, patch.operations), this.base),
        this.edited,
      );
    } catch {
      return operations; // one of those below does not fit, and is not shown
    }
  }

  /** Lays the page's edits upon a base that is another one now. */
  private replay(change: readonly Operation[], shifts: readonly Shift[]): void {
    let state = this.base;
    let over = shifts;
    for (const patch of [...this.patches]) {
      const rebased = rebase(patch.operations, over);
      over = rebased.over;
      patch.doubtful ||= patch.sent && (rebased.moved || overlap(patch.operations, change));
      patch.operations = rebased.operations;
      try {
        state = applyPatch(state, patch.operations);
      } catch (error) {
        if (patch.sent) {
          patch.doubtful = true;
        } else {
          patch.operations = [];
          this.lost(error);
        }
      }
    }
    state = this.replayPending(state, rebase(this.pending, over).operations);
    this.edited = keep(this.edited, state);
    if (this.isUntouched) {
      this.base = this.edited;
    }
    this.show();
  }

  /** What fits no longer is left out. */
  private replayPending(state: S, operations: readonly Operation[]): S {
    try {
      const result = applyPatch(state, operations);
      this.pending = operations;
      return result;
    } catch {
      this.pending = [];
    }
    return operations.reduce((now, operation) => {
      try {
        const next = applyPatch(now, [operation]);
        this.pending = [...this.pending, operation];
        return next;
      } catch (error) {
        this.lost(error);
        return now;
      }
    }, state);
  }

  private show(): void {
    if (Object.keys(this.local).length === 0) {
      this.shown = this.edited;
      return;
    }
    const next = { ...this.edited, ...this.local };
    if (changedMembers(this.shown, next).length > 0) {
      this.shown = next;
    }
  }

  private sharedPart<T extends object>(state: T): T {
    const members = Object.entries(state);
    const shared = members.filter(([member]) => this.isShared(member));
    return shared.length === members.length ? state : (Object.fromEntries(shared) as T);
  }

  private unsharedPart(state: S): Partial<S> {
    const unshared = Object.entries(state).filter(([member]) => !this.isShared(member));
    return Object.fromEntries(unshared) as Partial<S>;
  }
}

/** The members that are others than before, with what they are now. */
function changedMembers(before: object, after: object): [string, unknown][] {
  const then = before as Record<string, unknown>;
  const now = after as Record<string, unknown>;
  return [...new Set([...Object.keys(then), ...Object.keys(now)])]
    .filter((member) => !Object.is(then[member], now[member]))
    .map((member) => [member, now[member]]);
}

/** Whether a patch of the server's is about members that are ours, too. */
export function concerns(operation: Operation, isShared: (member: string) => boolean): boolean {
  const [member] = partsOf(operation.path);
  return member === undefined || isShared(member);
}
