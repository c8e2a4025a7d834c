import { isRecord, jsonType } from "../checks.js";
import { diff } from "./diff.js";
import { type Draft, produce, type Recipe } from "./draft.js";
import { folded } from "./fold.js";
import { keep } from "./keep.js";
import { applyPatch, type Operation } from "./patch.js";
import { partsOf, pointerTo } from "./pointer.js";
import { rebase } from "./rebase.js";
import { type Shift, shiftsBetween } from "./shifts.js";

/** Edits that are, or soon will be, on their way to the server. */
export interface OwnPatch {
  /** For the state that is shown. */
  operations: readonly Operation[];
  /** As they were sent last, null if they never were. */
  sent: readonly Operation[] | null;
  /** Sent on a connection that was lost: the server may have it already, or not. */
  doubtful: boolean;
}

/**
 * The page's copy of an object. At its bottom is a state of the server's; upon that lie the page's own
 * edits, in order: those on their way, then those that wait. Edits that do not reach the server
 * ("local" ones) lie on top, until the server changes their member.
 *
 * What the server says is not shown while it is not known which of the page's edits it has in: one of
 * them would be seen twice, or not at all, until that is known.
 */
export class Replica<S extends object> {
  /** From how many recorded operations on those are left out that others of them make void. */
  compressThreshold = 5;
  /** What the server has said last. */
  private truth: S;
  /** What of that is shown: the same, or an older one. */
  private base: S;
  /** The elements that came and went between the two, null if that is to be found out. */
  private shifts: Shift[] | null = [];
  /** A state will come that puts right what is shown. */
  private awaitsState = false;
  /** Those of the patches that the server has taken, or refused. */
  private readonly done = new Set<OwnPatch>();
  private edited: S;
  private shown: S;
  private local: Partial<S> = {};
  private patches: OwnPatch[] = [];
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
    this.truth = this.sharedPart(initial);
    this.base = this.truth;
    this.edited = this.truth;
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
    this.replay([]);
  }

  /** The recorded edits as a patch to be sent, if there are any. */
  takePending(): OwnPatch | null {
    const operations = this.compressed(this.pending);
    this.pending = [];
    return operations.length === 0 ? null : this.put(operations);
  }

  /** Adds the recorded edits to a patch that has not been sent and is the last one. */
  takePendingInto(patch: OwnPatch): void {
    patch.operations = this.compressed([...patch.operations, ...this.pending]);
    this.pending = [];
  }

  /** New values of members as a patch to be sent. Other recorded edits are forgotten. */
  replace(members: Partial<S>): OwnPatch {
    this.pending = [];
    const values = Object.entries(this.sharedPart(members));
    const patch = this.put(
      values.map(([member, value]) => ({ op: "add", path: pointerTo([member]), value })),
    );
    this.replay([]);
    return patch;
  }

  /** It is not to be sent any more, nor are those after it. */
  drop(patch: OwnPatch): void {
    this.patches = this.patches.filter((other) => other !== patch);
    this.done.delete(patch);
    this.replay([]);
  }

  /** What is to be sent of the first patch: it must fit what the server has said last. */
  send(patch: OwnPatch): readonly Operation[] {
    const shifts = this.truth === this.base ? [] : shiftsBetween(this.base, this.truth);
    patch.sent = rebase(patch.operations, shifts).operations;
    return patch.sent;
  }

  /**
   * The server has taken it as it was sent.
   *
   * @param included whether it is in what the server has said already
   * @throws PatchError if it does not fit
   */
  taken(patch: OwnPatch, included: boolean): void {
    this.done.add(patch);
    if (!included) {
      this.truth = applyPatch(this.truth, patch.sent ?? patch.operations);
    }
    this.advance();
  }

  /** The server will not have it. It is shown until the state comes, if that is awaited. */
  refused(patch: OwnPatch): void {
    this.done.add(patch);
    this.advance();
  }

  /** What is shown stays as it is, until the server's whole state comes. */
  awaitState(): void {
    this.awaitsState = true;
  }

  /** The server's whole state, which has these patches in, or refused them. */
  set(state: S, done: readonly OwnPatch[]): void {
    this.truth = keep(this.truth, this.sharedPart(state));
    this.shifts = null;
    this.awaitsState = false;
    this.local = this.unsharedPart(this.shown);
    this.settle(done);
    this.advance();
  }

  /**
   * The server's change, which has these patches in.
   *
   * @throws PatchError if it does not fit
   */
  patch(operations: readonly Operation[], done: readonly OwnPatch[]): void {
    this.settle(done);
    const shifts: Shift[] = [];
    this.truth = this.sharedPart(applyPatch(this.truth, operations, shifts));
    this.shifts?.push(...shifts);
    this.advance();
  }

  private get isUntouched(): boolean {
    return this.patches.length === 0 && this.pending.length === 0;
  }

  private settle(done: readonly OwnPatch[]): void {
    for (const patch of done) {
      this.done.add(patch);
    }
  }

  private put(operations: readonly Operation[]): OwnPatch {
    const patch: OwnPatch = { operations, sent: null, doubtful: false };
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

  private compressed(operations: readonly Operation[]): readonly Operation[] {
    return operations.length < this.compressThreshold ? operations : folded(operations);
  }

  /** Shows what the server has said, if it is known which of the patches that has in. */
  private advance(): void {
    const { truth, done } = this;
    const isOpen = (patch: OwnPatch) => patch.doubtful && !done.has(patch);
    if (this.awaitsState || this.patches.some(isOpen)) {
      return;
    }
    const before = this.baseWithDone();
    const isWhole = this.shifts === null || done.size > 0;
    this.truth = isWhole ? keep(before, truth) : truth;
    this.forgetLocal(before);
    this.patches = this.patches.filter((patch) => !done.has(patch));
    done.clear();
    const shifts = this.shifts ?? [];
    this.base = this.truth;
    this.shifts = [];
    if (!this.isUntouched) {
      this.replay(isWhole ? shiftsBetween(before, this.base) : shifts);
      return;
    }
    this.edited = isWhole ? keep(this.edited, this.base) : this.base;
    this.base = this.edited;
    this.truth = this.edited;
    this.show();
  }

  private baseWithDone(): S {
    return this.patches.reduce((state, patch) => {
      if (!this.done.has(patch)) {
        return state;
      }
      try {
        return applyPatch(state, patch.operations);
      } catch {
        return state; // it was not shown
      }
    }, this.base);
  }

  /** What the server changes of a member is shown, whatever the page shows alone. */
  private forgetLocal(before: S): void {
    for (const member of Object.keys(this.local) as (string & keyof S)[]) {
      if (this.isShared(member) && before[member] !== this.truth[member]) {
        delete this.local[member];
      }
    }
  }

  /** Lays the page's edits upon the base. */
  private replay(shifts: readonly Shift[]): void {
    let state = this.base;
    let over = shifts;
    for (const patch of this.patches) {
      const rebased = rebase(patch.operations, over);
      over = rebased.over;
      patch.operations = rebased.operations;
      try {
        state = applyPatch(state, patch.operations);
      } catch (error) {
        if (patch.sent === null) {
          patch.operations = [];
          this.lost(error);
        }
      }
    }
    state = this.replayPending(state, rebase(this.pending, over).operations);
    this.edited = keep(this.edited, state);
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
