import { describe, expect, it } from "vitest";
import { DataSync } from "../../src/index.js";
import { next, useServer } from "../support/fixture.js";

const fixture = useServer();
const insert = (id: number) => ({ type: "insert", model: "Player", data: { id } });

async function acquired(token: string) {
  const snorky = fixture.connect({ datasync: DataSync });
  const { datasync } = snorky.services;
  const peer = await fixture.server.accept();
  const result = datasync.acquireSubscription({ token });
  await peer.serve("acquireSubscription");
  await result;
  const reconnect = async () => {
    const lost = next(snorky.disconnected);
    peer.cut();
    await lost;
    snorky.connect();
    await next(snorky.connected);
    return fixture.server.accept();
  };
  return { snorky, datasync, peer, reconnect };
}

describe("DataSync", () => {
  it("acquires and cancels subscriptions by their token", async () => {
    const { datasync, peer } = await acquired("t1");

    const more = datasync.acquireSubscription({ token: "t2" });
    expect((await peer.serve("acquireSubscription")).message.params).toEqual({ token: "t2" });
    const less = datasync.cancelSubscription({ token: "t1" });
    expect((await peer.serve("cancelSubscription")).message.params).toEqual({ token: "t1" });

    expect(await more).toBeNull();
    expect(await less).toBeNull();
  });

  it("rejects with the server's words", async () => {
    const { datasync, peer } = await acquired("t1");

    const result = datasync.acquireSubscription({ token: "gone" });
    peer.refuse(await peer.receive(), "No such subscription");

    await expect(result).rejects.toThrow("No such subscription");
  });

  it("hands deltas to the listeners in the server's order", async () => {
    const { datasync, peer } = await acquired("t1");
    const ids: unknown[] = [];
    datasync.deltaReceived.add((delta) => {
      if (delta.type === "insert") {
        ids.push((delta.data as { id: number }).id);
      }
    });

    for (const id of [1, 2, 3]) {
      peer.send("datasync", { type: "delta", delta: insert(id) });
    }
    const marker = datasync.rpcCall("marker");
    await peer.serve("marker");
    await marker;

    expect(ids).toEqual([1, 2, 3]);
  });

  it("says after a reconnect which subscriptions were lost", async () => {
    const { datasync, reconnect } = await acquired("t1");
    const lost = next(datasync.subscriptionLost);

    await reconnect();

    expect(await lost).toEqual({ tokens: ["t1"], resync: false });
  });

  it("does not take subscriptions for lost that were cancelled, or given up with the connection", async () => {
    const { snorky, datasync, peer } = await acquired("t1");
    const heard: unknown[] = [];
    datasync.subscriptionLost.add((lost) => heard.push(lost));
    const cut = next(snorky.disconnected);
    peer.cut();
    await cut;
    expect(await datasync.cancelSubscription({ token: "t1" })).toBeNull();

    snorky.connect();
    const second = await fixture.server.accept();
    const result = datasync.acquireSubscription({ token: "t2" });
    await second.serve("acquireSubscription");
    await result;
    snorky.disconnect();
    snorky.connect();
    await next(snorky.connected);

    expect(heard).toEqual([]);
  });

  it("gives the offsets that a subscription can be resumed from", async () => {
    const { datasync, peer } = await acquired("t1");
    const deltas: unknown[] = [];
    datasync.deltaReceived.add(({ version }, offset) => deltas.push([version, offset]));
    const position = next(datasync.positionReceived);

    const first = datasync.acquireSubscription({ token: "t2", offset: null });
    const { message } = await peer.serve("acquireSubscription", { offset: "a" });
    peer.send("datasync", { type: "delta", delta: { ...insert(1), version: 7 }, offset: "b" });
    peer.send("datasync", { type: "delta", delta: insert(2) });
    peer.send("datasync", { type: "position", offset: "c" });
    const again = datasync.acquireSubscription({ token: "t2", offset: "b", conflate: true });
    const second = await peer.serve("acquireSubscription", { offset: "c" });

    expect(message.params).toEqual({ token: "t2", offset: null });
    expect(await first).toEqual({ offset: "a" });
    expect(await position).toEqual({ offset: "c" });
    expect(second.message.params).toEqual({ token: "t2", offset: "b", conflate: true });
    expect(await again).toEqual({ offset: "c" });
    expect(deltas).toEqual([
      [7, "b"],
      [undefined, null],
    ]);
  });

  it("says when the server has given a subscription up, which is then not lost again", async () => {
    const { datasync, peer, reconnect } = await acquired("t1");
    const heard: unknown[] = [];
    datasync.subscriptionLost.add((lost) => heard.push(lost));
    const lost = next(datasync.subscriptionLost);

    peer.send("datasync", { type: "resync", token: "t1" });
    await lost;
    await reconnect();

    expect(heard).toEqual([{ tokens: ["t1"], resync: true }]);
  });

  it.each([
    [{ type: "position", offset: 5 }, "position", "offset: number (expected: a string)"],
    [{ type: "resync" }, "resync", "token: undefined (expected: a string)"],
    [
      { type: "delta", delta: insert(1), offset: null },
      "delta",
      "offset: null (expected: a string)",
    ],
    [
      { type: "delta", delta: { ...insert(1), version: 0.5 } },
      "delta",
      "delta.version: 0.5 (expected: an integer from 0 to 2^53-1)",
    ],
    [
      { type: "delta", delta: { ...insert(1), tag: 5 } },
      "delta",
      "delta.tag: number (expected: a string)",
    ],
  ])("reports what it cannot understand: %j", async (message, type, problem) => {
    const { datasync, peer } = await acquired("t1");
    const heard = next(datasync.notificationReceived);

    peer.send("datasync", message);
    await heard;

    expect(fixture.reports).toEqual([
      `the server sent a malformed ${type} to datasync: TypeError: ${problem}`,
    ]);
  });
});
