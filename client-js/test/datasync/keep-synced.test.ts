import { beforeEach, describe, expect, it } from "vitest";
import {
  CollectionDeltaProcessor,
  DataSync,
  type KeepSyncedOptions,
  type LiveState,
  type LiveSubscription,
  RPCService,
  SnapshotCollection,
} from "../../src/index.js";
import { next, useServer } from "../support/fixture.js";
import type { Peer } from "../support/server.js";
import { WebApp } from "../support/web-app.js";

interface Todo {
  id: number;
  title: string;
}

const fixture = useServer();
const todo = (id: number, title = `todo ${id}`): Todo => ({ id, title });
const SYNCING = { type: "syncing" };
const LIVE = { type: "live" };
const DISCONNECTED = { type: "stale", reason: "disconnected" };

let app: WebApp<Todo[]>;
let todos: SnapshotCollection<Todo>;
let shown: (readonly Todo[])[];

beforeEach(() => {
  app = new WebApp();
  todos = new SnapshotCollection();
  shown = [];
  todos.changed.add(() => shown.push(todos.items));
});

function keepSynced(
  datasync: DataSync,
  options: Partial<KeepSyncedOptions<Todo[]>> = {},
): LiveSubscription<Todo[]> {
  return datasync.keepSynced({
    fetch: app.fetch,
    apply: (rows) => todos.replace(rows),
    processor: new CollectionDeltaProcessor({ Todo: todos }),
    ...options,
  });
}

function sendInsert(peer: Peer, row: Todo, model = "Todo"): void {
  peer.send("datasync", { type: "delta", delta: { type: "insert", model, data: row } });
}

/** Resolves when the subscription is in a state of this type. */
async function reaches(subscription: LiveSubscription<Todo[]>, type: LiveState["type"]) {
  while (subscription.state.type !== type) {
    await next(subscription.stateChanged);
  }
}

/** Proves that everything the server has sent so far has arrived. */
async function arrived(datasync: DataSync, peer: Peer): Promise<void> {
  const marker = datasync.rpcCall("marker");
  await peer.serve("marker");
  await marker;
}

async function connected(options: Partial<KeepSyncedOptions<Todo[]>> = {}) {
  const snorky = fixture.connect({ datasync: DataSync, other: RPCService });
  const { datasync } = snorky.services;
  const peer = await fixture.server.accept();
  await next(snorky.connected);
  const subscription = keepSynced(datasync, options);
  const states: LiveState[] = [subscription.state];
  subscription.stateChanged.add((state) => states.push(state));
  const cut = async () => {
    const lost = next(snorky.disconnected);
    peer.cut();
    await lost;
  };
  return { snorky, datasync, peer, subscription, states, cut };
}

async function live(rows: Todo[], token = "t1") {
  const all = await connected();
  (await app.request()).answer(rows, token);
  await all.peer.serve("acquireSubscription");
  await reaches(all.subscription, "live");
  shown.length = 0;
  return all;
}

describe("keepSynced", () => {
  it("fetches, acquires the token, and is live", async () => {
    const { peer, subscription, states } = await connected();
    expect(subscription.state).toEqual(SYNCING);

    (await app.request()).answer([todo(1)], "t1");
    const call = await peer.call("acquireSubscription");
    expect(call.message.params).toEqual({ token: "t1" });
    expect(todos.items).toEqual([]);
    peer.answer(call);
    await reaches(subscription, "live");

    expect(todos.items).toEqual([todo(1)]);
    expect(states).toEqual([SYNCING, LIVE]);
  });

  it("applies deltas while it is live", async () => {
    const { datasync, peer } = await live([todo(1)]);

    sendInsert(peer, todo(2));
    await arrived(datasync, peer);

    expect(todos.items).toEqual([todo(1), todo(2)]);
  });

  it("shows data and the deltas that came with the acquisition in one step", async () => {
    const { peer, subscription } = await connected();
    const steps: unknown[] = [];
    subscription.stateChanged.add(() => steps.push(todos.items));

    (await app.request()).answer([todo(1, "new")], "t1");
    const call = await peer.call("acquireSubscription");
    sendInsert(peer, todo(1, "old"));
    sendInsert(peer, todo(1, "new"));
    sendInsert(peer, todo(2));
    peer.answer(call);
    sendInsert(peer, todo(3));
    await reaches(subscription, "live");

    expect(steps).toEqual([[todo(1, "new"), todo(2)]]);
  });

  it("ignores deltas of other subscriptions until it has asked for its own", async () => {
    const { datasync, peer, subscription } = await connected();
    const request = await app.request();

    sendInsert(peer, todo(7));
    await arrived(datasync, peer);
    expect(shown).toEqual([]);
    request.answer([todo(1)], "t1");
    await peer.serve("acquireSubscription");
    await reaches(subscription, "live");

    expect(todos.items).toEqual([todo(1)]);
  });

  it("leaves deltas of models that its processor does not handle to others", async () => {
    const { datasync, peer } = await live([]);

    sendInsert(peer, todo(1), "Player");
    await arrived(datasync, peer);

    expect(todos.items).toEqual([]);
    expect(fixture.reports).toEqual([]);
  });

  it("shows stale data after a lost connection, then replaces it without flicker", async () => {
    const { snorky, datasync, subscription, states, cut } = await live([todo(1)]);

    await cut();
    expect(subscription.state).toEqual(DISCONNECTED);
    expect(todos.items).toEqual([todo(1)]);
    fixture.clock.advance(250);
    const second = await fixture.server.accept();
    const request = await app.request();
    expect(subscription.state).toEqual(SYNCING);
    sendInsert(second, todo(7)); // of another subscription
    await arrived(datasync, second);
    request.answer([todo(2)], "t2");
    expect((await second.serve("acquireSubscription")).message.params).toEqual({ token: "t2" });
    await reaches(subscription, "live");

    expect(shown).toEqual([[todo(2)]]);
    expect(states).toEqual([SYNCING, LIVE, DISCONNECTED, SYNCING, LIVE]);
    expect(snorky.isConnected).toBe(true);
  });

  it("does not announce the tokens it deals with itself as lost", async () => {
    const { datasync, cut } = await live([todo(1)]);
    const heard: unknown[] = [];
    datasync.subscriptionLost.add((lost) => heard.push(lost));

    await cut();
    fixture.clock.advance(250);
    await app.request();

    expect(heard).toEqual([]);
  });

  it("fetches while the connection is still being made", async () => {
    const snorky = fixture.connect({ datasync: DataSync });
    const subscription = keepSynced(snorky.services.datasync);

    (await app.request()).answer([todo(1)], "t1");
    const peer = await fixture.server.accept();
    await peer.serve("acquireSubscription");
    await reaches(subscription, "live");

    expect(todos.items).toEqual([todo(1)]);
    expect(app.open).toBe(0);
  });

  it("shows what it has fetched, as stale, if no connection can be made", async () => {
    const { server } = fixture;
    await server.stop();
    const snorky = fixture.connect({ datasync: DataSync });
    const failed = next(snorky.disconnected);
    const subscription = keepSynced(snorky.services.datasync);
    const request = await app.request();

    await failed;
    request.answer([todo(1)], "t1");
    await reaches(subscription, "stale");

    expect(subscription.state).toEqual(DISCONNECTED);
    expect(todos.items).toEqual([todo(1)]);
  });

  it("shows what it has fetched, as stale, if the connection fails after all", async () => {
    await fixture.server.stop();
    const snorky = fixture.connect({ datasync: DataSync });
    const subscription = keepSynced(snorky.services.datasync);

    (await app.request()).answer([todo(1)], "t1");
    await next(snorky.disconnected);

    expect(subscription.state).toEqual(DISCONNECTED);
    expect(todos.items).toEqual([todo(1)]);
  });

  it("fetches again, after growing waits, while the web application fails", async () => {
    const { peer, subscription } = await connected();

    for (const retryDelay of [250, 500, 1000]) {
      (await app.request()).fail("503");
      await reaches(subscription, "stale");
      const error = new Error("503");
      expect(subscription.state).toEqual({ type: "stale", reason: "failed", error, retryDelay });
      fixture.clock.advance(retryDelay);
      expect(subscription.state).toEqual(SYNCING);
    }
    (await app.request()).answer([todo(1)], "t1");
    await peer.serve("acquireSubscription");
    await reaches(subscription, "live");

    expect(fixture.reports).toHaveLength(3);
    expect(fixture.reports[0]).toBe(
      "data could not be kept in sync, next attempt in 250 ms: Error: 503",
    );
    expect(fixture.clock.running).toBe(0);
  });

  it("does not wait for the next attempt when there is a new connection", async () => {
    const { snorky, subscription, cut } = await connected();
    (await app.request()).fail("503");
    await reaches(subscription, "stale");

    await cut();
    expect(subscription.state).toMatchObject({ reason: "failed" });
    snorky.connect();
    const second = await fixture.server.accept();
    (await app.request()).answer([], "t1");
    await second.serve("acquireSubscription");

    await reaches(subscription, "live");
    expect(fixture.clock.running).toBe(0);
  });

  it("gives up on a request that takes too long, and says so to it", async () => {
    const { datasync, peer, subscription } = await connected({ fetchTimeout: 5000 });
    const request = await app.request();

    fixture.clock.advance(5000);

    expect(request.signal.aborted).toBe(true);
    expect(subscription.state).toMatchObject({
      error: { message: "fetch: no data after 5000 ms" },
    });
    fixture.clock.advance(250);
    await app.request();
    request.answer([todo(9)], "late");
    await arrived(datasync, peer);
    expect(todos.items).toEqual([]);
  });

  it("fetches again if the token has expired meanwhile, and shows what it has", async () => {
    const { peer, subscription } = await connected();

    (await app.request()).answer([todo(1)], "expired");
    peer.refuse(await peer.call("acquireSubscription"), "No such subscription");
    await reaches(subscription, "stale");
    expect(subscription.state).toMatchObject({ error: { message: "No such subscription" } });
    expect(todos.items).toEqual([todo(1)]);
    fixture.clock.advance(250);
    (await app.request()).answer([todo(2)], "t2");
    await peer.serve("acquireSubscription");
    await reaches(subscription, "live");

    expect(todos.items).toEqual([todo(2)]);
  });

  it("shows data without a token, as stale, and tries again", async () => {
    const { peer, subscription } = await connected();

    (await app.request()).answer([todo(1)], null);
    await reaches(subscription, "stale");
    expect(todos.items).toEqual([todo(1)]);
    expect(subscription.state).toMatchObject({
      error: { message: "fetch: token: null (expected: the token of a subscription)" },
    });
    fixture.clock.advance(250);
    (await app.request()).answer([todo(1)], "t1");
    await peer.serve("acquireSubscription");

    await reaches(subscription, "live");
  });

  it.each([
    ["nothing", undefined, "fetch: undefined (expected: an object with data and token)"],
    ["no data", { token: "t" }, "fetch: object (expected: an object with data and token)"],
    ["no token", { data: [] }, "fetch: token: undefined (expected: a string, or null)"],
  ])("takes a request that brings %s for a failed one", async (_what, value, message) => {
    const { subscription } = await connected({ fetch: async () => value as never });

    await reaches(subscription, "stale");

    expect(subscription.state).toMatchObject({ reason: "failed", error: { message } });
  });

  it("takes a fetch that throws for a failed one", async () => {
    const { subscription } = await connected({
      fetch: () => {
        throw new Error("mine");
      },
    });

    await reaches(subscription, "stale");

    expect(subscription.state).toMatchObject({ error: { message: "mine" } });
  });

  it("goes on with a request that outlives the connection", async () => {
    const { snorky, subscription, cut } = await connected();
    const request = await app.request();
    await cut();
    snorky.connect();
    const second = await fixture.server.accept();
    await next(snorky.connected);

    request.answer([todo(1)], "t1");
    await second.serve("acquireSubscription");
    await reaches(subscription, "live");

    expect(app.open).toBe(0);
  });

  it("shows what it has if the connection is lost during the acquisition, and begins anew", async () => {
    const { snorky, datasync, peer, subscription, cut } = await connected();
    (await app.request()).answer([todo(1)], "t1");
    await peer.call("acquireSubscription");
    const delta = next(datasync.deltaReceived);
    sendInsert(peer, todo(2));
    await delta;

    await cut();
    expect(subscription.state).toEqual(DISCONNECTED);
    expect(todos.items).toEqual([todo(1), todo(2)]);
    snorky.connect();
    const second = await fixture.server.accept();
    (await app.request()).answer([todo(3)], "t2");
    expect((await second.serve("acquireSubscription")).message.params).toEqual({ token: "t2" });
    await reaches(subscription, "live");

    expect(todos.items).toEqual([todo(3)]);
  });

  it("gives a token up whose acquisition is not answered in time", async () => {
    const { peer, subscription } = await connected();
    (await app.request()).answer([todo(1)], "t1");
    await peer.call("acquireSubscription");

    fixture.clock.advance(60_000);

    expect((await peer.call("cancelSubscription")).message.params).toEqual({ token: "t1" });
    expect(subscription.state).toMatchObject({ reason: "failed" });
  });

  it("fetches anew when asked, and cancels the old subscription once it has the new one", async () => {
    const { datasync, peer, subscription } = await live([todo(1)], "old");

    subscription.resync();
    const request = await app.request();
    sendInsert(peer, todo(2));
    await arrived(datasync, peer);
    expect(todos.items).toEqual([todo(1), todo(2)]);
    request.answer([todo(1), todo(2)], "new");
    const call = await peer.call("acquireSubscription");
    sendInsert(peer, todo(3));
    peer.answer(call);
    expect((await peer.serve("cancelSubscription")).message.params).toEqual({ token: "old" });
    await reaches(subscription, "live");

    expect(todos.items).toEqual([todo(1), todo(2), todo(3)]);
  });

  it("stays with the old subscription if there is no new one to be had", async () => {
    const { datasync, peer, subscription } = await live([todo(1)], "old");

    subscription.resync();
    const request = await app.request();
    sendInsert(peer, todo(2));
    await arrived(datasync, peer);
    request.answer([todo(1)], "expired");
    const call = await peer.call("acquireSubscription");
    sendInsert(peer, todo(3));
    peer.refuse(call, "No such subscription");
    await reaches(subscription, "stale");
    sendInsert(peer, todo(4));
    await arrived(datasync, peer);

    expect(todos.items).toEqual([todo(1), todo(2), todo(3), todo(4)]);
  });

  it("begins anew when asked during the acquisition, without losing a delta", async () => {
    const { datasync, peer, subscription } = await live([todo(1)], "old");
    subscription.resync();
    (await app.request()).answer([todo(1)], "second");
    const call = await peer.call("acquireSubscription");
    sendInsert(peer, todo(2));
    await arrived(datasync, peer);

    subscription.resync();
    expect(todos.items).toEqual([todo(1), todo(2)]);
    peer.answer(call);
    expect((await peer.serve("cancelSubscription")).message.params).toEqual({ token: "second" });
    (await app.request()).answer([todo(1), todo(2)], "third");
    await peer.serve("acquireSubscription");
    expect((await peer.serve("cancelSubscription")).message.params).toEqual({ token: "old" });
    await reaches(subscription, "live");

    expect(todos.items).toEqual([todo(1), todo(2)]);
  });

  it("reports what the page throws while deltas are applied, and goes on", async () => {
    let applied = 0;
    const processDelta = () => {
      applied++;
      throw new Error("mine");
    };
    const { datasync, peer, subscription } = await connected({ processor: { processDelta } });
    (await app.request()).answer([], "t1");
    await peer.serve("acquireSubscription");
    await reaches(subscription, "live");

    sendInsert(peer, todo(1));
    sendInsert(peer, todo(2));
    await arrived(datasync, peer);

    expect(applied).toBe(2);
    expect(subscription.state).toEqual(LIVE);
    expect(fixture.reports).toHaveLength(2);
  });

  it("takes data that cannot be shown for a failure, and gives the subscription up", async () => {
    let broken = true;
    const apply = (rows: Todo[]) => {
      if (broken) {
        throw new Error("mine");
      }
      todos.replace(rows);
    };
    const { peer, subscription } = await connected({ apply });

    (await app.request()).answer([todo(1)], "t1");
    await peer.serve("acquireSubscription");
    expect((await peer.serve("cancelSubscription")).message.params).toEqual({ token: "t1" });
    await reaches(subscription, "stale");
    expect(subscription.state).toMatchObject({ error: { message: "mine" } });
    broken = false;
    fixture.clock.advance(250);
    (await app.request()).answer([todo(2)], "t2");
    await peer.serve("acquireSubscription");
    await reaches(subscription, "live");

    expect(todos.items).toEqual([todo(2)]);
  });

  it("may be had several times on one service", async () => {
    const { datasync, peer, subscription } = await live([todo(1)]);
    const others = new SnapshotCollection<Todo>();
    const otherApp = new WebApp<Todo[]>();
    const second = keepSynced(datasync, {
      fetch: otherApp.fetch,
      apply: (rows) => others.replace(rows),
      processor: new CollectionDeltaProcessor({ Player: others }),
    });
    (await otherApp.request()).answer([todo(5)], "t2");
    await peer.serve("acquireSubscription");
    await reaches(second, "live");

    sendInsert(peer, todo(2));
    sendInsert(peer, todo(6), "Player");
    await arrived(datasync, peer);
    subscription.stop();
    expect((await peer.serve("cancelSubscription")).message.params).toEqual({ token: "t1" });
    sendInsert(peer, todo(3));
    sendInsert(peer, todo(7), "Player");
    await arrived(datasync, peer);

    expect(todos.items).toEqual([todo(1), todo(2)]);
    expect(others.items).toEqual([todo(5), todo(6), todo(7)]);
  });

  it("tells its subscribers of each state, until they have enough", async () => {
    const { subscription, cut } = await live([]);
    const states: unknown[] = [];
    const unsubscribe = subscription.subscribe(() => states.push(subscription.getState()));

    await cut();
    unsubscribe();
    subscription.stop();

    expect(states).toEqual([DISCONNECTED]);
  });

  it.each([
    [{ fetch: 5 }, "fetch: number (expected: a function)"],
    [{ apply: null }, "apply: null (expected: a function)"],
    [{ processor: undefined }, "processor: undefined (expected: an object with processDelta)"],
    [{ fetchTimeout: -1 }, "fetchTimeout: -1 (expected: a number from 0"],
    [{ retry: { minDelay: 0 } }, "retry.minDelay: 0 (expected: a number from 1"],
  ])("refuses the options %j and says what would be right", (options, message) => {
    const snorky = fixture.connect({ datasync: DataSync });

    expect(() => keepSynced(snorky.services.datasync, options as never)).toThrow(message);
  });
});

describe("A live subscription that is stopped", () => {
  it("while it is live, cancels its token and applies nothing more", async () => {
    const { datasync, peer, subscription } = await live([todo(1)], "t1");

    subscription.stop();
    subscription.stop();
    subscription.resync();
    expect((await peer.serve("cancelSubscription")).message.params).toEqual({ token: "t1" });
    sendInsert(peer, todo(2));
    await arrived(datasync, peer);

    expect(subscription.state).toEqual({ type: "stopped" });
    expect(todos.items).toEqual([todo(1)]);
    expect(app.open).toBe(0);
  });

  it("during the request, ends it and does not acquire its token", async () => {
    const { datasync, peer, subscription } = await connected();
    const request = await app.request();

    subscription.stop();
    expect(request.signal.aborted).toBe(true);
    request.answer([todo(1)], "t1");
    await arrived(datasync, peer);

    expect(todos.items).toEqual([]);
    expect(fixture.clock.running).toBe(0);
  });

  it("during the acquisition, cancels the token when it has it", async () => {
    const { peer, subscription } = await connected();
    (await app.request()).answer([todo(1)], "t1");
    const call = await peer.call("acquireSubscription");

    subscription.stop();
    peer.answer(call);

    expect((await peer.serve("cancelSubscription")).message.params).toEqual({ token: "t1" });
    expect(todos.items).toEqual([]);
  });

  it("during the wait for the next attempt, makes none", async () => {
    const { subscription } = await connected();
    (await app.request()).fail("503");
    await reaches(subscription, "stale");

    subscription.stop();

    expect(fixture.clock.running).toBe(0);
  });

  it("without a connection, does nothing on the next one", async () => {
    const { snorky, datasync, subscription, cut } = await live([todo(1)]);
    await cut();

    subscription.stop();
    snorky.connect();
    const second = await fixture.server.accept();
    await arrived(datasync, second);

    expect(app.open).toBe(0);
  });

  it("by its own listeners, stops there and then", async () => {
    for (const type of ["syncing", "live"]) {
      const { datasync, peer, subscription } = await connected();
      subscription.stateChanged.add((state) => state.type === type && subscription.stop());
      if (type === "syncing") {
        (await app.request()).fail("503");
        await reaches(subscription, "stale");
        fixture.clock.advance(250);
      } else {
        (await app.request()).answer([todo(1)], "t1");
        await peer.serve("acquireSubscription");
        await peer.serve("cancelSubscription");
      }
      await arrived(datasync, peer);

      expect(subscription.state).toEqual({ type: "stopped" });
      expect(app.open).toBe(0);
      expect(fixture.clock.running).toBe(0);
    }
  });
});
