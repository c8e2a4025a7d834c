import { isRecord, jsonType } from "../checks.js";
import { equal, keep } from "./keep.js";
import { indexOf, partsOf } from "./pointer.js";
import { type Shift, shiftsBetween } from "./shifts.js";

/** One step of a change (RFC 6902). */
export type Operation =
  | { readonly op: "add" | "replace" | "test"; readonly path: string; readonly value: unknown }
  | { readonly op: "remove"; readonly path: string }
  | { readonly op: "move" | "copy"; readonly path: string; readonly from: string };

/** A patch that does not fit the state. Nothing of it was applied. */
export class PatchError extends Error {
  override readonly name = "PatchError";
}

type Container = Record<string, unknown> | unknown[];

/**
 * The state with the operations applied, one after the other. Only what lies on their paths is
 * copied; everything else is the same objects as before.
 *
 * @param shifts told which elements of lists came and went, also in lists that were replaced
 * @throws PatchError if one does not fit; the state is as it was in any case
 */
export function applyPatch<T>(state: T, operations: readonly Operation[], shifts: Shift[] = []): T {
  if (!Array.isArray(operations)) {
    throw new PatchError(`patch: ${jsonType(operations)} (expected: a list of operations)`);
  }
  const fresh = new Set<object>();
  return operations.reduce<unknown>(
    (now, operation) => step(now, operation, fresh, shifts),
    state,
  ) as T;
}

/** @param fresh objects that this patch made, which may be changed in place */
function step(state: unknown, operation: Operation, fresh: Set<object>, shifts: Shift[]): unknown {
  const path = pathOf(operation?.path, operation);
  switch (operation.op) {
    case "add":
    case "replace":
      return put(state, path, valueIn(operation), operation, fresh, shifts);
    case "remove":
      return take(state, path, operation, fresh, shifts);
    case "move": {
      const from = pathOf(operation.from, operation);
      const value = find(state, from, operation);
      const without = take(state, from, operation, fresh, shifts);
      return put(without, path, value, operation, fresh, shifts);
    }
    case "copy": {
      const value = find(state, pathOf(operation.from, operation), operation);
      freeze(value, fresh);
      return put(state, path, value, operation, fresh, shifts);
    }
    case "test":
      if (!equal(find(state, path, operation), valueIn(operation))) {
        throw unfit(operation, "another value");
      }
      return state;
    default:
      throw unfit(operation, "add, remove, replace, move, copy or test");
  }
}

function put(
  state: unknown,
  path: string[],
  value: unknown,
  operation: Operation,
  fresh: Set<object>,
  shifts: Shift[],
): unknown {
  const replaces = operation.op === "replace";
  const whole = path.length === 0 && replaces ? keep(state, value) : value;
  if (path.length === 0) {
    shifts.push(...shiftsBetween(state, value));
  }
  return change(
    state,
    path,
    operation,
    fresh,
    (container, part) => {
      if (!Array.isArray(container)) {
        if (replaces && !Object.hasOwn(container, part)) {
          throw unfit(operation, "a member that is there");
        }
        shifts.push(...shiftsBetween(container[part], value, path));
        set(container, part, replaces ? keep(container[part], value) : value);
        return;
      }
      const index = part === "-" && !replaces ? container.length : indexOf(part);
      if (index < 0 || index > container.length - (replaces ? 1 : 0)) {
        throw unfit(operation, `an index into ${container.length} elements`);
      }
      if (replaces) {
        shifts.push(...shiftsBetween(container[index], value, path));
        container[index] = keep(container[index], value);
        return;
      }
      container.splice(index, 0, value);
      shifts.push({ list: path.slice(0, -1), index, by: 1 });
    },
    whole,
  );
}

function take(
  state: unknown,
  path: string[],
  operation: Operation,
  fresh: Set<object>,
  shifts: Shift[],
): unknown {
  return change(
    state,
    path,
    operation,
    fresh,
    (container, part) => {
      if (Array.isArray(container)) {
        const index = indexOf(part);
        if (index < 0 || index >= container.length) {
          throw unfit(operation, `an index into ${container.length} elements`);
        }
        container.splice(index, 1);
        shifts.push({ list: path.slice(0, -1), index, by: -1 });
        return;
      }
      if (!Object.hasOwn(container, part)) {
        throw unfit(operation, "a member that is there");
      }
      delete container[part];
    },
    null,
  );
}

/** Copies what lies on the path, once per patch, and changes the last container in place. */
function change(
  state: unknown,
  path: string[],
  operation: Operation,
  fresh: Set<object>,
  edit: (container: Container, part: string) => void,
  whole: unknown,
): unknown {
  const last = path.at(-1);
  if (last === undefined) {
    return whole;
  }
  const root = own(state, operation, fresh);
  let container = root;
  for (const part of path.slice(0, -1)) {
    const child = own(member(container, part, operation), operation, fresh);
    set(container, part, child);
    container = child;
  }
  edit(container, last);
  return root;
}

function own(value: unknown, operation: Operation, fresh: Set<object>): Container {
  if (!Array.isArray(value) && !isRecord(value)) {
    throw unfit(operation, `a path of what is there, not into ${jsonType(value)}`);
  }
  if (fresh.has(value)) {
    return value;
  }
  const copy = Array.isArray(value) ? value.slice() : { ...value };
  fresh.add(copy);
  return copy;
}

/** What is in two places from now on must not be changed in place any more. */
function freeze(value: unknown, fresh: Set<object>): void {
  if (typeof value === "object" && value !== null && fresh.delete(value)) {
    for (const child of Object.values(value)) {
      freeze(child, fresh);
    }
  }
}

function find(state: unknown, path: string[], operation: Operation): unknown {
  return path.reduce((value, part) => member(value, part, operation), state);
}

function member(container: unknown, part: string, operation: Operation): unknown {
  if (Array.isArray(container)) {
    const index = indexOf(part);
    if (index >= 0 && index < container.length) {
      return container[index];
    }
  } else if (isRecord(container) && Object.hasOwn(container, part)) {
    return container[part];
  }
  throw unfit(operation, "a path of what is there");
}

/** A member may have any name, also `__proto__`. */
function set(container: Container, part: string, value: unknown): void {
  if (part === "__proto__") {
    Object.defineProperty(container, part, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
    return;
  }
  (container as Record<string, unknown>)[part] = value;
}

function pathOf(path: unknown, operation: Operation): string[] {
  if (typeof path !== "string" || (path !== "" && !path.startsWith("/"))) {
    throw unfit(operation, "paths that are empty or begin with /");
  }
  return partsOf(path);
}

function valueIn(operation: {
  readonly op: string;
  readonly path: string;
  readonly value: unknown;
}) {
  if (operation.value === undefined) {
    throw unfit(operation, "a value");
  }
  return operation.value;
}

/** The value may be private: it is not shown. */
function unfit(operation: { op: string; path: string } | undefined, expected: string): PatchError {
  return new PatchError(`${operation?.op} ${operation?.path} (expected: ${expected})`);
}
