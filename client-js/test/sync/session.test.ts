import { describe, expect, it, vi } from "vitest";
import { pageIds, Session } from "../../src/sync/index.js";
import { connectedNotes, notes } from "../support/sync-fixture.js";

describe("A session", () => {
  it("connects when it is told to, and hangs up with what connect returned", () => {
    const { server, session } = notes();
    const changes: boolean[] = [];
    session.onConnectionChange((isConnected) => changes.push(isConnected));
    expect(server.sockets).toEqual([]);

    const disconnect = session.connect();
    server.socket.settle();
    expect(session.isConnected).toBe(true);
    disconnect();

    expect(session.isConnected).toBe(false);
    expect(server.socket.isClosed).toBe(true);
    expect(changes).toEqual([true, false]);
  });

  it("comes back after 250 ms, doubling up to 10 s, and after 250 ms again once it was open", () => {
    const { server, session, clock } = notes();
    session.connect();
    for (const wait of [250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000]) {
      const before = server.sockets.length;
      server.socket.cut();
      clock.advance(wait - 1);
      expect(server.sockets.length).toBe(before);
      clock.advance(1);
      expect(server.sockets.length).toBe(before + 1);
    }

    server.socket.moveUp();
    server.socket.cut();
    clock.advance(250);

    expect(server.sockets.length).toBe(10);
  });

  it("does not come back after _DISCONNECT, shows why, and connects again when told to", () => {
    const loading = vi.fn();
    const toast = Object.assign(vi.fn(), { loading });
    const { server, session, clock } = connectedNotes("plain", { toast });

    server.socket.toClient({ type: "_DISCONNECT", data: "You have it open elsewhere" });
    server.socket.settle();
    clock.advance(60_000);

    expect(session.isConnected).toBe(false);
    expect(server.sockets.length).toBe(1);
    expect(loading).toHaveBeenCalledWith("You have it open elsewhere", expect.anything());
    session.connect();
    expect(server.sockets.length).toBe(2);
  });

  it("answers who is there with stored ids, before it sends anything else", () => {
    const { server, session, store } = notes("plain", { wsAuth: true });
    store.sendAction({ type: "early" });
    server.greeting = [{ type: "_REQUEST_USER_SESSION" }, server.whole()];

    session.connect();
    server.socket.settle();

    const [first, ...others] = server.received as { type: string; data: unknown }[];
    const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
    expect(first).toEqual({ type: "_USER_SESSION", data: { user: uuid, session: uuid } });
    expect(others.map(({ type }) => type)).toContain("_ACTION:NOTES");
  });

  it("keeps the user and the session under the names of the original, as JSON", () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => void kept.set(name, value),
    };

    const ids = pageIds(
      () => storage,
      () => storage,
    );

    expect([...kept]).toEqual([
      ["_USER_ID", JSON.stringify(ids.user)],
      ["_SESSION_ID", JSON.stringify(ids.session)],
    ]);
    const again = pageIds(
      () => storage,
      () => storage,
    );
    expect(again).toEqual(ids);
    const forbidden = () => {
      throw new Error("forbidden");
    };
    expect(pageIds(forbidden, forbidden).user).not.toBe("");
  });

  it("makes new ids of what is stored and is none", () => {
    const storage = { getItem: () => "{not JSON", setItem: () => {} };

    const { user } = pageIds(
      () => storage,
      () => storage,
    );

    expect(user).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("takes any number of handlers for an event if it is to, the last one alone is called", () => {
    const { server, session } = notes("plain", { override: true });
    const [first, second] = [vi.fn(), vi.fn()];
    session.registerEvent("news", first);
    session.registerEvent("news", second);

    session.connect();
    server.socket.toClient({ type: "news" });
    server.socket.settle();

    expect([first.mock.calls.length, second.mock.calls.length]).toEqual([0, 1]);
    expect(server.socket.binaryType).toBe("blob");
  });

  it("hands events to their handler, one each, unless it may be replaced", () => {
    const { server, session } = connectedNotes();
    const handler = vi.fn();
    const other = vi.fn();
    session.registerEvent("news", handler);
    expect(() => session.registerEvent("news", other)).toThrow(/news has a handler already/);
    session.registerEvent("news", other, true);
    session.deregisterEvent("news", handler);

    server.socket.toClient({ type: "news", data: [1] });
    server.socket.settle();

    expect(handler).not.toHaveBeenCalled();
    expect(other.mock.calls[0]?.[0]).toEqual([1]);
    session.deregisterEvent("news", other);
    expect(() => session.registerEvent("news", handler)).not.toThrow();
  });

  it("reports frames that cannot be read and events nobody handles, and goes on", () => {
    const { server, store, reports } = connectedNotes();

    for (const text of ["{", "[]", '{"data":1}', '{"type":"who"}', '{"type":"_SET:NOTES"}']) {
      server.socket.rawToClient(text);
    }
    server.change({ title: "still here", notes: [] });
    server.socket.settle();

    expect(reports).toHaveLength(5);
    expect(reports[3]).toContain("who (expected: an event with a handler)");
    expect(store.getSnapshot().title).toBe("still here");
  });

  it("sends events, and tells the user of those that are dropped without a connection", () => {
    const warning = vi.fn();
    const toast = Object.assign(vi.fn(), { warning });
    const { server, session } = notes("plain", { toast, label: "Notes" });

    expect(session.send("mine", 1)).toBe(false);
    session.connect();
    server.socket.settle();
    expect(session.send("mine", 2)).toBe(true);
    server.socket.settle();

    expect(warning.mock.calls[0]?.[0]).toBe("Notes: not connected, mine was not sent");
    expect(server.received).toEqual([{ type: "mine", data: 2 }]);
  });

  it("sends and takes binary data with what belongs to it", () => {
    const { server, session } = connectedNotes();
    const stray = vi.fn();
    const upload = vi.fn();
    session.registerBinary(stray);
    session.registerEvent("file", upload);
    const bytes = new Uint8Array([1, 2]).buffer;

    session.sendBinary("file", { name: "a" }, bytes);
    server.socket.toClient({ type: "_BIN_META", data: { type: "file", metadata: { name: "b" } } });
    server.socket.rawToClient(bytes);
    server.socket.rawToClient(bytes);
    server.socket.settle();

    expect(server.received).toEqual([
      { type: "_BIN_META", data: { type: "file", metadata: { name: "a" } } },
      bytes,
    ]);
    expect(upload.mock.calls[0]?.[0]).toEqual({ name: "b", data: bytes });
    expect(stray.mock.calls).toEqual([[bytes]]);
  });

  it("tells what the server could not do", () => {
    const { server, session } = connectedNotes();
    const errors: unknown[] = [];
    session.errorReceived.add((error) => errors.push(error));
    const error = { code: "unknown-action", message: "No such action", action: "x" };

    server.socket.toClient({ type: "_ERROR", data: error });
    server.socket.settle();

    expect(errors).toEqual([error]);
  });

  it("runs init handlers with each connection", () => {
    const { server, session, clock } = notes();
    const init = vi.fn();
    const remove = session.registerInit(init);

    session.connect();
    server.socket.settle();
    server.socket.cut();
    clock.advance(250);
    server.socket.settle();
    expect(init).toHaveBeenCalledTimes(2);
    remove();
    server.socket.cut();
    clock.advance(250);
    server.socket.settle();

    expect(init).toHaveBeenCalledTimes(2);
  });

  it("says what is wrong with its options", () => {
    expect(() => new Session({ url: "" })).toThrow("url:  (expected: ws://… or wss://…)");
    expect(() => new Session({ url: "ws://x", minRetryInterval: 0 })).toThrow(
      "retryInterval.minDelay: 0",
    );
  });
});
