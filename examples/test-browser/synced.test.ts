import { once } from "node:events";
import { Session, SyncedStore, type SyncSocketClass } from "snorky/sync";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { Conformance } from "./conformance.js";

interface Item {
  readonly id: number;
  readonly title: string;
  readonly done: boolean;
}

interface Notes {
  title: string;
  notes: string[];
  items: Item[];
  size: number;
  count: number;
  uploaded: number;
  cancelled: number;
  runningTasks: string[];
}

const START: Notes = {
  title: "My Notes",
  notes: [],
  items: [],
  size: 0,
  count: 0,
  uploaded: 0,
  cancelled: 0,
  runningTasks: [],
};

let server: Conformance;
let sockets: WebSocket[];
let session: Session;
let store: SyncedStore<Notes>;
let pongs: number;

beforeAll(async () => {
  server = await Conformance.start();
});

afterAll(() => server?.stop());

beforeEach(() => {
  sockets = [];
  pongs = 0;
  class Socket extends WebSocket {
    constructor(url: string) {
      super(url);
      sockets.push(this);
    }
  }
  session = new Session({
    url: `ws://127.0.0.1:${server.port}/sync/ws`,
    socketClass: Socket as unknown as SyncSocketClass,
    minRetryInterval: 10,
    onError: () => undefined, // it asks for the state where edits of both sides do not fit
  });
  const ids = { user: crypto.randomUUID(), session: crypto.randomUUID() };
  session.registerEvent("_REQUEST_USER_SESSION", () => session.send("_USER_SESSION", ids));
  store = new SyncedStore<Notes>(session, "NOTES", { ...START, title: "not here yet" });
  store.attach();
  store.registerExposedActions({
    pong: ({ n }: { n: number }) => {
      pongs = n;
    },
  });
  session.connect();
});

afterEach(() => session.disconnect());

/** Everything that was said before has been heard by both sides. */
async function settled(): Promise<void> {
  const asked = pongs + 1;
  store.sendAction({ type: "pingBack", n: asked });
  await expect.poll(() => [pongs, store.isSynced]).toEqual([asked, true]);
}

/** The page shows what the server has. */
async function agrees(): Promise<void> {
  await settled();
  const shown = store.getSnapshot();
  store.fetchRemoteState();
  await settled();
  expect(store.getSnapshot()).toEqual(shown);
}

test("state, edits of the page, and actions of the server", async () => {
  await expect.poll(() => store.getSnapshot()).toEqual(START);

  store.edit((draft) => {
    draft.title = "Shopping";
    draft.notes.push("Milk");
  });
  store.flush();
  await expect.poll(() => store.getSnapshot().size).toBe(4);
  store.sendAction({ type: "add", note: "Tea" });
  await expect.poll(() => store.getSnapshot().notes).toEqual(["Milk", "Tea"]);
  expect(store.getSnapshot()).toMatchObject({ title: "Shopping", size: 7 });
  await agrees();
});

test("what a patch leaves alone stays the same object", async () => {
  store.sendAction({ type: "fill", n: 1000 });
  await expect.poll(() => store.getSnapshot().items.length).toBe(1000);
  const before = store.getSnapshot().items;

  store.sendAction({ type: "edit", kind: "insert" });
  await expect.poll(() => store.getSnapshot().items.length).toBe(1001);

  const after = store.getSnapshot().items;
  expect(before.every((item, i) => after[i + 1] === item)).toBe(true);
});

test("a task tells how it is getting on, and is cancelled", async () => {
  store.startTask({ type: "slowCount", to: 1000, delayMs: 10 });
  await expect.poll(() => store.getSnapshot().count).toBeGreaterThan(2);
  expect(store.getSnapshot().runningTasks).toEqual(["slowCount"]);

  store.cancelTask({ type: "slowCount" });

  await expect.poll(() => store.getSnapshot().cancelled).toBe(1);
  await expect.poll(() => store.getSnapshot().runningTasks).toEqual([]);
});

test("bytes go up", async () => {
  store.sendBinary({ type: "upload", name: "five" }, new Uint8Array([1, 2, 3, 4, 5]).buffer);

  await expect.poll(() => store.getSnapshot()).toMatchObject({ uploaded: 5, title: "five" });
});

test("what is edited without a connection is sent once there is one", async () => {
  await settled();
  const closed = once(sockets.at(-1) as WebSocket, "close");
  (sockets.at(-1) as WebSocket).terminate();
  await closed;
  store.edit((draft) => {
    draft.notes.push("Milk");
  });
  store.sendAction({ type: "add", note: "Tea" });

  await expect.poll(() => store.getSnapshot().size).toBe(7);
  expect(store.getSnapshot().notes).toEqual(["Milk", "Tea"]);
  expect(sockets.length).toBeGreaterThan(1);
  await agrees();
});

test("whatever both do, they end with the same", async () => {
  let seed = 42;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return seed % below;
  };
  store.sendAction({ type: "fill", n: 5 });
  for (let i = 0; i < 300; i++) {
    switch (random(6)) {
      case 0:
        store.sendAction({ type: "edit", kind: ["change", "insert", "remove"][random(3)] });
        break;
      case 1:
        store.sendAction({ type: "add", note: `note ${i}`, at: 0 });
        break;
      case 2:
        store.edit((draft) => {
          draft.notes.unshift(`own ${i}`);
        });
        break;
      case 3:
        store.edit((draft) => {
          draft.notes.splice(random(draft.notes.length + 1), 1);
        });
        break;
      case 4:
        store.edit((draft) => {
          draft.items.push({ id: i, title: `item ${i}`, done: false });
        });
        break;
      default:
        await settled();
    }
  }
  await agrees();
});

/** A page of a session of its own that shows the object of all. */
class SharingPage {
  readonly store: SyncedStore<Notes>;
  readonly inserted: string[] = [];
  readonly refused: string[] = [];
  /** What it has shown twice at the same time. */
  readonly twice: string[] = [];
  private readonly session: Session;
  private readonly pongs = new Set<number>();

  constructor(
    readonly name: string,
    Socket: SyncSocketClass,
  ) {
    this.session = new Session({
      url: `ws://127.0.0.1:${server.port}/sync/shared`,
      socketClass: Socket,
      minRetryInterval: 10,
    });
    const ids = { user: crypto.randomUUID(), session: crypto.randomUUID() };
    const { session } = this;
    session.registerEvent("_REQUEST_USER_SESSION", () => session.send("_USER_SESSION", ids));
    session.errorReceived.add(({ code }) => this.refused.push(code));
    this.store = new SyncedStore<Notes>(session, "NOTES", START);
    this.store.attach();
    this.store.registerExposedActions({ pong: ({ n }: { n: number }) => this.pongs.add(n) });
    this.store.subscribe(() => {
      const { notes } = this.store.getSnapshot();
      this.twice.push(...notes.filter((note, i) => notes.indexOf(note) !== i));
    });
    session.connect();
  }

  insert(at: number, note: string): void {
    this.inserted.push(note);
    this.store.edit(({ notes }) => void notes.splice(at % (notes.length + 1), 0, note));
  }

  async settled(n: number): Promise<void> {
    this.store.flush();
    await expect.poll(() => this.store.isSynced).toBe(true);
    this.store.sendAction({ type: "pingBack", n });
    await expect.poll(() => this.pongs.has(n), { timeout: 10_000 }).toBe(true);
  }

  leave(): void {
    this.session.disconnect();
  }
}

test("two pages and the server edit one shared object, and end with the same", async () => {
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return (seed >> 8) % below;
  };
  const connections: WebSocket[][] = [[], []];
  const pages = connections.map((mine, i) => {
    class Socket extends WebSocket {
      constructor(url: string) {
        super(url);
        mine.push(this);
      }
    }
    return new SharingPage(`page ${i}`, Socket as unknown as SyncSocketClass);
  });
  const removed = new Set<string>();
  for (let i = 0; i < 400; i++) {
    const page = pages[random(2)] as SharingPage;
    const { store } = page;
    switch (random(8)) {
      case 0:
        store.edit((draft) => {
          const [gone] = draft.notes.splice(random(draft.notes.length + 1), 1);
          removed.add(gone ?? "");
        });
        break;
      case 1:
        store.sendAction({ type: "add", note: `server's ${i}`, at: 0 });
        break;
      case 2:
        store.edit((draft) => {
          draft.title = `${page.name} ${i}`;
        });
        break;
      case 3:
        store.flush();
        break;
      case 4:
        await new Promise(setImmediate);
        break;
      case 5:
        if (random(8) === 0) {
          connections[pages.indexOf(page)]?.at(-1)?.terminate();
        }
        break;
      default:
        page.insert(random(50), `${page.name}, ${i}`);
    }
  }
  let n = 0;
  for (let rounds = 0; rounds < 2; rounds++) {
    for (const page of pages) {
      await page.settled(++n);
    }
  }

  const [first, second] = pages.map(({ store }) => store.getSnapshot());
  expect(second).toEqual(first);
  for (const page of pages) {
    page.store.fetchRemoteState();
    await page.settled(++n);
    expect(page.store.getSnapshot()).toEqual(first);
    expect(page.twice).toEqual([]);
  }
  const kept = pages.flatMap(({ inserted }) => inserted).filter((note) => !removed.has(note));
  const missing = kept.filter((note) => !first?.notes.includes(note));
  const refusals = pages.flatMap(({ refused }) => refused);
  expect(missing.length === 0 || refusals.length > 0).toBe(true);
  for (const page of pages) {
    page.leave();
  }
});
