import fc from "fast-check";
import { expect, it } from "vitest";
import { Session, SyncedStore } from "../../src/sync/index.js";
import { ManualClock } from "../support/manual-clock.js";
import { type Entry, MergingServer, type Shared } from "../support/merging-server.js";
import type { Frame, SyncSocket } from "../support/sync-server.js";

const at = fc.nat(6);
const edit = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: fc.constant("insert" as const), at }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("remove" as const), at }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("write" as const), at }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("both" as const), at }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("title" as const), at }) },
);
type Edit = typeof edit extends fc.Arbitrary<infer E> ? E : never;

const happening = fc.record({
  who: fc.nat(3),
  what: fc.oneof(
    { weight: 5, arbitrary: edit },
    { weight: 3, arbitrary: fc.constant("flush" as const) },
    { weight: 9, arbitrary: fc.constantFrom("up", "down") },
    { weight: 2, arbitrary: fc.constantFrom("cut", "cut", "slow", "drain", "action") },
    { weight: 1, arbitrary: fc.constantFrom("refuse", "byPatch") },
  ),
});

const START: Shared = {
  title: "t",
  entries: ["a", "b", "c"].map((key) => ({ key, text: `${key}!` })),
};

/** One page: what it edits, and what it has seen. */
class Page {
  readonly store: SyncedStore<Shared>;
  readonly inserted = new Set<string>();
  readonly removed = new Set<string>();
  readonly lost: string[] = [];
  actions = 0;
  private readonly session: Session;
  private readonly sockets: SyncSocket[] = [];
  private readonly seen = new Set<string>();
  private readonly gone = new Set<string>();
  private edits = 0;

  constructor(
    server: MergingServer,
    private readonly name: string,
  ) {
    const { sockets } = this;
    const Socket = class extends server.Socket {
      constructor() {
        super();
        sockets.push(this);
      }
    };
    this.session = new Session({
      url: "ws://server/ws",
      socketClass: Socket,
      clock: new ManualClock(),
      onError: (error, where) => this.lost.push(`${where}: ${error}`),
    });
    this.store = new SyncedStore<Shared>(this.session, "NOTES", START);
    this.store.attach();
    this.store.subscribe(() => this.look());
    this.session.connect();
  }

  get socket(): SyncSocket {
    return this.sockets.at(-1) as SyncSocket;
  }

  edit(what: Edit): void {
    this.store.edit((draft) => {
      const key = `${this.name}${++this.edits}`;
      const note = changed(draft, what, key);
      if (what.type === "insert" || what.type === "both") {
        this.inserted.add(key);
      } else if (what.type === "remove" && note !== undefined) {
        this.removed.add(note);
      }
    });
  }

  reconnect(): void {
    this.socket.cut();
    this.session.connect();
  }

  /** Nothing is there twice, and nothing that was seen goes and comes back. */
  private look(): void {
    const keys = this.store.getSnapshot().entries.map(({ key }) => key);
    expect(keys).toEqual([...new Set(keys)]);
    for (const key of this.seen) {
      if (!keys.includes(key)) {
        this.gone.add(key);
      }
    }
    for (const key of keys) {
      this.seen.add(key);
      if (this.gone.has(key)) {
        expect(this.removed).toContain(key); // its removal was refused
      }
    }
  }
}

/** Each entry is sent at most once: what is changed in one does not bring it back if it is gone. */
function expectSentOnce(server: MergingServer): void {
  const sent = new Map<string, string | undefined>();
  for (const { type, data, id } of server.received as Frame[]) {
    for (const { path, value } of type.startsWith("_PATCH")
      ? (data as { path: string; value?: Entry }[])
      : []) {
      expect(path).not.toBe("/entries");
      if (/^\/entries\/\d+$/.test(path) && value) {
        expect(value.key).toMatch(/^[xyz]/);
        expect(sent.get(value.key) ?? id).toBe(id);
        sent.set(value.key, id);
      }
    }
  }
}

/** Changes the state, and says which entry it was about. */
function changed(state: Shared, { type, at }: Edit, key: string): string | undefined {
  const { entries } = state;
  const entry: Entry | undefined = entries[at % Math.max(1, entries.length)];
  if (type === "title") {
    state.title = key;
  } else if (type === "insert" || type === "both") {
    if (type === "both" && entry) {
      entry.text = key;
    }
    entries.splice(at % (entries.length + 1), 0, { key, text: at % 2 ? key : key.toUpperCase() });
  } else if (type === "write" && entry) {
    entry.text = key;
  } else if (type === "remove" && entry) {
    entries.splice(entries.indexOf(entry), 1);
  }
  return entry?.key;
}

/** Seeds that always run, and a new one. A failure tells its seed. */
const SEEDS = [1, 2, 3, Date.now() % 2 ** 31];
const RUNS = Number(process.env.RUNS ?? 600);

it.each(SEEDS)(
  "Several pages and the server edit one object: all end equal, and every edit is in once (seed %i)",
  (seed) => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 80, size: "max" }), (happenings) => {
        const server = new MergingServer(START);
        const pages = ["x", "y", "z"].map((name) => new Page(server, name));
        const removed = new Set<string>();
        let refuse = false;
        let byPatch = false;
        const once = (flag: () => boolean, reset: () => void) => () => {
          const is = flag();
          reset();
          return is;
        };
        server.refuses = once(
          () => refuse,
          () => {
            refuse = false;
          },
        );
        server.acknowledgesByPatch = once(
          () => byPatch,
          () => {
            byPatch = false;
          },
        );

        happenings.forEach(({ who, what }, i) => {
          const page = pages[who];
          if (typeof what === "object" && page) {
            page.edit(what);
          } else if (typeof what === "object") {
            const next: Shared = structuredClone(server.shared);
            const key = changed(next, what, `s${i}`);
            if (what.type === "remove" && key !== undefined) {
              removed.add(key);
            }
            server.change(next);
          } else if (what === "flush") {
            page?.store.flush();
          } else if (what === "action" && page) {
            page.store.sendAction({ type: "count", page: who, n: page.actions++ });
          } else if (what === "up") {
            page?.socket.moveUp();
          } else if (what === "down") {
            page?.socket.moveDown();
          } else if (what === "cut") {
            page?.reconnect();
          } else if (what === "slow" && page) {
            page.socket.isSlow = true;
          } else if (what === "drain") {
            page?.socket.drain();
          } else {
            refuse ||= what === "refuse";
            byPatch ||= what === "byPatch";
          }
        });
        for (const { store } of pages) {
          store.flush();
        }
        for (let rounds = 0; rounds < 3; rounds++) {
          for (const { socket } of pages) {
            socket.settle();
            socket.drain();
            socket.settle();
          }
        }

        expectSentOnce(server);
        pages.forEach(({ store, lost, inserted, actions }, who) => {
          expect(lost.filter((report) => !report.startsWith("an edit of"))).toEqual([]);
          expect(store.getSnapshot()).toEqual(server.state);
          expect(store.isSynced).toBe(true);
          const done = server.done.filter(({ data }) => data.page === who);
          expect(done.map(({ data }) => data.n)).toEqual([...Array(actions).keys()]);
          for (const key of inserted) {
            const times = server.shared.entries.filter((entry) => entry.key === key).length;
            const isRemoved = removed.has(key) || pages.some((page) => page.removed.has(key));
            expect(times).toBeLessThanOrEqual(1);
            if (!isRemoved && !server.refused.has(key) && lost.length === 0) {
              expect(times).toBe(1);
            }
          }
        });
      }),
      { numRuns: RUNS, seed },
    );
  },
  100 * RUNS,
);
