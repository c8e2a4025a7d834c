import { describe, expect, it, vi } from "vitest";
import { SyncedStore } from "../../src/sync/index.js";
import { connectedNotes, EMPTY, notes, THREE } from "../support/sync-fixture.js";

describe("A synced store", () => {
  it("shows what it was made with until the server's state comes", () => {
    const { server, session, store } = notes();
    const listener = vi.fn();
    store.subscribe(listener);
    expect(store.getSnapshot()).toBe(EMPTY);

    session.connect();
    server.socket.settle();

    expect(store.getSnapshot()).toEqual(THREE);
    expect(listener).toHaveBeenCalledTimes(1);
    expect(server.received).toEqual([]);
  });

  it("keeps everything that a patch does not touch, and what a new state says again", () => {
    const { server, store } = connectedNotes();
    const before = store.getSnapshot();

    const notes = THREE.notes.map((note, i) => (i === 1 ? { ...note, done: true } : note));
    server.change({ ...THREE, notes });
    server.socket.settle();
    const after = store.getSnapshot();
    server.socket.toClient(server.whole());
    server.socket.settle();

    expect(after.notes[1]).toEqual({ text: "b", done: true });
    expect(after.notes[0]).toBe(before.notes[0]);
    expect(after.notes[2]).toBe(before.notes[2]);
    expect(before.notes[1]?.done).toBe(false);
    expect(store.getSnapshot()).toBe(after);
  });

  it("finds members whose names have slashes and tildes in them, both ways", () => {
    const { server, session } = connectedNotes();
    const store = new SyncedStore(session, "PATHS", { map: {} as Record<string, number> });
    store.attach();
    server.socket.toClient({ type: "_SET:PATHS", data: { map: { "a/b": 1, "~1": 2 } } });
    const operations = [{ op: "replace", path: "/map/~01", value: 3 }];
    server.socket.toClient({ type: "_PATCH:PATHS", data: operations });
    server.socket.settle();
    expect(store.getSnapshot()).toEqual({ map: { "a/b": 1, "~1": 3 } });

    store.edit(({ map }) => {
      map["a/b"] = 9;
      map["~1"] = 8;
    });
    store.flush();
    server.socket.settle();

    expect(server.received.at(-1)).toMatchObject({
      data: [
        { op: "replace", path: "/map/a~1b", value: 9 },
        { op: "replace", path: "/map/~01", value: 8 },
      ],
    });
  });

  it("shows edits at once and sends them as one patch, based on the server's revision", () => {
    const { server, store } = connectedNotes();
    store.edit((draft) => {
      draft.title = "Ours";
    });
    store.edit((draft) => {
      draft.notes.unshift({ text: "new", done: false });
    });
    expect(store.getSnapshot().title).toBe("Ours");
    expect(store.isSynced).toBe(false);
    server.socket.settle();
    expect(server.received).toEqual([]);

    store.flush();
    expect(store.isSynced).toBe(true);
    server.socket.settle();

    expect(server.received).toEqual([
      {
        type: "_PATCH:NOTES",
        data: [
          { op: "replace", path: "/title", value: "Ours" },
          { op: "add", path: "/notes/0", value: { text: "new", done: false } },
        ],
        v: 1,
        id: expect.any(String),
      },
    ]);
    expect(server.state).toEqual(store.getSnapshot());
  });

  it("sends from five recorded operations on as few as do the same", () => {
    const { server, store } = connectedNotes();

    for (const letter of "abcde") {
      store.assign({ title: letter });
    }
    store.flush();
    server.socket.settle();

    expect(server.received).toMatchObject([
      { data: [{ op: "replace", path: "/title", value: "e" }] },
    ]);
  });

  it("sends them as they are where more are allowed", () => {
    const { server, store } = connectedNotes();
    store.compressThreshold = 6;

    for (const letter of "abcde") {
      store.assign({ title: letter });
    }
    store.flush();
    server.socket.settle();

    expect(server.received).toMatchObject([{ data: { length: 5 } }]);
  });

  it("keeps elements that a new state says again, wherever they are in their list now", () => {
    const { server, store } = connectedNotes();
    const [a, b, c] = store.getSnapshot().notes;
    const say = (text: string) => ({ text, done: false });

    server.state = { title: "new", notes: [say("x"), say("b"), say("y"), say("a"), say("z")] };
    server.socket.toClient(server.whole());
    server.socket.settle();

    const { notes } = store.getSnapshot();
    expect(notes.map(({ text }) => text)).toEqual(["x", "b", "y", "a", "z"]);
    expect(notes[1]).toBe(b);
    expect(notes[3]).toBe(a);
    expect(notes).not.toContain(c);
  });

  it("sends edits before actions, tasks and binary data", () => {
    const { server, store } = connectedNotes();
    const bytes = new Uint8Array([1]).buffer;
    const edit = () => store.assign({ title: `${store.getSnapshot().title}!` });

    edit();
    store.sendAction({ type: "a", n: 1 });
    edit();
    store.startTask({ type: "t" });
    store.cancelTask({ type: "t" });
    edit();
    store.sendBinary({ type: "b", name: "x" }, bytes);
    server.socket.settle();

    expect(server.received).toMatchObject([
      { type: "_PATCH:NOTES" },
      { type: "_ACTION:NOTES", data: { type: "a", n: 1 } },
      { type: "_PATCH:NOTES" },
      { type: "_TASK_START:NOTES", data: { type: "t" } },
      { type: "_TASK_CANCEL:NOTES", data: { type: "t" } },
      { type: "_PATCH:NOTES" },
      { type: "_BIN_META", data: { type: "_ACTION:NOTES", metadata: { type: "b", name: "x" } } },
      bytes,
    ]);
  });

  it("keeps edits and actions made without a connection, and sends them once after the state", () => {
    const { server, store, clock } = connectedNotes();
    server.socket.cut();
    store.assign({ title: "offline" });
    store.flush();
    store.sendAction({ type: "a" });
    store.assign({ title: "later" });
    store.sync();
    expect(store.isSynced).toBe(false);

    clock.advance(250);
    server.socket.settle();
    server.socket.cut();
    clock.advance(250);
    server.socket.settle();

    expect(store.getSnapshot()).toEqual({ ...THREE, title: "later" });
    expect(server.state).toEqual({ ...THREE, title: "later" });
    const sent = server.types().filter((type) => type !== "_GET:NOTES");
    expect(sent).toEqual(["_PATCH:NOTES", "_ACTION:NOTES", "_PATCH:NOTES"]);
  });

  it("sends again, with the same id, what had no answer when the connection was lost", () => {
    const { server, store, clock } = connectedNotes();
    store.edit((draft) => {
      draft.notes.push({ text: "once", done: false });
    });
    store.sendAction({ type: "a" });
    server.socket.moveUp();
    server.socket.moveUp();
    server.socket.cut();

    clock.advance(250);
    server.socket.settle();

    expect(server.done).toHaveLength(1);
    expect(server.state).toMatchObject({ notes: { length: 4 } });
    expect(store.getSnapshot()).toEqual(server.state);
  });

  it("does not put later edits into a patch that the server may have already", () => {
    const { server, store, clock } = connectedNotes();
    store.assign({ title: "first" });
    store.flush();
    server.socket.moveUp();
    server.socket.cut();
    store.assign({ title: "second" });
    store.flush();

    clock.advance(250);
    server.socket.settle();

    expect(server.state).toMatchObject({ title: "second" });
    expect(store.getSnapshot()).toEqual(server.state);
  });

  it("refuses actions when too many wait, and says so", () => {
    const { store } = notes("plain", { maxQueuedCalls: 2 });
    store.sendAction({ type: "a" });
    store.sendAction({ type: "a" });

    expect(() => store.sendAction({ type: "a" })).toThrow(/2 messages already wait/);
  });

  it("asks for the state when a patch does not fit, and shows that", () => {
    const { server, store, reports } = connectedNotes();
    const operations = [{ op: "remove", path: "/notes/7" }];

    server.socket.toClient({ type: "_PATCH:NOTES", data: operations });
    server.socket.settle();

    expect(server.types()).toEqual(["_GET:NOTES"]);
    expect(reports[0]).toContain("remove /notes/7 (expected: an index into 3 elements)");
    expect(store.getSnapshot()).toEqual(THREE);
    store.assign({ title: "goes on" });
    store.flush();
    server.socket.settle();
    expect(server.state).toEqual({ ...THREE, title: "goes on" });
  });

  it("takes back an edit that the server refuses", () => {
    const { server, session, store } = connectedNotes("conflict");
    const errors: string[] = [];
    session.errorReceived.add(({ code }) => errors.push(code));
    server.change({ ...THREE, title: "theirs" });
    store.assign({ title: "ours" });
    store.flush();
    server.socket.moveUp();

    server.socket.settle();

    expect(errors).toEqual(["conflict"]);
    expect(store.getSnapshot()).toEqual({ ...THREE, title: "theirs" });
  });

  it("works with a server that knows neither revisions nor answers", () => {
    const { server, store } = connectedNotes("original");

    store.assign({ title: "ours" });
    store.sendAction({ type: "a" });
    server.socket.settle();
    server.change({ ...server.state, notes: [] });
    server.socket.settle();

    expect(server.received).toEqual([
      { type: "_PATCH:NOTES", data: [{ op: "replace", path: "/title", value: "ours" }] },
      { type: "_ACTION:NOTES", data: { type: "a" } },
    ]);
    expect(store.getSnapshot()).toEqual({ title: "ours", notes: [] });
  });

  it("waits for silence before it syncs, but no longer than it may", () => {
    const { server, store, clock } = connectedNotes();
    const type = (letter: string) => {
      store.assign({ title: letter });
      store.sync({ debounceMs: 100, maxWaitMs: 250 });
      server.socket.settle();
    };

    for (const letter of "abc") {
      type(letter);
      clock.advance(80);
    }
    server.socket.settle();
    expect(server.types()).toEqual([]);
    clock.advance(10);
    server.socket.settle();

    expect(server.types()).toEqual(["_PATCH:NOTES"]);
    expect(store.lastSyncTime).toBe(250);
    expect(clock.running).toBe(0);
  });

  it("shows local values until the server changes the member, and never sends them", () => {
    const { server, store } = connectedNotes();

    store.setLocal("title", "typing");
    store.edit((draft) => void draft.notes.pop());
    store.flush();
    server.socket.settle();
    expect(store.getSnapshot().title).toBe("typing");
    expect(server.state).toMatchObject({ title: "Mine" });
    server.change({ ...server.state, title: "theirs" });
    server.socket.settle();

    expect(store.getSnapshot().title).toBe("theirs");
  });

  it("syncs only the members it is told to; the others stay in the page", () => {
    const { server, session } = connectedNotes();
    const initial = { a: 1, draft: "x" };
    const store = new SyncedStore(session, "PART", initial, { syncAttributes: ["a"] });
    store.attach();
    server.socket.toClient({ type: "_SET:PART", data: { a: 2, draft: "theirs" } });
    const operations = [{ op: "replace", path: "/draft", value: "theirs" }];
    server.socket.toClient({ type: "_PATCH:PART", data: operations });
    server.socket.toClient({ type: "_GET:PART" });
    server.socket.settle();
    expect(store.getSnapshot()).toEqual({ a: 2, draft: "x" });

    store.assign({ a: 3, draft: "y" });
    store.flush();
    server.socket.settle();

    expect(store.getSnapshot()).toEqual({ a: 3, draft: "y" });
    const [, answer, patch] = server.received;
    expect(answer).toEqual({ type: "_SET:PART", data: { a: 2 } });
    expect(patch).toMatchObject({ data: [{ op: "replace", path: "/a", value: 3 }] });
  });

  it("fetches the state, or sends it, and forgets unsent edits then", () => {
    const { server, store } = connectedNotes();

    store.assign({ title: "forgotten" });
    store.fetchRemoteState();
    server.socket.settle();
    expect(store.getSnapshot()).toEqual(THREE);
    store.assign({ title: "forgotten" });
    store.sendState({ notes: [] });
    server.socket.settle();

    expect(store.getSnapshot()).toEqual({ title: "Mine", notes: [] });
    expect(server.received).toMatchObject([
      { type: "_GET:NOTES" },
      { type: "_SET:NOTES", data: { notes: [] } },
    ]);
  });

  it("lets the server call what the page exposes", () => {
    const { server, store, reports } = connectedNotes();
    const beep = vi.fn();
    const hide = store.registerExposedActions({ beep });
    expect(() => store.registerExposedActions({ beep })).toThrow(
      "beep of NOTES is exposed already",
    );
    const call = { type: "_ACTION:NOTES", data: { type: "beep", times: 2 } };

    server.socket.toClient(call);
    server.socket.settle();
    hide();
    server.socket.toClient(call);
    server.socket.settle();

    expect(beep.mock.calls).toEqual([[{ times: 2 }]]);
    expect(reports[0]).toContain("beep (expected: an action that the page exposes)");
  });

  it("that is attached late asks for the state; one that is detached hears nothing", () => {
    const { server, session, store } = connectedNotes();
    expect(() => store.attach()).toThrow("_SET:NOTES has a handler already");
    const other = new SyncedStore(session, "NOTES", EMPTY, { override: true });

    const detach = other.attach();
    server.socket.settle();
    expect(other.getSnapshot()).toEqual(THREE);
    detach();
    server.change({ title: "unheard", notes: [] });
    server.socket.settle();

    expect(other.getSnapshot()).toEqual(THREE);
  });

  it("sends its state with each connection if it is to", () => {
    const { server, session } = notes();
    const settings = { title: "dark" };
    new SyncedStore(session, "SETTINGS", settings, { sendOnInit: true }).attach();

    session.connect();
    server.socket.settle();

    expect(server.received).toMatchObject([{ type: "_SET:SETTINGS", data: settings }]);
  });

  it("takes no state that JSON cannot say", () => {
    const { store } = connectedNotes();
    const nothing = undefined as unknown as string;

    expect(() => store.assign({ title: nothing })).toThrow("title: undefined (expected: JSON");
    expect(store.getSnapshot()).toEqual(THREE);
  });
});
