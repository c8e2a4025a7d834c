import { Session, type SessionOptions, SyncedStore } from "../../src/sync/index.js";
import { ManualClock } from "./manual-clock.js";
import { type Dealing, SyncServer } from "./sync-server.js";

/** The state that most tests of synced objects have. */
export interface Notes {
  title: string;
  notes: { text: string; done: boolean }[];
}

export const EMPTY: Notes = { title: "", notes: [] };

export const THREE: Notes = {
  title: "Mine",
  notes: [
    { text: "a", done: false },
    { text: "b", done: false },
    { text: "c", done: true },
  ],
};

/** A server, a session to it and its object NOTES, not connected yet. */
export function notes(dealing: Dealing = "plain", options: Partial<SessionOptions> = {}) {
  const server = new SyncServer("NOTES", THREE, dealing);
  const clock = new ManualClock();
  const reports: string[] = [];
  const session = new Session({
    url: "ws://server/ws",
    socketClass: server.Socket,
    clock,
    onError: (error, where) => reports.push(`${where}: ${error}`),
    ...options,
  });
  const store = new SyncedStore<Notes>(session, "NOTES", EMPTY);
  store.attach();
  return { server, session, store, clock, reports };
}

/** The same, connected and with the server's state. */
export function connectedNotes(dealing: Dealing = "plain", options: Partial<SessionOptions> = {}) {
  const fixture = notes(dealing, options);
  fixture.session.connect();
  fixture.server.socket.settle();
  fixture.server.received.length = 0;
  return fixture;
}
