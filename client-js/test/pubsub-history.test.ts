import { describe, expect, it } from "vitest";
import { type PublishedMessage, PubSub } from "../src/index.js";
import { cut, next, reconnect, settled, useServer } from "./support/fixture.js";
import type { Peer } from "./support/server.js";

const fixture = useServer();

const entry = (n: number) => ({ message: n, offset: `e-${n}` });
const entries = (...numbers: number[]) => numbers.map(entry);
const ofNews = (n: number) => ({ channel: "news", ...entry(n) });

async function connected() {
  const snorky = fixture.connect({ pubsub: PubSub });
  const peer = await fixture.server.accept();
  await next(snorky.connected);
  const { pubsub } = snorky.services;
  const seen: unknown[] = [];
  pubsub.messagePublished.add(({ message }) => seen.push(message));
  pubsub.historyLost.add(({ messages }) => seen.push(messages.map(({ message }) => message)));
  pubsub.presenceReceived.add(({ identity, status }) => seen.push(`${identity} ${status}`));
  return { snorky, peer, pubsub, seen };
}

/** Subscribed to the latest two messages, 4 and 5. */
async function withHistory() {
  const all = await connected();
  const result = all.pubsub.subscribe({ channel: "news", history: 2 });
  await all.peer.serve("subscribe", { offset: "e-5", messages: entries(4, 5) });
  await result;
  return all;
}

/** Subscribed, with ann and me there. */
async function withPresence() {
  const all = await connected();
  const result = all.pubsub.subscribe({ channel: "news", presence: true });
  await all.peer.serve("subscribe", { members: ["me", "ann"] });
  await result;
  return all;
}

function publish(peer: Peer, n: number): void {
  peer.send("pubsub", { type: "message", channel: "news", ...entry(n) });
}

function presence(peer: Peer, identity: string, status: string, channel = "news"): void {
  peer.send("pubsub", { type: "presence", channel, identity, status });
}

describe("A channel with history", () => {
  it("begins with the latest messages, which are told to those who asked alone", async () => {
    const { peer, pubsub, seen } = await connected();

    const result = pubsub.subscribe({ channel: "news", history: 2 });
    const call = await peer.serve("subscribe", { offset: "e-5", messages: entries(4, 5) });

    expect(call.message.params).toEqual({ channel: "news", history: 2 });
    expect(await result).toEqual({ messages: [ofNews(4), ofNews(5)] });
    expect(seen).toEqual([]);
  });

  it("has offsets with its messages", async () => {
    const { peer, pubsub } = await withHistory();

    const arrived = next(pubsub.messagePublished);
    publish(peer, 6);

    expect(await arrived).toMatchObject(ofNews(6));
  });

  it("goes on where it was after a lost connection: what was missed comes first, once each", async () => {
    const { snorky, peer, pubsub, seen } = await withHistory();
    publish(peer, 6);
    await settled(pubsub, peer);

    const second = await reconnect(fixture, snorky, peer);
    const call = await second.call("subscribe");
    second.answer(call, { offset: "e-8", messages: entries(7, 8) });
    publish(second, 9);
    await settled(pubsub, second);

    expect(call.message.params).toEqual({ channel: "news", history: 2, since: "e-6" });
    expect(seen).toEqual([6, 7, 8, 9]);
    const third = await reconnect(fixture, snorky, second);
    expect((await third.call("subscribe")).message.params.since).toBe("e-9");
  });

  it("hands what was missed over as what is new, with channel and offset", async () => {
    const { snorky, peer, pubsub } = await withHistory();
    const got: PublishedMessage[] = [];
    pubsub.messagePublished.add((message) => got.push(message));

    const second = await reconnect(fixture, snorky, peer);
    await second.serve("subscribe", { offset: "e-6", messages: entries(6) });
    await settled(pubsub, second);

    expect(got).toEqual([ofNews(6)]);
  });

  it("goes on after the answer's offset if nothing comes", async () => {
    const { snorky, peer } = await withHistory();

    const second = await reconnect(fixture, snorky, peer);
    await second.serve("subscribe", { offset: "e-7", messages: [] });
    const third = await reconnect(fixture, snorky, second);

    expect((await third.call("subscribe")).message.params.since).toBe("e-7");
  });

  it("takes the rest of a long past for messages, and goes on after the last that came", async () => {
    const { snorky, peer, pubsub, seen } = await connected();
    const result = pubsub.subscribe({ channel: "news", history: 3 });
    const call = await peer.call("subscribe");
    peer.answer(call, { offset: "e-1", messages: entries(1), until: "e-3" });
    publish(peer, 2);
    await settled(pubsub, peer);

    expect(await result).toEqual({ messages: [ofNews(1)] });
    expect(seen).toEqual([2]);
    const second = await reconnect(fixture, snorky, peer);
    expect((await second.call("subscribe")).message.params.since).toBe("e-2");
  });

  it("says so if some of what was missed is not kept any longer, and has the latest", async () => {
    const { snorky, peer, pubsub, seen } = await withHistory();
    const lost = next(pubsub.historyLost);

    const second = await reconnect(fixture, snorky, peer);
    const call = await second.call("subscribe");
    second.answer(call, { offset: "f-9", messages: entries(8, 9), resync: true });
    publish(second, 10);
    await settled(pubsub, second);

    expect(await lost).toEqual({ channel: "news", messages: [ofNews(8), ofNews(9)] });
    expect(seen).toEqual([[8, 9], 10]);
  });

  it("is subscribed to again if the server has ended it because too much was missed", async () => {
    const { snorky, peer, pubsub, seen } = await withHistory();

    peer.send("pubsub", { type: "resync", channel: "news" });
    const call = await peer.call("subscribe");
    peer.answer(call, { offset: "e-9", messages: entries(8, 9), resync: true });
    publish(peer, 10);
    await settled(pubsub, peer);

    expect(call.message.params).toEqual({ channel: "news", history: 2, since: "e-5" });
    expect(seen).toEqual([[8, 9], 10]);
    const second = await reconnect(fixture, snorky, peer);
    expect((await second.call("subscribe")).message.params.since).toBe("e-10");
  });

  it("is lost if the server refuses to go on", async () => {
    const { peer, pubsub } = await withHistory();
    const lost = next(pubsub.subscriptionLost);

    peer.send("pubsub", { type: "resync", channel: "other" });
    peer.send("pubsub", { type: "resync", channel: "news" });
    peer.refuse(await peer.call("subscribe"), "Not authorized");

    expect((await lost).channel).toBe("news");
  });

  it("begins anew if the page subscribes to it while the connection is lost", async () => {
    const { snorky, peer, pubsub, seen } = await withHistory();
    await cut(snorky as never, peer);

    const result = pubsub.subscribe({ channel: "news", history: 3 });
    snorky.connect();
    const second = await fixture.server.accept();
    const call = await second.serve("subscribe", { offset: "e-7", messages: entries(5, 6, 7) });

    expect(call.message.params).toEqual({ channel: "news", history: 3 });
    expect(await result).toEqual({ messages: [ofNews(5), ofNews(6), ofNews(7)] });
    expect(seen).toEqual([]);
  });

  it("can be subscribed to without history later", async () => {
    const { snorky, peer, pubsub } = await withHistory();
    await cut(snorky as never, peer);

    const result = pubsub.subscribe({ channel: "news" });
    snorky.connect();
    const second = await fixture.server.accept();

    expect((await second.serve("subscribe")).message.params).toEqual({ channel: "news" });
    expect(await result).toBeNull();
  });

  it("gives a page that subscribes again itself what it asked for, or asks the server", async () => {
    const { snorky, peer, pubsub, seen } = await withHistory();
    const results: Promise<unknown>[] = [];
    snorky.connected.addOnce(() => {
      results.push(pubsub.subscribe({ channel: "news" }));
      results.push(pubsub.subscribe({ channel: "news", history: 2 }));
    });

    const second = await reconnect(fixture, snorky, peer);
    await second.serve("subscribe", { offset: "e-6", messages: entries(6) });
    second.refuse(await second.call("subscribe"), "Already subscribed");

    await expect(results[0]).rejects.toThrow("Already subscribed");
    expect(await results[1]).toEqual({ messages: [] });
    expect(seen).toEqual([6]);
  });

  it("rejects answers that are none", async () => {
    const { peer, pubsub } = await connected();

    const result = pubsub.subscribe({ channel: "news", history: 2 });
    await peer.serve("subscribe", null);

    await expect(result).rejects.toThrow(
      "subscribe: null (expected: an object with messages, an array)",
    );
  });
});

describe("A channel with presence", () => {
  it("says who is there, and who comes and goes", async () => {
    const { peer, pubsub, seen } = await connected();

    const result = pubsub.subscribe({ channel: "news", presence: true });
    const call = await peer.serve("subscribe", { members: ["me", "ann"] });
    presence(peer, "bob", "joined");
    presence(peer, "ann", "left");
    await settled(pubsub, peer);

    expect(call.message.params).toEqual({ channel: "news", presence: true });
    expect(await result).toEqual({ messages: [], members: ["me", "ann"] });
    expect(seen).toEqual(["bob joined", "ann left"]);
  });

  it("tells what is news alone", async () => {
    const { peer, pubsub, seen } = await withPresence();

    presence(peer, "me", "joined");
    presence(peer, "bob", "left");
    presence(peer, "ann", "left");
    presence(peer, "ann", "left");
    presence(peer, "eve", "joined", "elsewhere");
    await settled(pubsub, peer);

    expect(seen).toEqual(["ann left", "eve joined"]);
  });

  it("tells who has come and gone while the connection was lost", async () => {
    const { snorky, peer, pubsub, seen } = await withPresence();

    const second = await reconnect(fixture, snorky, peer);
    const call = await second.serve("subscribe", { members: ["bob", "me"] });
    await settled(pubsub, second);

    expect(call.message.params).toEqual({ channel: "news", presence: true });
    expect(seen).toEqual(["ann left", "bob joined"]);
  });

  it("may have history, too", async () => {
    const { snorky, peer, pubsub, seen } = await connected();
    const result = pubsub.subscribe({ channel: "news", history: 1, presence: true });
    const answer = { offset: "e-1", messages: entries(1), members: ["me"] };
    await peer.serve("subscribe", answer);
    expect(await result).toEqual({ messages: [ofNews(1)], members: ["me"] });

    const second = await reconnect(fixture, snorky, peer);
    const call = await second.serve("subscribe", { ...answer, messages: [] });
    await settled(pubsub, second);

    const params = { channel: "news", history: 1, presence: true, since: "e-1" };
    expect(call.message.params).toEqual(params);
    expect(seen).toEqual([]);
  });

  it("can be asked who is there, without a subscription", async () => {
    const { peer, pubsub } = await connected();

    const result = pubsub.presence({ channel: "news" });
    const call = await peer.serve("presence", { members: ["ann"] });

    expect(call.message.params).toEqual({ channel: "news" });
    expect(await result).toEqual({ members: ["ann"] });
  });
});
