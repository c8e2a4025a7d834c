import { describe, expect, it } from "vitest";
import { CollectionDeltaProcessor, DataSync, SnapshotCollection } from "../../src/index.js";
import {
  arrived,
  DISCONNECTED,
  LIVE,
  reaches,
  SYNCING,
  sendInsert,
  type Todo,
  todo,
  useLive,
} from "../support/live.js";
import { WebApp } from "../support/web-app.js";

const fixture = useLive();

describe("keepSynced", () => {
  it("fetches, acquires the token, and is live", async () => {
    const { peer, subscription, states } = await fixture.connected();
    expect(subscription.state).toEqual(SYNCING);

    (await fixture.app.request()).answer([todo(1)], "t1");
    const call = await peer.call("acquireSubscription");
    expect(call.message.params).toEqual({ token: "t1", offset: null });
    expect(fixture.todos.items).toEqual([]);
    peer.answer(call);
    await reaches(subscription, "live");

    expect(fixture.todos.items).toEqual([todo(1)]);
    expect(states).toEqual([SYNCING, LIVE]);
  });

  it("applies deltas while it is live", async () => {
    const { datasync, peer } = await fixture.live([todo(1)]);

    sendInsert(peer, todo(2));
    await arrived(datasync, peer);

    expect(fixture.todos.items).toEqual([todo(1), todo(2)]);
  });

  it("shows data and the deltas that came with the acquisition in one step", async () => {
    const { peer, subscription } = await fixture.connected();
    const steps: unknown[] = [];
    subscription.stateChanged.add(() => steps.push(fixture.todos.items));

    (await fixture.app.request()).answer([todo(1, "new")], "t1");
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
    const { datasync, peer, subscription } = await fixture.connected();
    const request = await fixture.app.request();

    sendInsert(peer, todo(7));
    await arrived(datasync, peer);
    expect(fixture.shown).toEqual([]);
    request.answer([todo(1)], "t1");
    await peer.serve("acquireSubscription");
    await reaches(subscription, "live");

    expect(fixture.todos.items).toEqual([todo(1)]);
  });

  it("leaves deltas of models that its processor does not handle to others", async () => {
    const { datasync, peer } = await fixture.live([]);

    sendInsert(peer, todo(1), "Player");
    await arrived(datasync, peer);

    expect(fixture.todos.items).toEqual([]);
    expect(fixture.server.reports).toEqual([]);
  });

  it("shows stale data after a lost connection, then replaces it without flicker", async () => {
    const { snorky, datasync, subscription, states, cut } = await fixture.live([todo(1)]);

    await cut();
    expect(subscription.state).toEqual(DISCONNECTED);
    expect(fixture.todos.items).toEqual([todo(1)]);
    fixture.server.clock.advance(250);
    const second = await fixture.server.server.accept();
    const request = await fixture.app.request();
    expect(subscription.state).toEqual(SYNCING);
    sendInsert(second, todo(7)); // of another subscription
    await arrived(datasync, second);
    request.answer([todo(2)], "t2");
    expect((await second.serve("acquireSubscription")).message.params).toEqual({
      token: "t2",
      offset: null,
    });
    await reaches(subscription, "live");

    expect(fixture.shown).toEqual([[todo(2)]]);
    expect(states).toEqual([SYNCING, LIVE, DISCONNECTED, SYNCING, LIVE]);
    expect(snorky.isConnected).toBe(true);
  });

  it("does not announce the tokens it deals with itself as lost", async () => {
    const { datasync, cut } = await fixture.live([todo(1)]);
    const heard: unknown[] = [];
    datasync.subscriptionLost.add((lost) => heard.push(lost));

    await cut();
    fixture.server.clock.advance(250);
    await fixture.app.request();

    expect(heard).toEqual([]);
  });

  it("fetches while the connection is still being made", async () => {
    const snorky = fixture.server.connect({ datasync: DataSync });
    const subscription = fixture.keepSynced(snorky.services.datasync);

    (await fixture.app.request()).answer([todo(1)], "t1");
    const peer = await fixture.server.server.accept();
    await peer.serve("acquireSubscription");
    await reaches(subscription, "live");

    expect(fixture.todos.items).toEqual([todo(1)]);
    expect(fixture.app.open).toBe(0);
  });

  it("may be had several times on one service", async () => {
    const { datasync, peer, subscription } = await fixture.live([todo(1)]);
    const others = new SnapshotCollection<Todo>();
    const otherApp = new WebApp<Todo[]>();
    const second = fixture.keepSynced(datasync, {
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

    expect(fixture.todos.items).toEqual([todo(1), todo(2)]);
    expect(others.items).toEqual([todo(5), todo(6), todo(7)]);
  });

  it("acquires nothing until a cancelled subscription can send no more old deltas", async () => {
    const { datasync, peer, subscription } = await fixture.live([todo(1)], "old");
    subscription.stop();
    const cancel = await peer.call("cancelSubscription");
    const second = fixture.keepSynced(datasync);
    (await fixture.app.request()).answer([todo(1, "newer")], "new");

    sendInsert(peer, todo(1, "older"));
    peer.answer(cancel);
    await peer.serve("acquireSubscription");
    await reaches(second, "live");

    expect(fixture.todos.items).toEqual([todo(1, "newer")]);
  });

  it("tells its subscribers of each state, until they have enough", async () => {
    const { subscription, cut } = await fixture.live([]);
    const states: unknown[] = [];
    const unsubscribe = subscription.subscribe(() => states.push(subscription.getState()));

    await cut();
    unsubscribe();
    subscription.stop();

    expect(states).toEqual([DISCONNECTED]);
  });

  it("fetches anew when asked, and cancels the old subscription before it has the new one", async () => {
    const { datasync, peer, subscription } = await fixture.live([todo(1)], "old");

    subscription.resync();
    const request = await fixture.app.request();
    sendInsert(peer, todo(2));
    await arrived(datasync, peer);
    expect(fixture.todos.items).toEqual([todo(1), todo(2)]);
    request.answer([todo(1), todo(2)], "new");
    const cancel = await peer.call("cancelSubscription");
    expect(cancel.message.params).toEqual({ token: "old" });
    sendInsert(peer, todo(2, "older than the new data"));
    peer.answer(cancel);
    const call = await peer.call("acquireSubscription");
    sendInsert(peer, todo(3));
    peer.answer(call);
    await reaches(subscription, "live");

    expect(fixture.todos.items).toEqual([todo(1), todo(2), todo(3)]);
    expect(fixture.shown).toHaveLength(3);
  });

  it("stays with the old subscription while there is no new one to be had", async () => {
    const { datasync, peer, subscription } = await fixture.live([todo(1)], "old");

    subscription.resync();
    (await fixture.app.request()).fail("503");
    await reaches(subscription, "stale");
    sendInsert(peer, todo(2));
    await arrived(datasync, peer);

    expect(fixture.todos.items).toEqual([todo(1), todo(2)]);
  });

  it("begins anew when asked during the acquisition, and waits for its answer", async () => {
    const { peer, subscription } = await fixture.connected();
    (await fixture.app.request()).answer([todo(1)], "first");
    const call = await peer.call("acquireSubscription");

    subscription.resync();
    (await fixture.app.request()).answer([todo(1), todo(2)], "second");
    sendInsert(peer, todo(1, "older than the new data"));
    peer.answer(call);
    expect((await peer.serve("cancelSubscription")).message.params).toEqual({ token: "first" });
    await peer.serve("acquireSubscription");
    await reaches(subscription, "live");

    expect(fixture.shown).toEqual([[todo(1), todo(2)]]);
  });

  it("takes only the deltas with its tag, if it has one", async () => {
    const { datasync, peer } = await fixture.live([], "t1", { tag: "red" });

    for (const tag of ["red", "blue", undefined]) {
      peer.send("datasync", {
        type: "delta",
        delta: { type: "insert", model: "Todo", data: todo(1, `${tag}`), tag },
      });
    }
    await arrived(datasync, peer);

    expect(fixture.todos.items).toEqual([todo(1, "red")]);
  });

  it("deals deltas out by tag, where its processor has a collection for each", async () => {
    const [red, blue] = [new SnapshotCollection<Todo>(), new SnapshotCollection<Todo>()];
    const { datasync, peer } = await fixture.live([], "t1", {
      processor: new CollectionDeltaProcessor({ Todo: { red, blue } }),
    });

    for (const [id, tag] of ["red", "blue", "green"].entries()) {
      peer.send("datasync", {
        type: "delta",
        delta: { type: "insert", model: "Todo", data: todo(id), tag },
      });
    }
    await arrived(datasync, peer);

    expect([red.items, blue.items]).toEqual([[todo(0)], [todo(1)]]);
  });

  it("may ask for conflated deltas", async () => {
    const { peer } = await fixture.connected({ conflate: "uuid" });
    (await fixture.app.request()).answer([], "t1");

    const { message } = await peer.call("acquireSubscription");

    expect(message.params).toEqual({ token: "t1", offset: null, conflate: "uuid" });
  });
});
