import { describe, expect, it } from "vitest";
import { SyncedStore } from "../../src/sync/index.js";
import { connectedNotes, type Notes, notes, THREE } from "../support/sync-fixture.js";

const NEW = { text: "new", done: false };

/** What a store shows, each time its listeners are told. */
function shown(store: SyncedStore<Notes>): string[] {
  const states: string[] = [];
  store.subscribe(() => {
    const { title, notes } = store.getSnapshot();
    states.push(`${title}: ${notes.map(({ text }) => text).join(" ")}`);
  });
  return states;
}

function insertFirst(store: SyncedStore<Notes>, note = NEW): void {
  store.edit((draft) => void draft.notes.unshift(note));
}

describe("A write that the server has taken", () => {
  it("and acknowledges with the patch that has it in is shown once, in one step", () => {
    const { server, store } = connectedNotes();
    server.acknowledgesByPatch = () => true;
    const states = shown(store);

    insertFirst(store);
    store.flush();
    server.change({ ...THREE, title: "theirs" });
    server.socket.settle();

    expect(states).toEqual(["Mine: new a b c", "Mine: new a b c", "theirs: new a b c"]);
    expect(store.getSnapshot()).toEqual(server.state);
    store.assign({ title: "next" });
    store.flush();
    server.socket.settle();
    expect(server.received.at(-1)).toMatchObject({ v: 3 });
  });

  it("and acknowledges with a whole state is shown once, too", () => {
    const { server, store } = connectedNotes();
    insertFirst(store);
    store.flush();
    const states = shown(store);
    server.socket.isSlow = true;
    while (server.socket.moveUp()) {
      // it takes the write, and says nothing yet
    }

    const ack = server.socket.acks.splice(0);
    server.socket.toClient({ ...server.whole(), ack });
    server.socket.settle();

    expect(ack).toHaveLength(1);
    expect(states).toEqual([]);
    expect(store.getSnapshot()).toEqual(server.state);
  });

  it("but corrected is corrected in one step, and edits that wait stay with their element", () => {
    const { server, store } = connectedNotes("rebase");
    insertFirst(store);
    store.flush();
    store.edit((draft) => {
      if (draft.notes[0]) {
        draft.notes[0].done = true;
      }
    });
    const states = shown(store);
    const [patch] = server.socket.takeUp();

    const added = [{ op: "add", path: "/notes/0", value: { text: "NEW", done: false } }];
    const others = [{ op: "add", path: "/notes/4", value: { text: "x", done: false } }];
    const ack = [JSON.parse(patch as string).id];
    server.socket.toClient({ type: "_PATCH:NOTES", data: [...added, ...others], v: 3, ack });
    server.socket.moveDown();

    expect(states).toEqual(["Mine: NEW a b c x"]);
    expect(store.getSnapshot().notes[0]).toEqual({ text: "NEW", done: true });
  });

  it("is not applied again when the patch before its answer has it in already", () => {
    const { server, store } = connectedNotes();
    insertFirst(store);
    store.flush();
    const [patch] = server.socket.takeUp();
    const { id } = JSON.parse(patch as string);

    server.socket.toClient({ type: "_PATCH:NOTES", data: [], v: 5 });
    server.socket.toClient({ type: "_ACK", data: { id, v: 4 } });
    server.socket.settle();

    expect(store.getSnapshot()).toEqual(THREE);
  });

  it("is what was sent, whatever it looked like meanwhile", () => {
    const { server, store } = connectedNotes();
    insertFirst(store);
    store.flush();
    const [patch] = server.socket.takeUp();
    const { id } = JSON.parse(patch as string);

    const data = [{ op: "add", path: "/notes/0", value: { text: "x", done: false } }];
    server.socket.toClient({ type: "_PATCH:NOTES", data, v: 2 });
    server.socket.toClient({ type: "_ACK", data: { id, v: 3 } });
    server.socket.settle();

    expect(store.getSnapshot().notes.map(({ text }) => text)).toEqual(["new", "x", "a", "b", "c"]);
  });
});

describe("A write that the server refuses", () => {
  it("is undone in one step with the state that follows", () => {
    const { server, session, store } = connectedNotes("conflict");
    insertFirst(store);
    store.flush();
    const states = shown(store);
    const errors: string[] = [];
    session.errorReceived.add(({ code }) => errors.push(code));
    server.socket.isSlow = true;
    server.change({ title: "theirs", notes: THREE.notes.slice(1) });

    server.socket.settle();

    expect(errors).toEqual(["conflict"]);
    expect(states).toEqual(["theirs: b c"]);
    expect(server.types().filter((type) => type === "_GET:NOTES")).toEqual([]);
  });

  it("takes no other edit to another element", () => {
    const { server, store } = connectedNotes();
    insertFirst(store);
    store.flush();
    store.edit((draft) => {
      if (draft.notes[2]) {
        draft.notes[2].text = "B";
      }
    });
    store.flush();
    const [patch] = server.socket.takeUp();
    const { id } = JSON.parse(patch as string);

    server.socket.toClient({ type: "_ERROR", data: { code: "invalid", message: "No", id } });
    server.socket.toClient(server.whole());
    server.socket.settle();

    expect(store.getSnapshot().notes.map(({ text }) => text)).toEqual(["a", "B", "c"]);
    expect(server.state).toEqual(store.getSnapshot());
  });

  it("is undone at once where there is no object that could follow", () => {
    const { server, store } = connectedNotes();
    store.assign({ title: "ours" });
    store.flush();
    const [patch] = server.socket.takeUp();
    const { id } = JSON.parse(patch as string);

    const error = { code: "unknown-event", message: "No such object", id };
    server.socket.toClient({ type: "_ERROR", data: error });
    server.socket.settle();

    expect(store.getSnapshot()).toEqual(THREE);
  });
});

describe("A write whose answer was lost with the connection", () => {
  it.each([true, false])("is not seen twice (the server has it: %s)", (arrived) => {
    const { server, store, clock } = connectedNotes();
    insertFirst(store);
    store.flush();
    const states = shown(store);
    if (arrived) {
      server.socket.moveUp();
    }
    server.socket.cut();
    server.change({ ...server.state, title: "theirs" });
    clock.advance(250);
    const [, ...others] = [server.socket.moveUp(), server.socket.moveDown()];
    expect(others).toEqual([true]);
    store.edit((draft) => void draft.notes.pop());

    server.socket.settle();

    expect(new Set(states)).toEqual(
      new Set(["Mine: new a b c", "Mine: new a b", "theirs: new a b"]),
    );
    store.flush();
    server.socket.settle();
    expect(server.state).toEqual(store.getSnapshot());
  });
});

describe("An edit that waits", () => {
  it("stays with its element when the server replaces the list, as it does with short ones", () => {
    const { server, store } = connectedNotes("plain");
    store.edit(({ notes }) => {
      for (const note of notes.slice(1, 2)) {
        note.done = true;
      }
    });

    server.socket.toClient({
      type: "_PATCH:NOTES",
      data: [{ op: "replace", path: "/notes", value: [NEW, ...THREE.notes] }],
      v: 2,
    });
    server.socket.settle();

    const done = store.getSnapshot().notes.filter((note) => note.done);
    expect(done.map(({ text }) => text)).toEqual(["b", "c"]);
  });
});

describe("A write that is sent again", () => {
  it("is sent for where its element is by then", () => {
    const { server, store, clock } = connectedNotes("plain");
    store.edit(({ notes }) => {
      for (const note of notes.slice(1, 2)) {
        note.text = "mine";
      }
    });
    store.flush();
    server.socket.cut();
    server.change({ ...server.state, notes: [NEW, ...THREE.notes] });
    clock.advance(250);

    server.socket.settle();

    const texts = store.getSnapshot().notes.map(({ text }) => text);
    expect(texts).toEqual(["new", "a", "mine", "c"]);
    expect(server.state).toEqual(store.getSnapshot());
  });
});

describe("Events that are not answered", () => {
  it("are fewer than the ids that the server remembers", () => {
    const { server, session, store } = connectedNotes("plain", { maxQueuedCalls: 5000 });
    const other = new SyncedStore(session, "OTHER", {});
    other.attach();
    server.socket.toClient({ type: "_SET:OTHER", data: {}, v: 1 });
    server.socket.settle();
    server.received.length = 0;
    for (let n = 0; n < 1500; n++) {
      store.sendAction({ type: "count", n });
    }
    other.sendAction({ type: "count", n: 1500 });
    while (server.socket.moveUp()) {
      // its answers stay on their way
    }
    expect(server.received).toHaveLength(1000);

    server.socket.settle();

    const actions = server.done.filter(({ type }) => type.startsWith("_ACTION"));
    expect(actions.map(({ data }) => data.n)).toEqual([...Array(1501).keys()]);
  });
});

describe("A state that the page gives with each connection", () => {
  it("is shown from then on, and never the server's", () => {
    const { server, session, store: first } = notes();
    const store = new SyncedStore<Notes>(
      session,
      "NOTES",
      { title: "ours", notes: [] },
      { sendOnInit: true, override: true },
    );
    store.attach();
    const states = shown(store);

    session.connect();
    server.socket.settle();
    store.assign({ title: "edited" });
    store.flush();
    server.socket.settle();

    expect(first).not.toBe(store);
    expect(new Set(states)).toEqual(new Set(["edited: "]));
    expect(server.state).toEqual({ title: "edited", notes: [] });
  });

  it("is so with a server that does not answer, too", () => {
    const { server, session } = notes("original");
    const initial = { title: "ours", notes: [] };
    const settings = { sendOnInit: true, override: true };
    const store = new SyncedStore<Notes>(session, "NOTES", initial, settings);
    store.attach();

    session.connect();
    server.socket.settle();
    store.assign({ title: "edited" });
    store.flush();
    server.socket.settle();

    expect(store.getSnapshot()).toEqual({ title: "edited", notes: [] });
    expect(server.state).toEqual(store.getSnapshot());
  });
});
