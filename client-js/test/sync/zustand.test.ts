// @vitest-environment happy-dom
import { act, createElement } from "react";
import { createRoot } from "react-dom/client";
import { describe, expect, it, vi } from "vitest";
import { create } from "zustand";
import { createStore } from "zustand/vanilla";
import { Session } from "../../src/sync/index.js";
import { synced } from "../../src/sync/zustand.js";
import { ManualClock } from "../support/manual-clock.js";
import { THREE } from "../support/sync-fixture.js";
import { SyncServer } from "../support/sync-server.js";

interface Store {
  title: string;
  notes: { text: string; done: boolean }[];
  filter: string;
  rename(title: string): void;
  beep(args: { times: number }): void;
}

function connected() {
  const server = new SyncServer("NOTES", THREE);
  const clock = new ManualClock();
  const session = new Session({ url: "ws://server/ws", socketClass: server.Socket, clock });
  const beeps: unknown[] = [];
  const store = createStore<Store>()(
    synced(
      (set, _get, api) => ({
        title: "",
        notes: [],
        filter: "all",
        rename: (title) => {
          set({ title });
          api.sync();
        },
        beep: (args) => void beeps.push(args),
        ...api.sync.createDelegators()({ save: "saveAll" }),
      }),
      { key: "NOTES", session, syncAttributes: ["title", "notes"] },
    ),
  );
  session.connect();
  server.socket.settle();
  return { server, clock, session, store, beeps };
}

describe("A synced zustand store", () => {
  it("has the server's state merged into it", () => {
    const { server, store } = connected();
    const { notes } = store.getState();
    expect(store.getState()).toMatchObject({ ...THREE, filter: "all" });

    server.change({ ...THREE, title: "theirs" });
    server.socket.settle();

    expect(store.getState().title).toBe("theirs");
    expect(store.getState().notes).toBe(notes);
  });

  it("records what setState changes, and sends it with sync", () => {
    const { server, store } = connected();

    store.setState({ title: "ours", filter: "done" });
    store.setState((draft) => {
      draft.notes.shift();
    });
    store.setState((state) => ({ title: `${state.title}!` }));
    server.socket.settle();
    expect(store.getState()).toMatchObject({ title: "ours!", filter: "done" });
    expect(server.types()).toEqual([]);
    store.sync();
    server.socket.settle();

    expect(server.received).toMatchObject([
      {
        type: "_PATCH:NOTES",
        data: [
          { op: "replace", path: "/title", value: "ours" },
          { op: "remove", path: "/notes/0" },
          { op: "replace", path: "/title", value: "ours!" },
        ],
      },
    ]);
    expect(server.state).toEqual({ title: "ours!", notes: THREE.notes.slice(1) });
  });

  it("syncs from its own functions, later if it is to", () => {
    const { server, store, clock } = connected();

    store.getState().rename("own");
    store.setState({ title: "later" });
    store.sync({ debounceMs: 50 });
    server.socket.settle();
    expect(server.types()).toEqual(["_PATCH:NOTES"]);
    clock.advance(50);
    server.socket.settle();

    expect(server.types()).toEqual(["_PATCH:NOTES"]);
    expect(store.sync.obj.lastSyncTime).toBe(50);
  });

  it("calls the server's actions and tasks by names of its own", () => {
    const { server, store } = connected();
    const { save } = store.sync.createDelegators()({ save: "saveAll" });
    const { load } = store.sync.createTaskDelegators()({ load: "importAll" });

    save({ now: true });
    save();
    load.start({ from: "x" });
    load.cancel();
    server.socket.settle();

    expect(server.received).toMatchObject([
      { type: "_ACTION:NOTES", data: { type: "saveAll", now: true } },
      { type: "_ACTION:NOTES", data: { type: "saveAll" } },
      { type: "_TASK_START:NOTES", data: { type: "importAll", from: "x" } },
      { type: "_TASK_CANCEL:NOTES", data: { type: "importAll" } },
    ]);
  });

  it("is called by the server: what it exposes first, then functions of the store", () => {
    const { server, store, beeps } = connected();
    const exposed = vi.fn();
    const call = { type: "_ACTION:NOTES", data: { type: "beep", times: 2 } };

    server.socket.toClient(call);
    server.socket.settle();
    const hide = store.sync.registerExposedActions({ beep: exposed });
    expect(() => store.sync.registerExposedActions({ beep: exposed })).toThrow(/exposed already/);
    server.socket.toClient(call);
    server.socket.settle();
    hide();

    expect(beeps).toEqual([{ times: 2 }]);
    expect(exposed.mock.calls).toEqual([[{ times: 2 }]]);
  });

  it("leaves the session when it is cleaned up", () => {
    const { session, store } = connected();

    store.sync.cleanup();

    expect(() => session.registerEvent("_SET:NOTES", () => {})).not.toThrow();
  });

  it("tells components whether edits wait, and takes their exposed actions while mounted", () => {
    vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
    const server = new SyncServer("NOTES", THREE);
    const session = new Session({ url: "ws://server/ws", socketClass: server.Socket });
    const useNotes = create<{ title: string }>()(
      synced(() => ({ title: "" }), { key: "NOTES", session, syncAttributes: ["title"] }),
    );
    session.connect();
    server.socket.settle();
    const flash = vi.fn();
    const exposed = { flash };
    const seen: [string, boolean][] = [];
    const Page = () => {
      seen.push([useNotes((state) => state.title), useNotes.sync.useIsSynced()]);
      useNotes.sync.useExposedActions(exposed);
      return null;
    };
    const root = createRoot(document.createElement("div"));
    act(() => root.render(createElement(Page)));

    act(() => useNotes.setState({ title: "ours" }));
    act(() => useNotes.sync());
    server.socket.toClient({ type: "_ACTION:NOTES", data: { type: "flash" } });
    act(() => server.socket.settle());
    act(() => root.unmount());

    expect(seen).toEqual([
      ["Mine", true],
      ["ours", false],
      ["ours", true],
    ]);
    expect(flash).toHaveBeenCalledTimes(1);
    expect(() => useNotes.sync.registerExposedActions(exposed)).not.toThrow();
    session.disconnect();
    vi.unstubAllGlobals();
  });
});
