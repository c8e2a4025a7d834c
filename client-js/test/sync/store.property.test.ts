import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { connectedNotes, type Notes } from "../support/sync-fixture.js";
import type { Dealing } from "../support/sync-server.js";

const at = fc.nat(5);
const word = fc.constantFrom("x", "y", "z");
const edit = fc.oneof(
  fc.record({ type: fc.constant("title" as const), word }),
  fc.record({ type: fc.constant("insert" as const), at, word }),
  fc.record({ type: fc.constant("remove" as const), at }),
  fc.record({ type: fc.constant("write" as const), at, word }),
  fc.record({ type: fc.constant("swap" as const), at }),
);
type Edit = typeof edit extends fc.Arbitrary<infer E> ? E : never;
const happening = fc.oneof(
  { weight: 4, arbitrary: fc.record({ who: fc.constantFrom("client", "server"), edit }) },
  { weight: 6, arbitrary: fc.constantFrom("up", "down", "flush") },
  { weight: 1, arbitrary: fc.constantFrom("action", "cut") },
);

function change(state: Notes, edit: Edit): void {
  const { notes } = state;
  if (edit.type === "title") {
    state.title += edit.word;
  } else if (edit.type === "insert") {
    notes.splice(edit.at % (notes.length + 1), 0, { text: edit.word, done: false });
  } else if (notes.length > 0) {
    const index = edit.at % notes.length;
    const [note] = edit.type === "write" ? [notes[index]] : notes.splice(index, 1);
    if (edit.type === "write" && note) {
      note.text += edit.word;
    } else if (edit.type === "swap" && note) {
      notes.unshift(note);
    }
  }
}

describe.each<Dealing>(["plain", "rebase", "conflict"])("Edits of both sides (%s)", (dealing) => {
  it("end equal once the server has answered, and actions are done once, in order", () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => {
        const { server, session, store } = connectedNotes(dealing);
        let actions = 0;
        for (const what of happenings) {
          if (typeof what === "object" && what.who === "client") {
            store.edit((draft) => change(draft, what.edit));
          } else if (typeof what === "object") {
            const next: Notes = JSON.parse(JSON.stringify(server.state));
            change(next, what.edit);
            server.change(next);
          } else if (what === "flush") {
            store.flush();
          } else if (what === "action") {
            store.sendAction({ type: "count", n: actions++ });
          } else if (what === "cut") {
            server.socket.cut();
            session.connect();
          } else if (what === "up") {
            server.socket.moveUp();
          } else {
            server.socket.moveDown();
          }
        }

        store.flush();
        server.socket.settle();

        expect(store.getSnapshot()).toEqual(server.state);
        expect(store.isSynced).toBe(true);
        expect(server.done.map(({ data }) => data.n)).toEqual([...Array(actions).keys()]);
      }),
      { numRuns: 400 },
    );
  });
});

describe("A store", () => {
  it("always shows the server's state, and keeps what did not change the same objects", () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 15 }), (edits) => {
        const { server, store } = connectedNotes();
        for (const one of edits) {
          const before = store.getSnapshot();
          const next: Notes = JSON.parse(JSON.stringify(server.state));
          change(next, one);

          server.change(next);
          server.socket.settle();

          const after = store.getSnapshot();
          expect(after).toEqual(next);
          if (one.type === "title") {
            expect(after.notes).toBe(before.notes);
          } else if (one.type === "write" && before.notes.length > 0) {
            const index = one.at % before.notes.length;
            const changed = before.notes.map((note, i) => note !== after.notes[i]);
            expect(changed).toEqual(before.notes.map((_, i) => i === index));
          }
        }
      }),
    );
  });
});
