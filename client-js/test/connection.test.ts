import { describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { RPCService, Service, Snorky } from "../src/index.js";
import { next, useServer } from "./support/fixture.js";
import { Server } from "./support/server.js";

const fixture = useServer();
const services = { rpc: RPCService };

describe("A client", () => {
  it("connects at once and says so", async () => {
    const snorky = fixture.connect(services);
    expect(snorky.isConnecting).toBe(true);
    expect(snorky.isConnected).toBe(false);

    const event = await next(snorky.connected);

    expect(event).toEqual({ reconnected: false });
    expect(snorky.isConnecting).toBe(false);
    expect(snorky.isConnected).toBe(true);
    expect(snorky.address).toBe(fixture.server.url);
    expect(snorky.socketClass).toBe(WebSocket);
  });

  it("makes its services with their names and calls init before anything else", () => {
    const init = vi.fn();
    class Mine extends Service {
      readonly field = "set";
      override init() {
        init(this.name, this.field, this.snorky.isConnecting);
      }
    }

    const snorky = fixture.connect({ a: Mine, b: Mine });

    expect(init.mock.calls).toEqual([
      ["a", "set", false],
      ["b", "set", false],
    ]);
    expect(snorky.services.a).toBeInstanceOf(Mine);
    expect(Object.keys(snorky.services)).toEqual(["a", "b"]);
  });

  it("comes back after a lost connection, and says when", async () => {
    const snorky = fixture.connect(services);
    const first = await fixture.server.accept();
    await next(snorky.connected);

    const lost = next(snorky.disconnected);
    first.cut();

    expect(await lost).toEqual({
      code: 1006,
      reason: "",
      wasConnected: true,
      retry: { attempt: 1, delay: 250 },
    });
    expect(snorky.isConnected).toBe(false);
    expect(snorky.isConnecting).toBe(false);

    const back = next(snorky.connected);
    fixture.clock.advance(249);
    expect(snorky.isConnecting).toBe(false);
    fixture.clock.advance(1);
    expect(snorky.isConnecting).toBe(true);
    expect(await back).toEqual({ reconnected: true });
    await fixture.server.accept();
  });

  it("tells the close code and the words of a server that says goodbye", async () => {
    const snorky = fixture.connect(services);
    const peer = await fixture.server.accept();
    await next(snorky.connected);

    const end = next(snorky.disconnected);
    peer.close(4001, "going down");

    expect(await end).toMatchObject({ code: 4001, reason: "going down", wasConnected: true });
  });

  it("tries again after growing waits while the server is away, and finds it when it is back", async () => {
    const { port } = fixture.server;
    const snorky = fixture.connect(services);
    await next(snorky.connected);
    const delays: unknown[] = [];
    snorky.disconnected.add((end) => delays.push([end.wasConnected, end.retry?.delay]));
    let lost = next(snorky.disconnected);

    await fixture.server.stop();
    await lost;
    for (let attempt = 0; attempt < 7; attempt++) {
      lost = next(snorky.disconnected);
      fixture.clock.advance(30_000);
      await lost;
    }

    const expected = [250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000];
    expect(delays).toEqual(expected.map((delay, i) => [i === 0, delay]));

    fixture.server = await Server.start(port);
    const back = next(snorky.connected);
    fixture.clock.advance(15_000);
    expect(await back).toEqual({ reconnected: true });
  });

  it("waits shortly again only after a connection that held for a while", async () => {
    const snorky = fixture.connect(services);
    const lose = async () => {
      const peer = await fixture.server.accept();
      if (!snorky.isConnected) {
        await next(snorky.connected);
      }
      return {
        cut: async () => {
          const lost = next(snorky.disconnected);
          peer.cut();
          return (await lost).retry;
        },
      };
    };

    expect(await (await lose()).cut()).toEqual({ attempt: 1, delay: 250 });
    fixture.clock.advance(250);
    expect(await (await lose()).cut()).toEqual({ attempt: 2, delay: 500 });
    fixture.clock.advance(500);
    const third = await lose();
    fixture.clock.advance(5000);
    expect(await third.cut()).toEqual({ attempt: 1, delay: 250 });
  });

  it.each([
    [1002, [250, 500, 1000]],
    [1007, [250, 500, 1000]],
    [1009, [250, 500, 1000]],
    [4402, [250, 500, 1000]],
    [4403, [250, 500, 1000]],
    [1000, [250, 250, 250]],
    [4400, [250, 250, 250]],
    [4321, [250, 250, 250]],
  ])(
    "comes back after code %d of connections that held, after waits of %j ms",
    async (code, waits) => {
      const snorky = fixture.connect(services);
      for (const wait of waits) {
        const peer = await fixture.server.accept();
        if (!snorky.isConnected) {
          await next(snorky.connected);
        }
        fixture.clock.advance(10_000);

        const lost = next(snorky.disconnected);
        peer.close(code, "");

        expect(await lost).toMatchObject({ code, retry: { delay: wait } });
        fixture.clock.advance(wait);
      }
    },
  );

  it("connects without waiting longer when asked to", async () => {
    const snorky = fixture.connect(services);
    const peer = await fixture.server.accept();
    await next(snorky.connected);
    const lost = next(snorky.disconnected);
    peer.cut();
    await lost;

    const back = next(snorky.connected);
    snorky.connect();
    snorky.connect();

    await back;
    expect(fixture.clock.running).toBe(0);
    await fixture.server.accept();
  });

  it("stays away after a lost connection if it was told so, until asked", async () => {
    const snorky = fixture.connect(services, { reconnect: false });
    const peer = await fixture.server.accept();
    await next(snorky.connected);

    const lost = next(snorky.disconnected);
    peer.cut();
    expect((await lost).retry).toBeNull();
    expect(fixture.clock.running).toBe(0);

    snorky.connect();
    expect(await next(snorky.connected)).toEqual({ reconnected: true });
  });

  it("hangs up for good until asked to connect, and tells at once", async () => {
    const snorky = fixture.connect(services);
    await next(snorky.connected);
    const ends: unknown[] = [];
    snorky.disconnected.add((end) => ends.push(end));

    snorky.disconnect();
    snorky.disconnect();

    expect(ends).toEqual([{ code: 1000, reason: "", wasConnected: true, retry: null }]);
    expect(snorky.isConnected).toBe(false);
    expect(fixture.clock.running).toBe(0);

    snorky.connect();
    expect(await next(snorky.connected)).toEqual({ reconnected: true });
  });

  it("can be told to hang up while it connects and while it waits", async () => {
    const snorky = fixture.connect(services);
    snorky.disconnect();
    expect(snorky.isConnecting).toBe(false);

    snorky.connect();
    await next(snorky.connected);
    await fixture.server.stop();
    if (snorky.isConnected) {
      await next(snorky.disconnected);
    }
    const end = next(snorky.disconnected);
    snorky.disconnect();

    expect(await end).toMatchObject({ code: 1000, wasConnected: false, retry: null });
    expect(fixture.clock.running).toBe(0);
    expect(fixture.reports).toEqual([]);
  });

  it("may be told to hang up by a listener that hears of the loss", async () => {
    const snorky = fixture.connect(services);
    const peer = await fixture.server.accept();
    await next(snorky.connected);

    const lost = next(snorky.disconnected);
    snorky.disconnected.addOnce(() => snorky.disconnect(), undefined, 1);
    peer.cut();
    await lost;

    expect(fixture.clock.running).toBe(0);
  });

  it("gives an attempt up that takes too long, and tries again", () => {
    const sockets: object[] = [];
    class Silent {
      onopen = null;
      onmessage = null;
      onclose = null;
      close = vi.fn();
      constructor() {
        sockets.push(this);
      }
      send() {}
    }
    const { clock } = fixture;
    const snorky = new Snorky(Silent, "ws://silent", {}, { clock, random: () => 0.5 });
    const ends: unknown[] = [];
    snorky.disconnected.add((end) => ends.push(end));

    clock.advance(30_000);

    expect(ends).toEqual([
      {
        code: 1006,
        reason: "not connected after 30000 ms",
        wasConnected: false,
        retry: { attempt: 1, delay: 250 },
      },
    ]);
    clock.advance(250);
    expect(sockets).toHaveLength(2);
    expect((sockets[0] as Silent).close).toHaveBeenCalledOnce();
  });

  it("lets errors of the socket's class through when asked to connect, and outlives them later", async () => {
    let broken = false;
    class Fragile extends WebSocket {
      constructor(url: string) {
        if (broken) {
          throw new Error("no sockets today");
        }
        super(url);
      }
    }
    expect(() => new Snorky(WebSocket, "no address")).toThrow(SyntaxError);

    const { clock, reports, server } = fixture;
    const onError = (error: unknown) => reports.push(String(error));
    const snorky = new Snorky(Fragile, server.url, {}, { clock, onError });
    const peer = await server.accept();
    await next(snorky.connected);
    const lost = next(snorky.disconnected);
    peer.cut();
    await lost;
    broken = true;
    const failed = next(snorky.disconnected);
    clock.advance(30_000);

    expect(await failed).toMatchObject({ wasConnected: false });
    expect(reports).toContain("Error: no sockets today");
    broken = false;
    const back = next(snorky.connected);
    clock.advance(30_000);
    await back;
    snorky.disconnect();
  });

  it("uses nothing of a socket but open, message, close, send and close, as SockJS has them", () => {
    const sent: string[] = [];
    class Minimal {
      static last: Minimal;
      onopen: (() => void) | null = null;
      onmessage: ((event: { data: string }) => void) | null = null;
      onclose: ((event: { code: number; reason: string }) => void) | null = null;
      constructor(readonly url: string) {
        Minimal.last = this;
      }
      send(text: string) {
        sent.push(text);
      }
      close() {}
    }
    const snorky = new Snorky(Minimal, "http://host/sockjs", { echo: Service });
    const heard: unknown[] = [];
    snorky.services.echo.packetReceived.add((message) => heard.push(message));
    snorky.services.echo.sendMessage(1);

    Minimal.last.onopen?.();
    snorky.services.echo.sendMessage({ b: [2] });
    Minimal.last.onmessage?.({ data: '{"service":"echo","message":5}' });
    snorky.disconnect();

    expect(Minimal.last.url).toBe("http://host/sockjs");
    expect(sent).toEqual([
      '{"service":"echo","message":1}',
      '{"service":"echo","message":{"b":[2]}}',
    ]);
    expect(heard).toEqual([5]);
  });

  it("does not send into a socket that is closing, which would lose it", () => {
    const sent: string[] = [];
    class Closing {
      static last: Closing;
      onopen: (() => void) | null = null;
      onmessage = null;
      onclose: (() => void) | null = null;
      readyState = 1;
      constructor() {
        Closing.last = this;
      }
      send(text: string) {
        sent.push(text);
      }
      close() {}
    }
    const { clock } = fixture;
    const snorky = new Snorky(Closing, "ws://closing", { echo: Service }, { clock });
    Closing.last.onopen?.();
    Closing.last.readyState = 2;
    snorky.services.echo.sendMessage("kept");
    expect(sent).toEqual([]);

    Closing.last.onclose?.();
    snorky.connect();
    Closing.last.onopen?.();

    expect(sent).toEqual(['{"service":"echo","message":"kept"}']);
    snorky.disconnect();
  });

  it.each([
    [{ maxQueuedCalls: -1 }, "maxQueuedCalls: -1 (expected: a number from 0 to 2147483647)"],
    [{ callTimeout: Number.NaN }, "callTimeout: NaN (expected: a number from 0 to 2147483647)"],
    [{ connectTimeout: "5" as never }, "connectTimeout: 5 (expected: a number from 0"],
    [{ reconnect: { minDelay: 0 } }, "reconnect.minDelay: 0 (expected: a number from 1"],
    [
      { reconnect: { minDelay: 50, maxDelay: 20 } },
      "reconnect.maxDelay: 20 (expected: a number from 50",
    ],
    [{ reconnect: { factor: 0.5 } }, "reconnect.factor: 0.5 (expected: a number from 1"],
    [{ reconnect: "yes" as never }, "reconnect: yes (expected: true, false or an object)"],
  ])("refuses the options %j and says what would be right", (options, message) => {
    expect(() => fixture.connect(services, options)).toThrow(message);
  });

  it("refuses classes that are none, and says what would be right", () => {
    const { url } = fixture.server;
    const { Pubsub } = Snorky as unknown as { Pubsub: typeof Service };

    expect(() => new Snorky(undefined as never, url)).toThrow(
      "socketClass: undefined (expected: a class with the WebSocket interface)",
    );
    expect(() => new Snorky(WebSocket, url, { pubsub: Pubsub })).toThrow(
      "services.pubsub: undefined (expected: a class of services, e.g. Snorky.PubSub)",
    );
  });

  it("keeps what may be secret in its address out of errors", async () => {
    const { clock } = fixture;
    const address = `ws://me:secret@127.0.0.1:${fixture.server.port}/ws?token=secret`;
    const snorky = new Snorky(WebSocket, address, { rpc: RPCService }, { clock });
    const result = snorky.services.rpc.rpcCall("echo");

    snorky.disconnect();

    await expect(result).rejects.toThrow(`ws://127.0.0.1:${fixture.server.port}/ws ended`);
  });

  it("writes what happens to the console if debug is on, and nothing otherwise", async () => {
    const log = vi.spyOn(console, "debug").mockImplementation(() => {});
    const snorky = fixture.connect(services);
    await next(snorky.connected);
    expect(log).not.toHaveBeenCalled();

    snorky.debug = true;
    snorky.logDebug("a", 1);

    expect(log).toHaveBeenCalledWith("Snorky:", "a", 1);
  });
});
