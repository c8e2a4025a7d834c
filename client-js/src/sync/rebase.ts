import type { Operation } from "./patch.js";
import { indexOf, partsOf, pointerTo } from "./pointer.js";
import type { Shift } from "./shifts.js";

/** Operations that were moved to where their elements are now; without those whose are gone. */
export interface Rebased {
  readonly operations: readonly Operation[];
  /** The shifts as they look after the operations. */
  readonly over: readonly Shift[];
}

/** Moves operations to a state in which elements of lists came and went in the meantime. */
export function rebase(operations: readonly Operation[], over: readonly Shift[]): Rebased {
  let shifts = over;
  const result: Operation[] = [];
  for (const operation of operations) {
    if (shifts.length === 0) {
      result.push(operation);
      continue;
    }
    const there = shifted(operation, shifts);
    shifts = behind(shifts, operation);
    if (there !== null) {
      result.push(there);
    }
  }
  return { operations: result, over: shifts };
}

function shifted(operation: Operation, shifts: readonly Shift[]): Operation | null {
  const path = through(partsOf(operation.path), shifts, operation.op === "add");
  if (path === null) {
    return null;
  }
  if (operation.op === "move" || operation.op === "copy") {
    const from = through(partsOf(operation.from), shifts, false);
    return from && { ...operation, path: pointerTo(path), from: pointerTo(from) };
  }
  const pointer = pointerTo(path);
  return pointer === operation.path ? operation : { ...operation, path: pointer };
}

function through(path: string[], shifts: readonly Shift[], adds: boolean): string[] | null {
  return shifts.reduce<string[] | null>((now, shift) => now && past(now, shift, adds), path);
}

/** The path after a shift, or null if what it led to is gone. */
function past(path: string[], { list, index, by }: Shift, adds: boolean): string[] | null {
  const depth = list.length;
  const place = indexOf(path[depth] ?? "");
  if (place < 0 || !startsWith(path, list)) {
    return path;
  }
  if (by === -1 && place === index && !(adds && path.length === depth + 1)) {
    return null;
  }
  const moves = by === 1 ? place >= index : place > index;
  return moves ? [...list, String(place + by), ...path.slice(depth + 1)] : path;
}

/** The shifts as they look after an operation that came before them. */
function behind(shifts: readonly Shift[], { op, path }: Operation): readonly Shift[] {
  let own: string[] | null = partsOf(path);
  return shifts.flatMap((shift) => {
    const at = own;
    own = at && past(at, shift, op === "add"); // both are for one state, and so are those that follow
    const moved = at === null ? shift : after(shift, op, at);
    return moved === null ? [] : [moved];
  });
}

/** A shift after an operation, or null if that made it void. */
function after(shift: Shift, op: Operation["op"], path: readonly string[]): Shift | null {
  const by = op === "add" ? 1 : -1;
  const index = indexOf(path.at(-1) ?? "");
  if (index < 0 || (op !== "add" && op !== "remove")) {
    return op !== "test" && startsWith(shift.list, path) ? null : shift;
  }
  const list = path.slice(0, -1);
  const sameList = shift.list.length === list.length && startsWith(shift.list, list);
  if (sameList && by === 1 && shift.by === 1 && shift.index === index) {
    return shift; // what came from outside stays before what was added here
  }
  const place = [...shift.list, String(shift.index)];
  const moved = past(place, { list, index, by }, shift.by === 1);
  return moved && { ...shift, list: moved.slice(0, -1), index: Number(moved.at(-1)) };
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.every((part, i) => part === path[i]);
}
