import { describe, expect, it } from "vitest";
import { PubSub, RPCService, SnorkyConnectionError } from "../src/index.js";
import { next, rejection, unheeded, useServer } from "./support/fixture.js";
import type { Peer } from "./support/server.js";

const fixture = useServer();

async function connected() {
  const snorky = fixture.connect({ pubsub: PubSub, rpc: RPCService });
  const peer = await fixture.server.accept();
  await next(snorky.connected);
  return { snorky, peer, pubsub: snorky.services.pubsub };
}

async function subscribed(channel: unknown) {
  const { snorky, peer, pubsub } = await connected();
  const result = pubsub.subscribe({ channel });
  await peer.serve("subscribe");
  await result;
  const reconnect = async (): Promise<Peer> => {
    const lost = next(snorky.disconnected);
    peer.cut();
    await lost;
    snorky.connect();
    return fixture.server.accept();
  };
  return { snorky, peer, pubsub, reconnect };
}

describe("PubSub", () => {
  it("publishes, subscribes and unsubscribes by the commands of these names", async () => {
    const { peer, pubsub } = await connected();
    const channel = { room: 1 };

    const results = [
      pubsub.subscribe({ channel }),
      pubsub.publish({ channel, message: ["hi"] }),
      pubsub.unsubscribe({ channel }),
    ];
    const params = [
      (await peer.serve("subscribe")).message.params,
      (await peer.serve("publish")).message.params,
      (await peer.serve("unsubscribe")).message.params,
    ];

    expect(params).toEqual([{ channel }, { channel, message: ["hi"] }, { channel }]);
    expect(await Promise.all(results)).toEqual([null, null, null]);
  });

  it("hands messages to the listeners, with their channel", async () => {
    const { peer, pubsub } = await connected();

    const arrived = next(pubsub.messagePublished);
    peer.send("pubsub", { type: "message", channel: "news", message: { n: 1 } });

    expect(await arrived).toMatchObject({ channel: "news", message: { n: 1 } });
  });

  it("rejects with the server's words", async () => {
    const { peer, pubsub } = await connected();

    const result = pubsub.subscribe({ channel: "news" });
    peer.refuse(await peer.receive(), "Already subscribed");

    await expect(result).rejects.toThrow("Already subscribed");
  });

  it("rejects channels that are no JSON", async () => {
    const { pubsub } = await connected();

    await expect(pubsub.subscribe({ channel: 1n })).rejects.toThrow(TypeError);
    await expect(pubsub.unsubscribe({ channel: 1n })).rejects.toThrow(TypeError);
  });

  it("subscribes again after a lost connection, before what was queued is sent", async () => {
    const { snorky, peer, pubsub } = await subscribed("news");
    const lost = next(snorky.disconnected);
    peer.cut();
    await lost;

    unheeded(pubsub.publish({ channel: "news", message: "own" }));
    snorky.connect();
    const second = await fixture.server.accept();

    expect((await second.serve("subscribe")).message.params).toEqual({ channel: "news" });
    await second.serve("publish");
  });

  it("answers a page that subscribes again itself with the subscription there is", async () => {
    const { snorky, pubsub, reconnect } = await subscribed({ a: 1, b: 2 });
    const results: Promise<null>[] = [];
    snorky.connected.addOnce(() => {
      results.push(pubsub.subscribe({ channel: { b: 2, a: 1 } }));
      unheeded(pubsub.publish({ channel: "x", message: "next" }));
    });

    const second = await reconnect();
    await second.serve("subscribe");
    await second.serve("publish");
    expect(await Promise.all(results)).toEqual([null]);

    const again = pubsub.subscribe({ channel: { a: 1, b: 2 } });
    second.refuse(await second.call("subscribe"), "Already subscribed");
    await expect(again).rejects.toThrow("Already subscribed");
  });

  it("asks once for a channel that the page subscribes to while the connection is lost", async () => {
    const { snorky, peer, pubsub } = await subscribed("news");
    const lost = next(snorky.disconnected);
    peer.cut();
    await lost;

    const result = pubsub.subscribe({ channel: "news" });
    unheeded(pubsub.publish({ channel: "x", message: "next" }));
    snorky.connect();
    const second = await fixture.server.accept();
    await second.serve("subscribe");
    await second.serve("publish");

    expect(await result).toBeNull();
  });

  it("does not subscribe again to a channel that was left, connected or not", async () => {
    const { snorky, peer, pubsub } = await subscribed("a");
    const both = pubsub.subscribe({ channel: "b" });
    await peer.serve("subscribe");
    await both;
    const left = pubsub.unsubscribe({ channel: "a" });
    await peer.serve("unsubscribe");
    await left;
    const lost = next(snorky.disconnected);
    peer.cut();
    await lost;

    expect(await pubsub.unsubscribe({ channel: "b" })).toBeNull();
    unheeded(pubsub.publish({ channel: "x", message: "next" }));
    snorky.connect();

    await (await fixture.server.accept()).serve("publish");
  });

  it("forgets its channels when the page hangs up", async () => {
    const { snorky, pubsub } = await subscribed("news");

    snorky.disconnect();
    unheeded(pubsub.publish({ channel: "x", message: "next" }));
    snorky.connect();

    await (await fixture.server.accept()).serve("publish");
  });

  it("says which channel the server refuses after a reconnect, and does not ask again", async () => {
    const { snorky, pubsub, reconnect } = await subscribed("secret");
    const lost = next(pubsub.subscriptionLost);

    const second = await reconnect();
    second.refuse(await second.call("subscribe"), "Not authorized");

    const { channel, error } = await lost;
    expect(channel).toBe("secret");
    expect(error.message).toBe("Not authorized");
    expect(fixture.reports).toHaveLength(1);
    const gone = next(snorky.disconnected);
    second.cut();
    await gone;
    snorky.connect();
    unheeded(pubsub.publish({ channel: "x", message: "next" }));
    await (await fixture.server.accept()).serve("publish");
  });

  it("goes on trying when the connection is lost while it subscribes again", async () => {
    const { snorky, reconnect, pubsub } = await subscribed("news");
    const second = await reconnect();
    await second.call("subscribe");
    const waiting = pubsub.subscribe({ channel: "news" });
    const lost = next(snorky.disconnected);
    second.cut();
    await lost;
    expect(await rejection(waiting)).toBeInstanceOf(SnorkyConnectionError);

    snorky.connect();

    await (await fixture.server.accept()).serve("subscribe");
    expect(fixture.reports).toEqual([]);
  });
});
