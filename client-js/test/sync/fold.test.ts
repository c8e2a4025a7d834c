import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { folded } from "../../src/sync/fold.js";
import { applyPatch, diff, type Operation, produce, type Shift } from "../../src/sync/index.js";
import { rebase } from "../../src/sync/rebase.js";
import { connectedNotes } from "../support/sync-fixture.js";

interface Node {
  readonly key: string;
  text: string;
  children: Node[];
}

const START: { title: string; nodes: Node[] } = {
  title: "t",
  nodes: ["a", "b", "c"].map((key) => ({
    key,
    text: key,
    children: [{ key: `${key}1`, text: "", children: [] }],
  })),
};

const edit = fc.record({
  type: fc.constantFrom("insert", "remove", "write", "write", "title"),
  at: fc.nat(5),
  below: fc.option(fc.nat(2)),
  key: fc.uuid(),
});
type Edit = typeof edit extends fc.Arbitrary<infer E> ? E : never;

function change(state: typeof START, { type, at, below, key }: Edit): void {
  const top = state.nodes;
  const list = below === null ? top : (top[below % Math.max(1, top.length)]?.children ?? top);
  const node = list[at % Math.max(1, list.length)];
  if (type === "title") {
    state.title = key;
  } else if (type === "insert") {
    list.splice(at % (list.length + 1), 0, { key, text: "", children: [] });
  } else if (type === "write" && node) {
    node.text = key;
  } else if (node) {
    list.splice(list.indexOf(node), 1);
  }
}

/** What somebody does, as it is recorded, and what becomes of the state. */
function recorded(edits: readonly Edit[]): Operation[] {
  let state = START;
  return edits.flatMap((each) => {
    const before = state;
    state = produce(state, (draft) => change(draft, each));
    return diff(before, state);
  });
}

describe("Recorded operations that are folded", () => {
  it("do the same, also to a state that others have changed, and to their changes", () => {
    const edits = fc.array(edit, { maxLength: 20, size: "max" });
    fc.assert(
      fc.property(edits, edits, (mine, theirs) => {
        const operations = recorded(mine);
        const shifts: Shift[] = [];
        const theirState = applyPatch(START, recorded(theirs), shifts);

        const fewer = folded(operations);

        expect(fewer.length).toBeLessThanOrEqual(operations.length);
        expect(applyPatch(START, fewer)).toEqual(applyPatch(START, operations));
        expect(applyPatch(theirState, rebase(fewer, shifts).operations)).toEqual(
          applyPatch(theirState, rebase(operations, shifts).operations),
        );
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, Operation[], Operation[]]>([
    [
      "without what is written over",
      [
        { op: "replace", path: "/a/b", value: 1 },
        { op: "replace", path: "/c", value: 2 },
        { op: "replace", path: "/a/b", value: 3 },
        { op: "replace", path: "/a", value: {} },
      ],
      [
        { op: "replace", path: "/c", value: 2 },
        { op: "replace", path: "/a", value: {} },
      ],
    ],
    [
      "without what is written to something that is removed",
      [
        { op: "replace", path: "/l/1/a", value: 1 },
        { op: "remove", path: "/l/1" },
      ],
      [{ op: "remove", path: "/l/1" }],
    ],
    [
      "with what is written to something new as a part of that",
      [
        { op: "add", path: "/l/1", value: { a: 0, m: [] } },
        { op: "replace", path: "/l/1/a", value: 1 },
        { op: "add", path: "/l/1/m/0", value: "x" },
      ],
      [{ op: "add", path: "/l/1", value: { a: 1, m: ["x"] } }],
    ],
    [
      "without what comes and goes, so that what is dragged along is moved once",
      [
        { op: "remove", path: "/l/0" },
        { op: "add", path: "/l/1", value: "x" },
        { op: "remove", path: "/l/1" },
        { op: "add", path: "/l/2", value: "x" },
      ],
      [
        { op: "remove", path: "/l/0" },
        { op: "add", path: "/l/2", value: "x" },
      ],
    ],
    [
      "with what is written to one place, but to two elements",
      [
        { op: "replace", path: "/l/0", value: "x" },
        { op: "add", path: "/l/0", value: "y" },
        { op: "replace", path: "/l/1", value: "z" },
      ],
      [
        { op: "replace", path: "/l/0", value: "x" },
        { op: "add", path: "/l/0", value: "y" },
        { op: "replace", path: "/l/1", value: "z" },
      ],
    ],
    [
      "with what only looks as if it were in the same",
      [
        { op: "replace", path: "/ab", value: 1 },
        { op: "replace", path: "/a", value: 2 },
        { op: "add", path: "/l/1", value: {} },
        { op: "replace", path: "/l/10", value: 3 },
        { op: "add", path: "/l/1", value: {} },
      ],
      [
        { op: "replace", path: "/ab", value: 1 },
        { op: "replace", path: "/a", value: 2 },
        { op: "add", path: "/l/1", value: {} },
        { op: "replace", path: "/l/10", value: 3 },
        { op: "add", path: "/l/1", value: {} },
      ],
    ],
  ])("are sent %s", (_, operations, expected) => {
    expect(folded(operations)).toEqual(expected);
  });
});

describe("An edit of an element", () => {
  it("that is made among many insertions is not sent as its removal and addition", () => {
    const { server, store } = connectedNotes("rebase");
    store.edit(({ notes }) => {
      for (const note of notes.slice(1, 2)) {
        note.text = "mine";
      }
    });
    for (const text of ["1", "2", "3", "4", "5"]) {
      store.edit(({ notes }) => void notes.splice(1, 0, { text, done: false }));
    }
    const { notes: [a, , c] = [] } = server.state as ReturnType<typeof store.getSnapshot>;
    server.change({ ...server.state, notes: [a, c] });
    store.flush();
    server.socket.settle();

    const texts = store.getSnapshot().notes.map(({ text }) => text);
    expect(texts).toEqual(["a", "5", "4", "3", "2", "1", "c"]);
    expect(server.state).toEqual(store.getSnapshot());
  });
});

describe("What turns one list into the other", () => {
  const keyed = (...keys: string[]) => keys.map((key) => ({ key, a: 0, b: 0 }));

  it("edits an element that has a key, among others that come", () => {
    const [x] = keyed("x");

    const operations = diff([x], [...keyed("new"), { ...x, a: 1 }]);

    expect(operations).toEqual([
      { op: "add", path: "/0", value: { key: "new", a: 0, b: 0 } },
      { op: "replace", path: "/1/a", value: 1 },
    ]);
  });

  it("leaves the list what it is, however much is changed in its elements, and whatever their order", () => {
    const before = keyed("x", "y", "z", "u");

    const operations = [
      ...diff(
        before,
        before.map((element) => ({ ...element, a: 1, b: 1 })),
      ),
      ...diff(before, before.slice().reverse()),
    ];

    expect(operations.filter(({ path }) => path === "")).toEqual([]);
  });

  it("replaces it if no element stays", () => {
    const after = keyed("u", "v", "w");

    expect(diff(keyed("x", "y", "z"), after)).toEqual([{ op: "replace", path: "", value: after }]);
  });
});
