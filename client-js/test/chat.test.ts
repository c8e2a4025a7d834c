import { describe, expect, it } from "vitest";
import { Chat, type ChatPresence, SnorkyConnectionError } from "../src/index.js";
import {
  cut,
  next,
  reconnect,
  rejection,
  settled,
  unheeded,
  useServer,
} from "./support/fixture.js";

const fixture = useServer();

async function connected() {
  const snorky = fixture.connect({ chat: Chat });
  const peer = await fixture.server.accept();
  await next(snorky.connected);
  const { chat } = snorky.services;
  const presences: [unknown, string][] = [];
  chat.presenceReceived.add(({ from, status }) => presences.push([from, status]));
  return { snorky, peer, chat, presences };
}

async function joined(channel: unknown = "#cats", members: unknown[] = ["me"]) {
  const all = await connected();
  const result = all.chat.join({ channel });
  await all.peer.serve("join", { members });
  await result;
  return all;
}

describe("Chat", () => {
  it("joins, sends, reads and leaves by the commands of these names", async () => {
    const { peer, chat } = await connected();
    const channel = { room: 1 };

    const results = [
      chat.join({ channel }),
      chat.send({ channel, body: ["hi"] }),
      chat.read({ channel }),
      chat.leave({ channel }),
    ];
    const params = [
      (await peer.serve("join", { members: ["me", { id: 2 }] })).message.params,
      (await peer.serve("send")).message.params,
      (await peer.serve("read")).message.params,
      (await peer.serve("leave")).message.params,
    ];

    expect(params).toEqual([{ channel }, { channel, body: ["hi"] }, { channel }, { channel }]);
    expect(await Promise.all(results)).toEqual([{ members: ["me", { id: 2 }] }, null, null, null]);
  });

  it("hands messages, presence and what was read to the listeners", async () => {
    const { peer, chat } = await connected();
    const received = [
      next(chat.messageReceived),
      next(chat.presenceReceived),
      next(chat.readReceived),
    ];
    const timestamp = "2026-01-31T12:00:00.123456+00:00";
    const message = { type: "message", from: "bob", channel: "#cats", body: { n: 1 }, timestamp };
    const presence = { type: "presence", from: "bob", channel: 7, status: "joined", timestamp };
    const read = { type: "read", channel: "#cats", timestamp };

    peer.send("chat", message);
    peer.send("chat", presence);
    peer.send("chat", read);

    expect(await Promise.all(received)).toEqual([message, presence, read]);
  });

  it("rejects with the server's words, and answers that are none", async () => {
    const { peer, chat } = await connected();

    const refused = chat.join({ channel: "a" });
    peer.refuse(await peer.call("join"), "Not authenticated");
    const malformed = chat.join({ channel: "b" });
    await peer.serve("join", []);

    await expect(refused).rejects.toThrow("Not authenticated");
    await expect(malformed).rejects.toThrow(
      "join: array (expected: an object with members, an array)",
    );
  });

  it("joins again after a lost connection, before what was queued is sent", async () => {
    const { snorky, peer, chat } = await joined();

    const second = await reconnect(fixture, snorky, peer, () =>
      unheeded(chat.send({ channel: "#cats", body: "hi" })),
    );

    expect((await second.serve("join", { members: ["me"] })).message.params).toEqual({
      channel: "#cats",
    });
    await second.serve("send");
  });

  it("tells who has come and gone while the connection was lost", async () => {
    const { snorky, peer, chat, presences } = await joined("#cats", ["me", "ann", { b: 1, a: 2 }]);
    peer.send("chat", { type: "presence", from: "carl", channel: "#cats", status: "joined" });
    peer.send("chat", { type: "presence", from: "ann", channel: "#cats", status: "left" });
    peer.send("chat", { type: "presence", from: "eve", channel: "#dogs", status: "joined" });
    await settled(chat, peer);
    presences.length = 0;
    const told: ChatPresence[] = [];
    chat.presenceReceived.add((presence) => told.push(presence));

    const second = await reconnect(fixture, snorky, peer);
    await second.serve("join", { members: ["me", "dora", { a: 2, b: 1 }] });
    await settled(chat, second);

    expect(presences).toEqual([
      ["carl", "left"],
      ["dora", "joined"],
    ]);
    expect(told[1]).toEqual({
      type: "presence",
      from: "dora",
      channel: "#cats",
      status: "joined",
      timestamp: "1970-01-01T00:00:00.000Z",
    });
  });

  it("tells what is news alone", async () => {
    const { peer, chat, presences } = await joined("#cats", ["me", "ann"]);

    for (const [from, status] of [
      ["ann", "joined"],
      ["bob", "left"],
      ["ann", "left"],
      ["ann", "left"],
    ]) {
      peer.send("chat", { type: "presence", from, channel: "#cats", status });
    }
    await settled(chat, peer);

    expect(presences).toEqual([["ann", "left"]]);
  });

  it("tells nobody to have come when a channel is joined for the first time", async () => {
    const { presences } = await joined("#cats", ["me", "ann"]);

    expect(presences).toEqual([]);
  });

  it("answers a page that joins again itself with who is there now", async () => {
    const { snorky, peer, chat } = await joined();
    const again: Promise<unknown>[] = [];
    snorky.connected.addOnce(() => again.push(chat.join({ channel: "#cats" })));

    const second = await reconnect(fixture, snorky, peer);
    await second.serve("join", { members: ["me", "ann"] });

    await settled(chat, second);
    expect(await Promise.all(again)).toEqual([{ members: ["me", "ann"] }]);
  });

  it("does not join again what was left, connected or not", async () => {
    const { snorky, peer, chat } = await joined("a");
    const joins = chat.join({ channel: "b" });
    await peer.serve("join", { members: ["me"] });
    await joins;
    const left = chat.leave({ channel: "a" });
    await peer.serve("leave");
    expect(await left).toBeNull();

    const second = await reconnect(fixture, snorky, peer, () =>
      unheeded(chat.leave({ channel: "b" })),
    );

    await settled(chat, second);
  });

  it("does not join again what was left before the answer to joining it", async () => {
    const { snorky, peer, chat } = await connected();
    const results = [chat.join({ channel: "a" }), chat.leave({ channel: "a" })];
    await peer.serve("join", { members: ["me"] });
    await peer.serve("leave");
    await Promise.all(results);

    await settled(chat, await reconnect(fixture, snorky, peer));
  });

  it("leaves for good a channel that is being joined again", async () => {
    const { snorky, peer, chat, presences } = await joined();
    const second = await reconnect(fixture, snorky, peer);
    const again = await second.call("join");
    const left = chat.leave({ channel: "#cats" });
    second.answer(again, { members: ["me", "ann"] });
    await second.serve("leave");
    await left;

    expect(presences).toEqual([]);
    await settled(chat, await reconnect(fixture, snorky, second));
  });

  it("says which channel the server refuses to let it join again, and why", async () => {
    const { snorky, peer, chat } = await joined();
    const lost = next(chat.channelLost);

    const second = await reconnect(fixture, snorky, peer);
    second.refuse(await second.call("join"), "Not authenticated");

    const { channel, error } = await lost;
    expect(channel).toBe("#cats");
    expect(error.message).toBe("Not authenticated");
    expect(fixture.reports).toEqual([
      "chat: a channel could not be joined again: SnorkyRPCError: Not authenticated",
    ]);
    await settled(chat, await reconnect(fixture, snorky, second));
  });

  it("asks once for what the page joins again while the connection is lost, and goes on if that fails", async () => {
    const { snorky, peer, chat, presences } = await joined("#cats", ["me", "ann"]);
    await cut(snorky, peer);
    const again = chat.join({ channel: "#cats" });
    snorky.connect();
    const second = await fixture.server.accept();
    await second.call("join");
    await cut(snorky, second);
    expect(await rejection(again)).toBeInstanceOf(SnorkyConnectionError);

    snorky.connect();
    const third = await fixture.server.accept();
    await third.serve("join", { members: ["me"] });

    await settled(chat, third);
    expect(presences).toEqual([["ann", "left"]]);
    expect(fixture.reports).toEqual([]);
  });

  it("leaves what the page has asked for again while the connection is lost", async () => {
    const { snorky, peer, chat } = await joined();
    const second = await reconnect(fixture, snorky, peer, () => {
      unheeded(chat.join({ channel: "#cats" }));
      unheeded(chat.join({ channel: "#cats" }));
      unheeded(chat.leave({ channel: "#cats" }));
    });
    await second.serve("join", { members: ["me"] });
    second.refuse(await second.call("join"), "Already joined");
    await second.serve("leave");

    await settled(chat, second);
    expect(fixture.reports).toEqual([]);
    await settled(chat, await reconnect(fixture, snorky, second));
  });

  it("forgets its channels when the page hangs up", async () => {
    const { snorky, chat } = await joined();

    snorky.disconnect();
    snorky.connect();

    await settled(chat, await fixture.server.accept());
  });
});
