import { describe, expect, it } from "vitest";
import { DataSync } from "../../src/index.js";
import { next } from "../support/fixture.js";
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

const fixture = useLive();

describe("keepSynced, when something goes wrong,", () => {
  it("shows what it has fetched, as stale, if no connection can be made", async () => {
    await fixture.server.server.stop();
    const snorky = fixture.server.connect({ datasync: DataSync });
    const failed = next(snorky.disconnected);
    const subscription = fixture.keepSynced(snorky.services.datasync);
    const request = await fixture.app.request();

    await failed;
    request.answer([todo(1)], "t1");
    await reaches(subscription, "stale");

    expect(subscription.state).toEqual(DISCONNECTED);
    expect(fixture.todos.items).toEqual([todo(1)]);
  });

  it("shows what it has fetched, as stale, if the connection fails after all", async () => {
    await fixture.server.server.stop();
    const snorky = fixture.server.connect({ datasync: DataSync });
    const subscription = fixture.keepSynced(snorky.services.datasync);

    (await fixture.app.request()).answer([todo(1)], "t1");
    await next(snorky.disconnected);

    expect(subscription.state).toEqual(DISCONNECTED);
    expect(fixture.todos.items).toEqual([todo(1)]);
  });

  it("fetches again, after growing waits, while the web application fails", async () => {
    const { peer, subscription } = await fixture.connected();

    for (const retryDelay of [250, 500, 1000]) {
      (await fixture.app.request()).fail("503");
      await reaches(subscription, "stale");
      const error = new Error("503");
      expect(subscription.state).toEqual({ type: "stale", reason: "failed", error, retryDelay });
      fixture.server.clock.advance(retryDelay);
      expect(subscription.state).toEqual(SYNCING);
    }
    (await fixture.app.request()).answer([todo(1)], "t1");
    await peer.serve("acquireSubscription");
    await reaches(subscription, "live");

    expect(fixture.server.reports).toHaveLength(3);
    expect(fixture.server.reports[0]).toBe(
      "data could not be kept in sync, next attempt in 250 ms: Error: 503",
    );
    expect(fixture.server.clock.running).toBe(0);
  });

  it("does not wait for the next attempt when there is a new connection", async () => {
    const { snorky, subscription, cut } = await fixture.connected();
    (await fixture.app.request()).fail("503");
    await reaches(subscription, "stale");

    await cut();
    expect(subscription.state).toMatchObject({ reason: "failed" });
    snorky.connect();
    const second = await fixture.server.server.accept();
    (await fixture.app.request()).answer([], "t1");
    await second.serve("acquireSubscription");

    await reaches(subscription, "live");
    expect(fixture.server.clock.running).toBe(0);
  });

  it("gives up on a request that takes too long, and says so to it", async () => {
    const { datasync, peer, subscription } = await fixture.connected({ fetchTimeout: 5000 });
    const request = await fixture.app.request();

    fixture.server.clock.advance(5000);

    expect(request.signal.aborted).toBe(true);
    expect(subscription.state).toMatchObject({
      error: { message: "fetch: no data after 5000 ms" },
    });
    fixture.server.clock.advance(250);
    await fixture.app.request();
    request.answer([todo(9)], "late");
    await arrived(datasync, peer);
    expect(fixture.todos.items).toEqual([]);
  });

  it("fetches again if the token has expired meanwhile, and shows what it has", async () => {
    const { peer, subscription } = await fixture.connected();

    (await fixture.app.request()).answer([todo(1)], "expired");
    peer.refuse(await peer.call("acquireSubscription"), "No such subscription");
    await reaches(subscription, "stale");
    expect(subscription.state).toMatchObject({ error: { message: "No such subscription" } });
    expect(fixture.todos.items).toEqual([todo(1)]);
    fixture.server.clock.advance(250);
    (await fixture.app.request()).answer([todo(2)], "t2");
    await peer.serve("acquireSubscription");
    await reaches(subscription, "live");

    expect(fixture.todos.items).toEqual([todo(2)]);
  });

  it("shows data without a token, as stale, and tries again", async () => {
    const { peer, subscription } = await fixture.connected();

    (await fixture.app.request()).answer([todo(1)], null);
    await reaches(subscription, "stale");
    expect(fixture.todos.items).toEqual([todo(1)]);
    expect(subscription.state).toMatchObject({
      error: { message: "fetch: token: null (expected: the token of a subscription)" },
    });
    fixture.server.clock.advance(250);
    (await fixture.app.request()).answer([todo(1)], "t1");
    await peer.serve("acquireSubscription");

    await reaches(subscription, "live");
  });

  it.each([
    ["nothing", undefined, "fetch: undefined (expected: an object with data and token)"],
    ["no data", { token: "t" }, "fetch: object (expected: an object with data and token)"],
    ["no token", { data: [] }, "fetch: token: undefined (expected: a string, or null)"],
  ])("takes a request that brings %s for a failed one", async (_what, value, message) => {
    const { subscription } = await fixture.connected({ fetch: async () => value as never });

    await reaches(subscription, "stale");

    expect(subscription.state).toMatchObject({ reason: "failed", error: { message } });
  });

  it("takes a fetch that throws for a failed one", async () => {
    const { subscription } = await fixture.connected({
      fetch: () => {
        throw new Error("mine");
      },
    });

    await reaches(subscription, "stale");

    expect(subscription.state).toMatchObject({ error: { message: "mine" } });
  });

  it("goes on with a request that outlives the connection", async () => {
    const { snorky, subscription, cut } = await fixture.connected();
    const request = await fixture.app.request();
    await cut();
    snorky.connect();
    const second = await fixture.server.server.accept();
    await next(snorky.connected);

    request.answer([todo(1)], "t1");
    await second.serve("acquireSubscription");
    await reaches(subscription, "live");

    expect(fixture.app.open).toBe(0);
  });

  it("shows what it has if the connection is lost during the acquisition, and begins anew", async () => {
    const { snorky, datasync, peer, subscription, cut } = await fixture.connected();
    (await fixture.app.request()).answer([todo(1)], "t1");
    await peer.call("acquireSubscription");
    const delta = next(datasync.deltaReceived);
    sendInsert(peer, todo(2));
    await delta;

    await cut();
    expect(subscription.state).toEqual(DISCONNECTED);
    expect(fixture.todos.items).toEqual([todo(1), todo(2)]);
    snorky.connect();
    const second = await fixture.server.server.accept();
    (await fixture.app.request()).answer([todo(3)], "t2");
    expect((await second.serve("acquireSubscription")).message.params).toEqual({
      token: "t2",
      offset: null,
    });
    await reaches(subscription, "live");

    expect(fixture.todos.items).toEqual([todo(3)]);
  });

  it("takes a connection for lost on which the acquisition is not answered", async () => {
    const { snorky, peer, subscription } = await fixture.connected();
    (await fixture.app.request()).answer([todo(1)], "t1");
    await peer.call("acquireSubscription");
    const lost = next(snorky.disconnected);

    fixture.server.clock.advance(60_000);

    expect(await lost).toMatchObject({
      code: 1006,
      reason: "datasync: acquireSubscription: no answer after 60000 ms",
      wasConnected: true,
    });
    expect(subscription.state).toEqual(DISCONNECTED);
    expect(fixture.todos.items).toEqual([todo(1)]);
    fixture.server.clock.advance(250);
    const second = await fixture.server.server.accept();
    (await fixture.app.request()).answer([], "t2");
    await second.serve("acquireSubscription");
    await reaches(subscription, "live");
  });

  it("takes a connection for lost on which a cancellation is not answered", async () => {
    const { snorky, peer, subscription } = await fixture.live([]);
    subscription.stop();
    await peer.call("cancelSubscription");
    const lost = next(snorky.disconnected);

    fixture.server.clock.advance(60_000);

    expect(await lost).toMatchObject({
      reason: "datasync: cancelSubscription: no answer after 60000 ms",
    });
  });

  it("reports what the page throws while deltas are applied, and goes on", async () => {
    let applied = 0;
    const processDelta = () => {
      applied++;
      throw new Error("mine");
    };
    const { datasync, peer, subscription } = await fixture.connected({
      processor: { processDelta },
    });
    (await fixture.app.request()).answer([], "t1");
    await peer.serve("acquireSubscription");
    await reaches(subscription, "live");

    sendInsert(peer, todo(1));
    sendInsert(peer, todo(2));
    await arrived(datasync, peer);

    expect(applied).toBe(2);
    expect(subscription.state).toEqual(LIVE);
    expect(fixture.server.reports).toHaveLength(2);
  });

  it("takes data that cannot be shown for a failure, and gives the subscription up", async () => {
    let broken = true;
    const apply = (rows: Todo[]) => {
      if (broken) {
        throw new Error("mine");
      }
      fixture.todos.replace(rows);
    };
    const { peer, subscription } = await fixture.connected({ apply });

    (await fixture.app.request()).answer([todo(1)], "t1");
    await peer.serve("acquireSubscription");
    expect((await peer.serve("cancelSubscription")).message.params).toEqual({ token: "t1" });
    await reaches(subscription, "stale");
    expect(subscription.state).toMatchObject({ error: { message: "mine" } });
    broken = false;
    fixture.server.clock.advance(250);
    (await fixture.app.request()).answer([todo(2)], "t2");
    await peer.serve("acquireSubscription");
    await reaches(subscription, "live");

    expect(fixture.todos.items).toEqual([todo(2)]);
  });

  it.each([
    [{ fetch: 5 }, "fetch: number (expected: a function)"],
    [{ apply: null }, "apply: null (expected: a function)"],
    [{ processor: undefined }, "processor: undefined (expected: an object with processDelta)"],
    [{ tag: 5 }, "tag: number (expected: a string)"],
    [{ conflate: 5 }, "conflate: number (expected: a boolean, or a member's name)"],
    [{ fetchTimeout: -1 }, "fetchTimeout: -1 (expected: a number from 0"],
    [{ retry: { minDelay: 0 } }, "retry.minDelay: 0 (expected: a number from 1"],
  ])("refuses the options %j and says what would be right", (options, message) => {
    const snorky = fixture.server.connect({ datasync: DataSync });

    expect(() => fixture.keepSynced(snorky.services.datasync, options as never)).toThrow(message);
  });
});
