import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyPatch, diff, type Operation, produce } from "../../src/sync/index.js";

const member = fc.constantFrom("a", "b", "a/b", "~", "~1", "0", "", "__proto__");
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.integer({ min: 0, max: 9 }),
    fc.constantFrom("x", "", null, true),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(member, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;
const record = fc.dictionary(member, json, { maxKeys: 5, noNullPrototype: true });

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value));

/** The plain way: changes a copy of everything, in place. */
function naive(state: unknown, operations: readonly Operation[]): unknown {
  const root = { "": copy(state) } as Record<string, unknown>;
  const at = (pointer: string) => {
    const parts = ["", ...pointer.split("/").slice(1)];
    const names = parts.map((part) => part.replace(/~1/g, "/").replace(/~0/g, "~"));
    // biome-ignore lint/suspicious/noExplicitAny: any JSON
    const holder = names.slice(0, -1).reduce<any>((now, name) => now[name], root);
    return { holder, name: names.at(-1) as string };
  };
  for (const operation of operations) {
    const { holder, name } = at(operation.path);
    const value = "value" in operation ? copy(operation.value) : undefined;
    if (Array.isArray(holder)) {
      const isRemoval = operation.op === "remove";
      holder.splice(Number(name), operation.op === "add" ? 0 : 1, ...(isRemoval ? [] : [value]));
    } else if (operation.op === "remove") {
      delete holder[name];
    } else {
      const shown = { writable: true, enumerable: true, configurable: true };
      Object.defineProperty(holder, name, { ...shown, value });
    }
  }
  return root[""];
}

/** Parts that say the same and are the same object before must be it afterwards. */
function expectKept(before: unknown, after: unknown, touched: readonly string[], path = ""): void {
  const isTouched = touched.some((at) => at.startsWith(path) || path.startsWith(at));
  if (!isTouched) {
    expect(after).toBe(before);
    return;
  }
  if (isObject(before) && isObject(after)) {
    for (const name of Object.keys(before).filter((name) => Object.hasOwn(after, name))) {
      const part = name.replaceAll("~", "~0").replaceAll("/", "~1");
      expectKept(before[name], after[name], touched, `${path}/${part}`);
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

describe("A patch", () => {
  it("turns one state into the other, whatever they are, and leaves both as they were", () => {
    fc.assert(
      fc.property(record, record, (before, after) => {
        const [was, will] = [copy(before), copy(after)];

        const operations = diff(before, after);

        expect(applyPatch(before, operations)).toEqual(will);
        expect(naive(before, operations)).toEqual(will);
        expect([before, after]).toEqual([was, will]);
      }),
      { numRuns: 500 },
    );
  });

  it("leaves everything that does not lie on its paths the same object", () => {
    fc.assert(
      fc.property(record, record, (before, after) => {
        const operations = diff(before, after);

        const patched = applyPatch(before, operations);

        expectKept(
          before,
          patched,
          operations.map(({ path }) => path),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("of a draft that was changed is what the same changes make of a plain copy", () => {
    const step = fc.record({
      kind: fc.constantFrom("set", "delete", "push", "unshift", "splice", "sort", "move"),
      name: member,
      index: fc.nat(4),
      value: json,
    });
    type Step = typeof step extends fc.Arbitrary<infer E> ? E : never;
    const change = (state: Record<string, unknown>, steps: Step[]) => {
      for (const { kind, name, index, value } of steps) {
        const members = Object.keys(state);
        const at = members[index % Math.max(1, members.length)] ?? "a";
        const target = state[at];
        if (Array.isArray(target) && kind !== "set") {
          changeList(target, kind, index, copy(value));
        } else if (isObject(target) && kind === "set") {
          put(target, name, copy(value));
        } else if (kind === "delete") {
          delete state[at];
        } else if (kind === "move" && name !== at && !isObject(state[at])) {
          put(state, name, state[at] ?? null);
          delete state[at];
        } else {
          put(state, name, copy(value));
        }
      }
    };
    fc.assert(
      fc.property(record, fc.array(step, { maxLength: 8 }), (state, steps) => {
        const was = copy(state);
        const plain = copy(state);
        change(plain, steps);

        const next = produce(state, (draft) => change(draft, steps));

        expect(next).toEqual(plain);
        expect(state).toEqual(was);
        expect(applyPatch(state, diff(state, next))).toEqual(plain);
      }),
      { numRuns: 500 },
    );
  });
});

function put(target: Record<string, unknown>, name: string, value: unknown): void {
  const shown = { writable: true, enumerable: true, configurable: true };
  Object.defineProperty(target, name, { ...shown, value });
}

function changeList(list: unknown[], kind: string, index: number, value: unknown): void {
  if (kind === "push" || kind === "delete") {
    list.push(value);
  } else if (kind === "unshift") {
    list.unshift(value);
  } else if (kind === "splice") {
    const [gone] = list.splice(index % (list.length + 1), 1, value);
    list.push(gone ?? null);
  } else if (kind === "sort") {
    list.reverse();
  } else {
    const first = list[0];
    if (isObject(first)) {
      put(first, "a", value);
    }
  }
}
