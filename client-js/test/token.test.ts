import { describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { PubSub, RPCService, Snorky, SnorkyConnectionError } from "../src/index.js";
import { cut, next, rejection, settled, unheeded, useServer } from "./support/fixture.js";
import { Queue } from "./support/queue.js";
import type { Peer, ReceivedCall } from "./support/server.js";

const fixture = useServer();
const services = { rpc: RPCService };

/** A connected client, whose first token has been answered. */
async function identified(expiresIn: number | null, token = tokens()) {
  const snorky = fixture.connect(services, { token });
  const peer = await fixture.server.accept();
  const event = next(snorky.identified);
  await peer.serve("authenticate", { identity: "ann", expiresIn });
  await event;
  return { snorky, peer, rpc: snorky.services.rpc };
}

/** Gives another token each time. */
function tokens() {
  let count = 0;
  return () => `secret-${++count}`;
}

/** A request for a token that the test answers. */
interface Asked {
  resolve(token: string | null): void;
  reject(error: Error): void;
}

/** A function that gives what the test settles. */
function slowToken() {
  const asked = new Queue<Asked>();
  const token = () =>
    new Promise<string | null>((resolve, reject) => asked.put({ resolve, reject }));
  return { asked, token };
}

async function authentication(peer: Peer): Promise<ReceivedCall> {
  const call = await peer.call("authenticate");
  expect(call.service).toBe("identity");
  return call;
}

describe("A token", () => {
  it("is sent first, and everything else right behind it", async () => {
    const snorky = fixture.connect({ pubsub: PubSub }, { token: "secret" });
    const { pubsub } = snorky.services;
    const subscribed = pubsub.subscribe({ channel: "news" });
    const first = await fixture.server.accept();
    expect((await authentication(first)).message.params).toEqual({ token: "secret" });
    await first.serve("subscribe");
    await subscribed;
    await cut(snorky as unknown as Snorky, first);
    unheeded(pubsub.publish({ channel: "news", message: 1 }));

    snorky.connect();

    const second = await fixture.server.accept();
    await authentication(second);
    await second.serve("subscribe");
    await second.serve("publish");
  });

  it("is asked for anew for each connection", async () => {
    const { snorky, peer } = await identified(null);
    await cut(snorky as unknown as Snorky, peer);

    snorky.connect();

    const call = await authentication(await fixture.server.accept());
    expect(call.message.params).toEqual({ token: "secret-2" });
  });

  it("that is null is not sent", async () => {
    const { rpc } = fixture.connect(services, { token: () => null }).services;

    await settled(rpc, await fixture.server.accept());
  });

  it("is waited for, and until then nothing else is sent", async () => {
    const { asked, token } = slowToken();
    const snorky = fixture.connect(services, { token });
    const peer = await fixture.server.accept();
    const echo = snorky.services.rpc.rpcCall("echo");
    const { resolve } = await asked.take();
    expect(snorky.isConnected).toBe(false);
    expect(snorky.isConnecting).toBe(true);

    const connected = next(snorky.connected);
    resolve("late");

    await connected;
    expect((await authentication(peer)).message.params).toEqual({ token: "late" });
    await peer.serve("echo", 1);
    expect(await echo).toBe(1);
  });

  it("that does not come in time ends the attempt", async () => {
    const { asked, token } = slowToken();
    const snorky = fixture.connect(services, { token });
    await fixture.server.accept();
    const first = await asked.take();

    const end = next(snorky.disconnected);
    fixture.clock.advance(30_000);

    expect(await end).toEqual({
      code: 1006,
      reason: "not connected after 30000 ms",
      wasConnected: false,
      retry: { attempt: 1, delay: 250 },
    });
    fixture.clock.advance(250);
    const second = await fixture.server.accept();
    const later = await asked.take();
    first.resolve("too late");
    later.resolve("in time");
    expect((await authentication(second)).message.params).toEqual({ token: "in time" });
    await settled(snorky.services.rpc, second);
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("offline");
      },
      "Error: offline",
    ],
    ["is rejected", () => Promise.reject(new Error("offline")), "Error: offline"],
    [
      "gives none",
      () => undefined as never,
      "TypeError: token: undefined (expected: a string or null)",
    ],
    [
      "promises none",
      () => Promise.resolve(7 as never),
      "TypeError: token: number (expected: a string or null)",
    ],
  ])(
    "whose function %s is reported, and tried again after growing waits",
    async (_, token, error) => {
      const snorky = fixture.connect(services, { token });
      const connected = vi.fn();
      snorky.connected.add(connected);
      for (const delay of [250, 500, 1000]) {
        expect(await next(snorky.disconnected)).toMatchObject({
          reason: "no token",
          wasConnected: false,
          retry: { delay },
        });
        fixture.clock.advance(delay);
      }

      expect(connected).not.toHaveBeenCalled();
      expect(fixture.reports.slice(0, 3)).toEqual(Array(3).fill(`could not get a token: ${error}`));
    },
  );

  it("is not sent if the page hangs up before it comes", async () => {
    const { asked, token } = slowToken();
    const snorky = fixture.connect(services, { token });
    await fixture.server.accept();
    const { reject } = await asked.take();

    snorky.disconnect();
    reject(new Error("too late"));
    snorky.connect();

    const second = await fixture.server.accept();
    (await asked.take()).resolve("secret");
    expect((await authentication(second)).message.params).toEqual({ token: "secret" });
    expect(fixture.reports).toEqual([]);
  });

  it("goes to the service that the page names", async () => {
    fixture.connect(services, { token: "secret", identityService: "who" });

    const call = await (await fixture.server.accept()).call("authenticate");

    expect(call.service).toBe("who");
  });

  it("tells the page who it is, as long as the connection lasts", async () => {
    const snorky = fixture.connect(services, { token: "secret" });
    expect(snorky.identity).toBeNull();
    const peer = await fixture.server.accept();

    const event = next(snorky.identified);
    await peer.serve("authenticate", { identity: { name: "ann" }, expiresIn: null });

    expect(await event).toEqual({ identity: { name: "ann" }, expiresIn: null, renewed: false });
    expect(snorky.identity).toEqual({ name: "ann" });
    expect(Object.keys(snorky.services)).toEqual(["rpc"]);
    expect(fixture.clock.running).toBe(0);
    await cut(snorky as unknown as Snorky, peer);
    expect(snorky.identity).toBeNull();
  });

  it("that is refused is reported, and the page goes on as nobody", async () => {
    const snorky = fixture.connect(services, { token: "secret" });
    const peer = await fixture.server.accept();

    peer.refuse(await authentication(peer), "Not authenticated");
    await settled(snorky.services.rpc, peer);

    expect(snorky.identity).toBeNull();
    expect(fixture.clock.running).toBe(0);
    expect(fixture.reports).toEqual([
      "the server did not accept the token: SnorkyRPCError: Not authenticated",
    ]);
  });

  it("is answered by what is none: that is reported", async () => {
    const snorky = fixture.connect(services, { token: "secret" });
    const peer = await fixture.server.accept();

    await peer.serve("authenticate", "yes");
    await settled(snorky.services.rpc, peer);

    expect(fixture.reports).toEqual([
      "the server answered a token with something else than an identity: TypeError: authenticate: string (expected: an object with identity)",
    ]);
  });
});

describe("A token that ends", () => {
  it.each([
    [100, 80_000],
    [3, 2000],
    [2, 1000],
    [1, 800],
    [0, 250],
    [1e9, 2 ** 31 - 1],
  ])("after %d s is renewed after %d ms", async (seconds, delay) => {
    const { snorky, peer, rpc } = await identified(seconds);
    fixture.clock.advance(delay - 1);
    await settled(rpc, peer);

    const event = next(snorky.identified);
    fixture.clock.advance(1);

    const call = await authentication(peer);
    expect(call.message.params).toEqual({ token: "secret-2" });
    peer.answer(call, { identity: "ann", expiresIn: null });
    expect(await event).toEqual({ identity: "ann", expiresIn: null, renewed: true });
    expect(fixture.clock.running).toBe(0);
  });

  it("is renewed again and again", async () => {
    const { peer, rpc } = await identified(10);
    for (const token of ["secret-2", "secret-3"]) {
      fixture.clock.advance(8000);
      const call = await peer.serve("authenticate", { identity: "ann", expiresIn: 10 });
      expect(call.message.params).toEqual({ token });
      await settled(rpc, peer);
    }
  });

  it("is not renewed by itself: there may be another one later", async () => {
    let token = "old";
    const { peer, rpc } = await identified(10, () => token);
    fixture.clock.advance(8000);
    fixture.clock.advance(250);
    await settled(rpc, peer);

    token = "new";
    fixture.clock.advance(500);

    expect((await authentication(peer)).message.params).toEqual({ token: "new" });
    expect(fixture.reports).toEqual([]);
  });

  it("is tried to be renewed after growing waits if the function or the server refuses", async () => {
    const given: (() => string)[] = [];
    const give = (token: string) => given.push(() => token);
    give("first");
    const { snorky, peer, rpc } = await identified(10, () => (given.shift() as () => string)());
    given.push(() => {
      throw new Error("offline");
    });
    give("bad");
    give("good");

    fixture.clock.advance(8000);
    fixture.clock.advance(250);
    const bad = await authentication(peer);
    expect(bad.message.params).toEqual({ token: "bad" });
    peer.refuse(bad, "Not authenticated");
    await settled(rpc, peer);
    const event = next(snorky.identified);
    fixture.clock.advance(500);
    const good = await peer.serve("authenticate", { identity: "ann", expiresIn: 10 });

    expect(good.message.params).toEqual({ token: "good" });
    expect((await event).renewed).toBe(true);
    expect(fixture.reports).toEqual([
      "could not get a new token: Error: offline",
      "the server did not accept the token: SnorkyRPCError: Not authenticated",
    ]);
  });

  it("is not renewed any more when the page has none, or the connection has ended", async () => {
    const { asked, token } = slowToken();
    const snorky = fixture.connect(services, { token });
    const { rpc } = snorky.services;
    const peer = await fixture.server.accept();
    (await asked.take()).resolve("secret");
    await peer.serve("authenticate", { identity: "ann", expiresIn: 10 });
    await settled(rpc, peer);
    fixture.clock.advance(8000);
    const late = await asked.take();

    await cut(snorky as unknown as Snorky, peer);
    snorky.connect();
    const second = await fixture.server.accept();
    late.resolve("for the first connection");
    (await asked.take()).resolve("for the second");
    const again = await second.serve("authenticate", { identity: "ann", expiresIn: 10 });
    expect(again.message.params).toEqual({ token: "for the second" });
    await settled(rpc, second);
    fixture.clock.advance(8000);
    (await asked.take()).resolve(null);

    await settled(rpc, second);
    expect(fixture.clock.running).toBe(0);
    expect(fixture.reports).toEqual([]);
  });

  it("does not keep timers after the page has hung up", async () => {
    const { snorky } = await identified(10);

    snorky.disconnect();

    expect(fixture.clock.running).toBe(0);
  });
});

describe("A connection that the server ends because of its token", () => {
  async function closedBy(snorky: Snorky, code: number, reason: string, after = 0) {
    const peer = await fixture.server.accept();
    await authentication(peer);
    if (!snorky.isConnected) {
      await next(snorky.connected);
    }
    fixture.clock.advance(after);
    const end = next(snorky.disconnected);
    peer.close(code, reason);
    const { retry } = await end;
    fixture.clock.advance(retry?.delay ?? 0);
    return [(await end).code, retry?.delay];
  }

  it("with 4401 is told, and made anew with another one, after growing waits", async () => {
    const snorky = fixture.connect(services, { token: tokens() }) as unknown as Snorky;

    for (const delay of [250, 500, 1000]) {
      expect(await closedBy(snorky, 4401, "Not authenticated", 6000)).toEqual([4401, delay]);
    }

    const call = await authentication(await fixture.server.accept());
    expect(call.message.params).toEqual({ token: "secret-4" });
  });

  it("with 4404 is made anew at once, after growing waits if that happens again and again", async () => {
    const snorky = fixture.connect(services, { token: tokens() }) as unknown as Snorky;

    expect(await closedBy(snorky, 4404, "Token expired", 60_000)).toEqual([4404, 0]);
    expect(await closedBy(snorky, 4404, "Token expired")).toEqual([4404, 500]);
    expect(await closedBy(snorky, 4404, "Token expired")).toEqual([4404, 1000]);
    expect(await closedBy(snorky, 4404, "Token expired", 60_000)).toEqual([4404, 0]);
  });

  it("rejects the authentication under way without a report", async () => {
    const snorky = fixture.connect(services, { token: "secret" });
    const call = rejection(snorky.services.rpc.rpcCall("echo"));

    await closedBy(snorky as unknown as Snorky, 4401, "Not authenticated");

    expect(await call).toBeInstanceOf(SnorkyConnectionError);
    expect(fixture.reports).toEqual([]);
  });
});

describe("The option token", () => {
  it("is not written down, whatever happens", async () => {
    const written: unknown[] = [];
    for (const method of ["debug", "error", "log", "warn"] as const) {
      vi.spyOn(console, method).mockImplementation((...values) => written.push(...values));
    }
    const { clock } = fixture;
    const token = "secret";
    const options = { clock, token, debug: true, callTimeout: 1000 };
    const snorky = new Snorky(WebSocket, fixture.server.url, services, options);
    const peer = await fixture.server.accept();
    await authentication(peer);
    clock.advance(1000);
    await settled(snorky.services.rpc, peer);
    snorky.disconnect();

    expect(written).toContain(
      '{"service":"identity","message":{"command":"authenticate","params":{"token":"…"},"callId":0}}',
    );
    expect(written.join()).toContain("authenticate: no answer after 1000 ms");
    expect(written.map(String).join()).not.toContain("secret");
    expect(JSON.stringify([written, snorky.settings])).not.toContain("secret");
  });

  it("takes a string or a function, and no service of the page's beside its own", () => {
    expect(() => fixture.connect(services, { token: { secret: 1 } as never })).toThrow(
      "token: object (expected: a string or a function)",
    );
    expect(() => fixture.connect({ identity: RPCService }, { token: "secret" })).toThrow(
      "services.identity: given (expected: none of that name besides the option token)",
    );
  });
});
