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

    expect(await lost).toEqual({ tokens: ["t1"] });
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
});
