import { describe, expect, it } from "vitest";
import { Messaging, Snorky } from "../src/index.js";
import { next, reconnect, settled, unheeded, useServer } from "./support/fixture.js";

const fixture = useServer();

async function connected(ServiceClass: typeof Messaging = Messaging) {
  const snorky = fixture.connect({ messaging: ServiceClass });
  const peer = await fixture.server.accept();
  await next(snorky.connected);
  return { snorky, peer, messaging: snorky.services.messaging };
}

async function registered(ServiceClass?: typeof Messaging) {
  const all = await connected(ServiceClass);
  const result = all.messaging.registerParticipant({ name: "alice" });
  await all.peer.serve("registerParticipant");
  await result;
  return all;
}

describe("Messaging", () => {
  it("registers, lists, sends and unregisters by the commands of these names", async () => {
    const { peer, messaging } = await connected();
    const letter = { sender: "alice", dest: "bob", body: { n: 1 } };

    const results = [
      messaging.registerParticipant({ name: "alice" }),
      messaging.listParticipants(),
      messaging.send(letter),
      messaging.unregisterParticipant({ name: "alice" }),
    ];
    const params = [
      (await peer.serve("registerParticipant")).message.params,
      (await peer.serve("listParticipants", ["alice", "bob"])).message.params,
      (await peer.serve("send")).message.params,
      (await peer.serve("unregisterParticipant")).message.params,
    ];

    expect(params).toEqual([{ name: "alice" }, {}, letter, { name: "alice" }]);
    expect(await Promise.all(results)).toEqual([null, ["alice", "bob"], null, null]);
  });

  it("hands messages to the listeners, with sender and destination", async () => {
    const { peer, messaging } = await connected();
    const message = { type: "message", sender: "bob", dest: "alice", body: [null] };

    const arrived = next(messaging.messageReceived);
    peer.send("messaging", message);

    expect(await arrived).toEqual(message);
  });

  it("rejects with the server's words", async () => {
    const { peer, messaging } = await connected();

    const result = messaging.registerParticipant({ name: "root" });
    peer.refuse(await peer.receive(), "Name not allowed");

    await expect(result).rejects.toThrow("Name not allowed");
  });

  it("registers again after a lost connection, before what was queued is sent", async () => {
    const { snorky, peer, messaging } = await registered();

    const second = await reconnect(fixture, snorky, peer, () =>
      unheeded(messaging.send({ sender: "alice", dest: "bob", body: 1 })),
    );

    const { params } = (await second.serve("registerParticipant")).message;
    expect(params).toEqual({ name: "alice" });
    await second.serve("send");
  });

  it("does not register again what was given up, or refused after a lost connection", async () => {
    const { snorky, peer, messaging } = await registered();
    const given = messaging.unregisterParticipant({ name: "alice" });
    const bob = messaging.registerParticipant({ name: "bob" });
    await peer.serve("unregisterParticipant");
    await peer.serve("registerParticipant");
    await Promise.all([given, bob]);
    const lost = next(messaging.nameLost);

    const second = await reconnect(fixture, snorky, peer);
    second.refuse(await second.call("registerParticipant"), "Name already registered");

    const { name, error } = await lost;
    expect(name).toBe("bob");
    expect(error.message).toBe("Name already registered");
    expect(fixture.reports).toHaveLength(1);
    await settled(messaging, await reconnect(fixture, snorky, second));
  });

  it("does the same in a class that was made without class syntax", async () => {
    const Made = Snorky.Class(Messaging, {}) as unknown as typeof Messaging;
    const { snorky, peer, messaging } = await registered(Made);

    const second = await reconnect(fixture, snorky, peer);
    const again = await second.call("registerParticipant");
    const list = messaging.listParticipants();
    const other = await second.serve("listParticipants", ["alice"]);
    second.answer(again);

    expect(other.message.callId).not.toBe(again.message.callId);
    expect(await list).toEqual(["alice"]);
    await settled(messaging, second);
  });
});
