import { isRecord } from "../checks.js";
import { idOf } from "./element.js";
import type { Operation } from "./patch.js";
import { pointerTo } from "./pointer.js";

type Path = readonly (string | number)[];

/**
 * The operations that turn one state into the other. Parts that are the same object in both are
 * not looked into, so that the cost grows with what changed. Elements of lists are told apart by
 * their `id` or `key`, those without by being the same object or the same primitive: one that came or
 * went is one operation. A list is replaced only if none of its elements stays.
 */
export function diff(before: unknown, after: unknown): Operation[] {
  const operations: Operation[] = [];
  between(before, after, [], operations);
  return operations;
}

function between(before: unknown, after: unknown, path: Path, out: Operation[]): void {
  if (Object.is(before, after)) {
    return;
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    lists(before, after, path, out);
  } else if (isRecord(before) && isRecord(after)) {
    records(before, after, path, out);
  } else {
    out.push({ op: "replace", path: pointerTo(path), value: json(after) });
  }
}

function records(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  path: Path,
  out: Operation[],
): void {
  for (const name of Object.keys(before)) {
    if (before[name] !== undefined && !has(after, name)) {
      out.push({ op: "remove", path: pointerTo([...path, name]) });
    }
  }
  for (const name of Object.keys(after)) {
    if (has(before, name)) {
      if (has(after, name)) {
        between(before[name], after[name], [...path, name], out);
      }
    } else if (has(after, name)) {
      out.push({ op: "add", path: pointerTo([...path, name]), value: after[name] });
    }
  }
}

function lists(
  before: readonly unknown[],
  after: readonly unknown[],
  path: Path,
  out: Operation[],
): void {
  const shorter = Math.min(before.length, after.length);
  let front = 0;
  while (front < shorter && Object.is(before[front], after[front])) {
    front++;
  }
  let back = 0;
  while (
    back < shorter - front &&
    Object.is(before[before.length - 1 - back], after[after.length - 1 - back])
  ) {
    back++;
  }
  const steps: Operation[] = [];
  const stays = middles(
    before.slice(front, before.length - back),
    after.slice(front, after.length - back),
    front,
    path,
    steps,
  );
  if (front + back === 0 && !stays && steps.length > after.length + 1) {
    out.push({ op: "replace", path: pointerTo(path), value: after });
  } else {
    out.push(...steps);
  }
}

/**
 * @param at the place of what comes next, in the list as the operations so far have left it
 * @returns whether an element is in both
 */
function middles(
  before: readonly unknown[],
  after: readonly unknown[],
  at: number,
  path: Path,
  out: Operation[],
): boolean {
  const old = before.map(handleOf);
  const now = after.map(handleOf);
  const wasAt = new Map(old.map((handle, index) => [handle, index]));
  const willBeAt = new Map(now.map((handle, index) => [handle, index]));
  let i = 0;
  let j = 0;
  let place = at;
  let stays = false;
  while (i < before.length || j < after.length) {
    const goes = i < before.length && !((willBeAt.get(old[i]) ?? -1) >= j);
    const comes = j < after.length && !((wasAt.get(now[j]) ?? -1) >= i);
    if (i < before.length && j < after.length && (goes === comes || old[i] === now[j])) {
      if (old[i] === now[j] || (goes && idOf(before[i]) === idOf(after[j]))) {
        stays ||= old[i] === now[j];
        between(before[i++], after[j++], [...path, place++], out);
        continue;
      }
      out.push({ op: "remove", path: pointerTo([...path, place]) });
      i++;
    } else if (goes || j === after.length) {
      out.push({ op: "remove", path: pointerTo([...path, place]) });
      i++;
    } else {
      out.push({ op: "add", path: pointerTo([...path, place++]), value: json(after[j++]) });
    }
  }
  return stays;
}

/** What stands for an element: its id, if it has one, else the element itself. */
function handleOf(element: unknown): unknown {
  const id = idOf(element);
  return id === undefined ? element : `#${JSON.stringify(id)}`;
}

/** A member that is undefined is not there in JSON. */
function has(record: Record<string, unknown>, name: string): boolean {
  return Object.hasOwn(record, name) && record[name] !== undefined;
}

function json(value: unknown): unknown {
  return value === undefined ? null : value;
}
