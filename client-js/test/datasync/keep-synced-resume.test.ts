import { describe, expect, it } from "vitest";
import {
  CollectionDeltaProcessor,
  type DataSync,
  type KeepSyncedOptions,
  type LiveSubscription,
  SnapshotCollection,
} from "../../src/index.js";
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
import type { Peer } from "../support/server.js";
import { WebApp } from "../support/web-app.js";

const fixture = useLive();

/** A live subscription that can be resumed, and its next connections. */
async function live(options: Partial<KeepSyncedOptions<Todo[]>> = {}) {
  const all = await fixture.live([todo(1)], "t1", options, { offset: "0" });
  const again = async () => {
    all.snorky.connect();
    return fixture.server.server.accept();
  };
  return { ...all, again };
}

/** The offset that a connection was asked to go on from. */
async function resumed(peer: Peer, answer: string): Promise<unknown> {
  const { message } = await peer.serve("acquireSubscription", { offset: answer });
  expect(message.params.token).toBe("t1");
  return message.params.offset;
}

describe("keepSynced, on a new connection,", () => {
  it("goes on where it was, and asks the web application for nothing", async () => {
    const { datasync, peer, subscription, states, cut, again } = await live();
    sendInsert(peer, todo(2), "Todo", "1");
    sendInsert(peer, todo(3), "Todo", "2");
    await arrived(datasync, peer);
    fixture.shown.length = 0;

    await cut();
    const second = await again();
    const call = await second.call("acquireSubscription");
    expect(call.message.params).toEqual({ token: "t1", offset: "1" });
    sendInsert(second, todo(3), "Todo", "2");
    sendInsert(second, todo(4), "Todo", "3");
    await arrived(datasync, second);
    expect(fixture.shown).toEqual([]);
    second.answer(call, { offset: "3" });
    await reaches(subscription, "live");

    expect(fixture.todos.items).toEqual([todo(1), todo(2), todo(3), todo(4)]);
    expect(states).toEqual([SYNCING, LIVE, DISCONNECTED, SYNCING, LIVE]);
    expect(fixture.app.open).toBe(0);
  });

  it.each<[string, string[], string]>([
    ["the answer, if no delta came", [], "0"],
    ["the answer, if one delta came, as its like may follow", ["1"], "0"],
    ["the last but one, if deltas came", ["1", "2", "3"], "2"],
    ["the one before those of one change", ["1", "2", "2", "2"], "1"],
    ["a position", ["1", "2", "position:9"], "9"],
    ["a position, if one delta came since", ["1", "position:9", "10"], "9"],
  ])("goes on from the offset of %s", async (_which, sent, expected) => {
    const { datasync, peer, cut, again } = await live();
    for (const offset of sent) {
      if (offset.startsWith("position:")) {
        peer.send("datasync", { type: "position", offset: offset.slice("position:".length) });
      } else {
        sendInsert(peer, todo(2), "Todo", offset);
      }
    }
    await arrived(datasync, peer);

    await cut();

    expect(await resumed(await again(), "9")).toBe(expected);
  });

  it("counts from where the new connection has begun", async () => {
    const { datasync, peer, subscription, cut, again } = await live();
    sendInsert(peer, todo(2), "Todo", "1");
    await arrived(datasync, peer);
    await cut();
    const second = await again();
    await resumed(second, "7");
    await reaches(subscription, "live");
    sendInsert(second, todo(3), "Todo", "8");
    await arrived(datasync, second);

    const lost = reaches(subscription, "stale");
    second.cut();
    await lost;

    expect(await resumed(await again(), "9")).toBe("7");
  });

  it("counts what came with the acquisition, where its answer says the beginning", async () => {
    const { peer, subscription, cut, snorky } = await fixture.connected();
    (await fixture.app.request()).answer([], "t1");
    const call = await peer.call("acquireSubscription");
    for (const offset of ["5", "6", "7"]) {
      sendInsert(peer, todo(1), "Todo", offset);
    }
    peer.answer(call, { offset: "4" });
    await reaches(subscription, "live");

    await cut();
    snorky.connect();

    expect(await resumed(await fixture.server.server.accept(), "9")).toBe("6");
  });

  it("takes no notice of what came on a connection that was lost before the answer", async () => {
    const { datasync, peer, subscription, cut, again } = await live();
    sendInsert(peer, todo(2), "Todo", "1");
    sendInsert(peer, todo(3), "Todo", "2");
    await arrived(datasync, peer);
    await cut();
    const second = await again();
    await second.call("acquireSubscription");
    sendInsert(second, todo(9), "Todo", "3");
    sendInsert(second, todo(9), "Todo", "4");
    await arrived(datasync, second);

    const lost = reaches(subscription, "stale");
    second.cut();
    await lost;
    expect(fixture.todos.items).toEqual([todo(1), todo(2), todo(3)]);

    expect(await resumed(await again(), "9")).toBe("1");
  });

  it.each(["resync", "No such subscription", "Invalid params"])(
    "fetches anew if the server says: %s",
    async (message) => {
      const { datasync, subscription, states, cut, again } = await live();
      await cut();
      const second = await again();
      const call = await second.call("acquireSubscription");
      sendInsert(second, todo(9), "Todo", "1");
      await arrived(datasync, second);

      second.refuse(call, message);
      const request = await fixture.app.request();
      expect(fixture.todos.items).toEqual([todo(1)]);
      request.answer([todo(2)], "t2");
      await second.serve("acquireSubscription", { offset: "5" });
      await reaches(subscription, "live");

      expect(fixture.shown).toEqual([[todo(2)]]);
      expect(states).toEqual([SYNCING, LIVE, DISCONNECTED, SYNCING, LIVE]);
      expect(fixture.server.reports).toEqual([]);
    },
  );

  it("fetches anew where the server knows no offsets", async () => {
    const { peer, subscription, cut } = await fixture.connected();
    (await fixture.app.request()).answer([todo(1)], "t1");
    const refused = await peer.call("acquireSubscription");
    expect(refused.message.params).toEqual({ token: "t1", offset: null });
    peer.refuse(refused, "Invalid params");
    expect((await peer.serve("acquireSubscription")).message.params).toEqual({ token: "t1" });
    await reaches(subscription, "live");

    subscription.resync();
    (await fixture.app.request()).answer([todo(1)], "t2");
    await peer.serve("cancelSubscription");
    expect((await peer.serve("acquireSubscription")).message.params).toEqual({ token: "t2" });
    await reaches(subscription, "live");
    await cut();
    fixture.server.clock.advance(250);
    const second = await fixture.server.server.accept();
    (await fixture.app.request()).answer([todo(2)], "t3");
    const call = await second.call("acquireSubscription");

    expect(call.message.params).toEqual({ token: "t3", offset: null });
  });

  it("resumes nothing that was stopped", async () => {
    const { datasync, subscription, cut, again } = await live();
    await cut();

    subscription.stop();
    await arrived(datasync, await again());

    expect(fixture.app.open).toBe(0);
  });

  it("gives the token up that it resumes, if it is stopped meanwhile", async () => {
    const { subscription, cut, again } = await live();
    await cut();
    const second = await again();
    const call = await second.call("acquireSubscription");

    subscription.stop();
    second.answer(call, { offset: "5" });

    expect((await second.serve("cancelSubscription")).message.params).toEqual({ token: "t1" });
  });
});

describe("keepSynced, beside others,", () => {
  async function beside(datasync: DataSync, peer: Peer, model: string) {
    const app = new WebApp<Todo[]>();
    const shown = new SnapshotCollection<Todo>();
    const other: LiveSubscription<Todo[]> = fixture.keepSynced(datasync, {
      fetch: app.fetch,
      apply: (rows) => shown.replace(rows),
      processor: new CollectionDeltaProcessor({ [model]: shown }),
    });
    (await app.request()).answer([], "other");
    await peer.serve("acquireSubscription", { offset: "5" });
    await reaches(other, "live");
    return { app, other, shown };
  }

  it("counts only the deltas that are its own", async () => {
    const { datasync, peer, cut, again } = await live();
    await beside(datasync, peer, "Player");
    sendInsert(peer, todo(2), "Todo", "3");
    sendInsert(peer, todo(2), "Player", "8");
    sendInsert(peer, todo(3), "Todo", "4");
    sendInsert(peer, todo(3), "Player", "9");
    await arrived(datasync, peer);

    await cut();
    const second = await again();

    expect(await resumed(second, "9")).toBe("3");
    const { message } = await second.serve("acquireSubscription", { offset: "9" });
    expect(message.params).toEqual({ token: "other", offset: "8" });
  });

  it("fetches anew if it has had deltas that may be another's", async () => {
    const { datasync, peer, cut, again } = await live();
    await beside(datasync, peer, "Todo");
    sendInsert(peer, todo(2), "Todo", "6");
    sendInsert(peer, todo(3), "Todo", "7");
    await arrived(datasync, peer);

    await cut();
    await arrived(datasync, await again());

    await fixture.app.request();
  });

  it("goes on from a position, whoever's the deltas before it were", async () => {
    const { datasync, peer, cut, again } = await live();
    await beside(datasync, peer, "Todo");
    sendInsert(peer, todo(2), "Todo", "6");
    peer.send("datasync", { type: "position", offset: "7" });
    await arrived(datasync, peer);

    await cut();

    expect(await resumed(await again(), "9")).toBe("7");
  });
});

describe("keepSynced, when the server gives its subscription up,", () => {
  it("fetches anew, after a while, and shows the rest until then", async () => {
    const { datasync, peer, subscription, states } = await live();
    sendInsert(peer, todo(2), "Todo", "1");

    peer.send("datasync", { type: "resync", token: "t1" });
    await arrived(datasync, peer);
    expect(fixture.todos.items).toEqual([todo(1), todo(2)]);
    expect(subscription.state).toMatchObject({
      reason: "failed",
      error: { message: "resync: the server has not kept what this page has missed" },
      retryDelay: 250,
    });
    fixture.server.clock.advance(250);
    (await fixture.app.request()).answer([todo(3)], "t2");
    await peer.serve("acquireSubscription", { offset: "9" });
    await reaches(subscription, "live");

    expect(fixture.todos.items).toEqual([todo(3)]);
    expect(states.map(({ type }) => type)).toEqual(["syncing", "live", "stale", "syncing", "live"]);
  });

  it("waits longer each time, unless it was live for a while", async () => {
    const { datasync, peer, subscription } = await live();
    const delays: unknown[] = [];

    for (const [round, time] of [0, 0, 5000, 0].entries()) {
      fixture.server.clock.advance(time);
      peer.send("datasync", { type: "resync", token: `t${round + 1}` });
      await arrived(datasync, peer);
      delays.push((subscription.state as { retryDelay?: number }).retryDelay);
      fixture.server.clock.advance(30_000);
      (await fixture.app.request()).answer([], `t${round + 2}`);
      await peer.serve("acquireSubscription", { offset: "9" });
      await reaches(subscription, "live");
    }

    expect(delays).toEqual([250, 500, 250, 500]);
  });

  it("fetches anew if that happens during the acquisition", async () => {
    const { datasync, peer, subscription } = await fixture.connected();
    (await fixture.app.request()).answer([todo(1)], "t1");
    const call = await peer.call("acquireSubscription");

    peer.send("datasync", { type: "resync", token: "t1" });
    await arrived(datasync, peer);
    peer.refuse(call, "resync");
    fixture.server.clock.advance(250);
    (await fixture.app.request()).answer([todo(2)], "t2");
    await peer.serve("acquireSubscription", { offset: "9" });
    await reaches(subscription, "live");

    expect(fixture.todos.items).toEqual([todo(2)]);
  });

  it("leaves others alone", async () => {
    const { datasync, peer, subscription } = await live();
    const lost: unknown[] = [];
    datasync.subscriptionLost.add((tokens) => lost.push(tokens));

    peer.send("datasync", { type: "resync", token: "unknown" });
    await arrived(datasync, peer);

    expect(subscription.state).toEqual(LIVE);
    expect(lost).toEqual([]);
  });
});
