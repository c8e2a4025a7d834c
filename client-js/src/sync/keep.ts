import { isRecord } from "../checks.js";
import { nameOf } from "./element.js";

/** Whether two JSON values say the same. */
export function equal(a: unknown, b: unknown): boolean {
  return keep(a, b) === a;
}

/**
 * The value `after`, with every part that says the same in `before` being the object that is there
 * already. Where nothing changed at all it is `before` itself.
 */
export function keep<T>(before: unknown, after: T): T {
  if (before === after) {
    return after;
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    return keepList(before, after) as T;
  }
  if (isRecord(before) && isRecord(after)) {
    return keepRecord(before, after) as T;
  }
  return Object.is(before, after) ? (before as T) : after;
}

function keepRecord(before: Record<string, unknown>, after: Record<string, unknown>): object {
  const names = Object.keys(after);
  let result = after;
  let same = names.length === Object.keys(before).length;
  for (const name of names) {
    const was = Object.hasOwn(before, name) ? before[name] : undefined;
    const kept = keep(was, after[name]);
    same &&= Object.is(kept, was) && Object.hasOwn(before, name);
    if (kept !== after[name]) {
      result = result === after ? { ...after } : result;
      result[name] = kept;
    }
  }
  return same ? before : result;
}

/** Elements are looked for from both ends, so that one that came or went does not hide the others. */
function keepList(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  const shorter = Math.min(before.length, after.length);
  const list = new Kept(after);
  let front = 0;
  while (front < shorter && list.keeps(front, before[front])) {
    front++;
  }
  if (front === before.length && front === after.length) {
    return before;
  }
  let back = 0;
  while (
    back < shorter - front &&
    list.keeps(after.length - 1 - back, before[before.length - 1 - back])
  ) {
    back++;
  }
  keepMiddle(before.slice(front, before.length - back), list, front, after.length - back);
  return list.values;
}

/** Between what is the same at both ends, elements are found by their names, the others by their places. */
function keepMiddle(before: readonly unknown[], list: Kept, from: number, to: number): void {
  const known = new Set(before);
  const byName = new Map(before.map((element) => [nameOf(element), element]));
  for (let i = from; i < to; i++) {
    const element = list.values[i];
    if (!known.has(element)) {
      const old = byName.get(nameOf(element)) ?? before[i - from];
      list.put(i, keep(old, element));
    }
  }
}

/** A list that is copied when the first of its elements is replaced. */
class Kept {
  values: readonly unknown[];

  constructor(private readonly original: readonly unknown[]) {
    this.values = original;
  }

  /** Whether the element says the same as an old one, which then takes its place. */
  keeps(index: number, old: unknown): boolean {
    const element = this.values[index];
    if (element === old) {
      return true;
    }
    const same = Object.is(keep(old, element), old);
    if (same) {
      this.put(index, old);
    }
    return same;
  }

  put(index: number, value: unknown): void {
    if (!Object.is(this.values[index], value)) {
      this.values = this.values === this.original ? this.original.slice() : this.values;
      (this.values as unknown[])[index] = value;
    }
  }
}
