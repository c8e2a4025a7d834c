// @vitest-environment happy-dom
import { act, createContext, createElement, memo, type ReactNode, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Session } from "../../src/sync/index.js";
import {
  SessionProvider,
  type Synced,
  useIsConnected,
  useObserved,
  useRemoteToast,
  useSession,
  useSynced,
  useSyncedReducer,
} from "../../src/sync/react.js";
import { connectedNotes, EMPTY, type Notes, notes, THREE } from "../support/sync-fixture.js";
import { SyncServer } from "../support/sync-server.js";

const roots: { unmount(): void }[] = [];

beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
});

afterEach(() => {
  act(() => {
    for (const root of roots.splice(0)) {
      root.unmount();
    }
  });
  vi.unstubAllGlobals();
});

/** Shows a component, in strict mode: effects run, are undone and run again. */
function show(component: () => ReactNode): void {
  const root = createRoot(document.createElement("div"));
  roots.push(root);
  act(() => root.render(createElement(StrictMode, null, createElement(component))));
}

/** A session without any consumer of its object, connected. */
function pageWithoutStore() {
  const fixture = notes();
  for (const event of ["_SET", "_PATCH", "_GET", "_ACTION"]) {
    fixture.session.deregisterEvent(`${event}:NOTES`);
  }
  fixture.session.connect();
  act(() => fixture.server.socket.settle());
  const settle = () => act(() => fixture.server.socket.settle());
  return { ...fixture, settle };
}

/** The page of most tests: the object as `useSynced` gives it, each time it renders. */
function synced() {
  const page = pageWithoutStore();
  const renders: Synced<Notes>[] = [];
  show(() => {
    renders.push(useSynced<Notes>("NOTES", EMPTY, page.session));
    return null;
  });
  page.settle();
  page.server.received.length = 0;
  return { ...page, renders, now: () => renders.at(-1) as Synced<Notes> };
}

describe("useSynced", () => {
  it("shows the server's state, and renders with its changes alone", () => {
    const { server, renders, now, settle } = synced();
    expect(now()).toMatchObject(THREE);
    const before = now();
    const count = renders.length;

    act(() => server.socket.toClient(server.whole()));
    settle();
    expect(renders.length).toBe(count);
    act(() => server.change({ ...THREE, title: "theirs" }));
    settle();

    expect(now().title).toBe("theirs");
    expect(now().notes).toBe(before.notes);
    expect(now().syncTitle).toBe(before.syncTitle);
  });

  it("renders a component with a part of it when that part changes, and not otherwise", () => {
    const page = pageWithoutStore();
    const rendered: string[] = [];
    const Note = memo(({ note }: { note: Notes["notes"][number] }) => {
      rendered.push(note.text);
      return null;
    });
    show(() => {
      const { notes } = useSynced<Notes>("NOTES", EMPTY, page.session);
      return notes.map((note, i) => createElement(Note, { key: String(i), note }));
    });
    page.settle();
    rendered.length = 0;

    const notes = THREE.notes.map((note, i) => (i === 1 ? { ...note, text: "B" } : note));
    act(() => page.server.change({ title: "theirs", notes }));
    page.settle();
    act(() => page.server.socket.toClient(page.server.whole()));
    page.settle();

    expect(new Set(rendered)).toEqual(new Set(["B"]));
  });

  it("sets members here alone, or syncs them", () => {
    const { server, now, settle } = synced();

    act(() => now().setTitle("here"));
    settle();
    expect(now().title).toBe("here");
    expect(server.types()).toEqual([]);
    act(() => now().syncTitle("there"));
    settle();

    expect(now().title).toBe("there");
    expect(server.received).toMatchObject([
      { type: "_PATCH:NOTES", data: [{ op: "replace", path: "/title", value: "there" }] },
    ]);
  });

  it("calls actions, starts and cancels tasks, sends binary data, and whole states", () => {
    const { server, now, settle } = synced();

    act(() => {
      now().sendAction({ type: "rename", title: "x" });
      now().startTask({ type: "importAll" });
      now().cancelTask({ type: "importAll" });
      now().sendBinary({ type: "upload" }, new ArrayBuffer(1));
      now().sendState({ title: "whole" });
      now().fetchRemoteState();
    });
    settle();

    expect(server.types()).toEqual([
      "_ACTION:NOTES",
      "_TASK_START:NOTES",
      "_TASK_CANCEL:NOTES",
      "_BIN_META",
      "binary",
      "_SET:NOTES",
      "_GET:NOTES",
    ]);
  });

  it("leaves nothing behind when it is unmounted", () => {
    const { session } = synced();

    act(() => roots.splice(0)[0]?.unmount());

    expect(() => session.registerEvent("_SET:NOTES", () => {})).not.toThrow();
  });
});

describe("useObserved", () => {
  it("asks for the state and follows it", () => {
    const { session, server, settle } = pageWithoutStore();
    let state: Notes = EMPTY;
    show(() => {
      state = useObserved<Notes>("NOTES", EMPTY, session);
      return null;
    });

    settle();
    act(() => server.change({ ...THREE, title: "theirs" }));
    settle();

    expect(new Set(server.types())).toEqual(new Set(["_GET:NOTES"]));
    expect(state).toEqual({ ...THREE, title: "theirs" });
  });
});

describe("useSyncedReducer", () => {
  type Action = { readonly type: "add"; readonly text: string } | { readonly type: "clear" };

  function reduced() {
    const page = pageWithoutStore();
    let runs = 0;
    let current: [Notes, (action: Action) => void] = [EMPTY, () => {}];
    show(() => {
      current = useSyncedReducer<Notes, Action>(
        "NOTES",
        (draft, action, sync, delegate) => {
          runs++;
          if (action.type === "add") {
            sync();
            draft.notes.push({ text: action.text, done: false });
            delegate();
          } else {
            draft.notes = [];
          }
        },
        EMPTY,
        page.session,
      );
      return null;
    });
    page.settle();
    page.server.received.length = 0;
    return { ...page, state: () => current[0], dispatch: current[1], runs: () => runs };
  }

  it("loses no effect of dispatches in one batch, and runs the reducer once for each", () => {
    const { server, state, dispatch, runs, settle } = reduced();

    act(() => {
      dispatch({ type: "add", text: "d" });
      dispatch({ type: "add", text: "e" });
    });
    settle();

    expect(runs()).toBe(2);
    expect(state().notes.map(({ text }) => text)).toEqual(["a", "b", "c", "d", "e"]);
    expect(server.state).toEqual(state());
    expect(server.received).toMatchObject([
      { type: "_PATCH:NOTES", data: [{ op: "add", path: "/notes/3" }] },
      { type: "_ACTION:NOTES", data: { type: "add", text: "d" } },
      { type: "_PATCH:NOTES", data: [{ op: "add", path: "/notes/4" }] },
      { type: "_ACTION:NOTES", data: { type: "add", text: "e" } },
    ]);
  });

  it("may call another action of the server's than the one that is reduced", () => {
    const page = pageWithoutStore();
    let dispatch: (action: { type: string }) => void = () => {};
    show(() => {
      const [, latest] = useSyncedReducer<Notes, { type: string }>(
        "NOTES",
        (_draft, _action, _sync, delegate) => delegate({ type: "other", n: 1 }),
        EMPTY,
        page.session,
      );
      dispatch = latest;
      return null;
    });
    page.settle();
    page.server.received.length = 0;

    act(() => dispatch({ type: "mine" }));
    page.settle();

    expect(page.server.received).toMatchObject([{ data: { type: "other", n: 1 } }]);
  });

  it("gets the server's actions, too", () => {
    const { server, state, settle } = reduced();

    act(() => server.socket.toClient({ type: "_ACTION:NOTES", data: { type: "clear" } }));
    settle();

    expect(state().notes).toEqual([]);
    expect(server.types()).toEqual([]);
  });
});

describe("A SessionProvider", () => {
  it("connects after its components are ready, survives strict mode, and hangs up", () => {
    const server = new SyncServer("NOTES", THREE);
    vi.stubGlobal("WebSocket", server.Socket);
    const toast = vi.fn();
    let shown: { state: Synced<Notes>; connected: boolean; session: Session } | null = null;
    const Page = () => {
      const session = useSession();
      useRemoteToast(session, toast, "Notes: ");
      shown = { state: useSynced<Notes>("NOTES", EMPTY), connected: useIsConnected(), session };
      return null;
    };

    show(() => createElement(SessionProvider, { url: "ws://server/ws" }, createElement(Page)));
    act(() => server.socket.settle());
    act(() => {
      server.socket.toClient({ type: "_TOAST", data: { type: "default", message: "saved" } });
      server.socket.settle();
    });

    expect(shown).toMatchObject({ state: THREE, connected: true });
    expect(toast).toHaveBeenCalledWith("Notes: saved", undefined);
    expect(server.sockets.filter((socket) => !socket.isClosed)).toHaveLength(1);
    expect(server.types()).toEqual([]);
    act(() => roots.splice(0)[0]?.unmount());
    expect(server.socket.isClosed).toBe(true);
  });

  it("of another context connects when its page wants it, and shows what the server tells as it is", () => {
    const server = new SyncServer("NOTES", THREE);
    vi.stubGlobal("WebSocket", server.Socket);
    const success = vi.fn();
    const toast = Object.assign(vi.fn(), { success });
    const context = createContext<Session | null>(null);
    let session: Session | null = null;
    const Page = () => {
      session = useSession(context);
      useRemoteToast(session, toast);
      return null;
    };
    const props = { url: "ws://server/ws", label: "Other", autoconnect: false, context };

    show(() => createElement(SessionProvider, props, createElement(Page)));
    expect(server.sockets).toEqual([]);
    act(() => void session?.connect());
    act(() => server.socket.settle());
    const say = (type: string) =>
      server.socket.toClient({ type: "_TOAST", data: { type, message: type } });
    act(() => {
      say("success");
      say("warning");
      server.socket.settle();
    });

    expect(success.mock.calls).toEqual([["success", undefined]]);
    expect(toast.mock.calls).toEqual([["warning", undefined]]);
    expect(session).toMatchObject({ label: "Other" });
  });

  it("is needed where no session is given", () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const { session } = connectedNotes();
    expect(session.isConnected).toBe(true);

    expect(() => show(() => useSession().label)).toThrow(/a SessionProvider above/);
  });
});
