import { describe, expect, it } from "vitest";
import {
  RPCService,
  Snorky,
  SnorkyConnectionError,
  SnorkyQueueFullError,
  SnorkyRPCError,
  SnorkyTimeoutError,
} from "../src/index.js";
import { next, rejection, unheeded, useServer } from "./support/fixture.js";

const fixture = useServer();

async function connected() {
  const snorky = fixture.connect({ rpc: RPCService, other: RPCService });
  const peer = await fixture.server.accept();
  await next(snorky.connected);
  return { snorky, peer, rpc: snorky.services.rpc };
}

describe("A call", () => {
  it("is sent with command, parameters and a number, and returns what the command returns", async () => {
    const { peer, rpc } = await connected();

    const result = rpc.rpcCall("sum", { a: 5, b: 12 });
    const call = await peer.receive();
    peer.answer(call, 17);

    expect(call).toEqual({
      service: "rpc",
      message: { command: "sum", params: { a: 5, b: 12 }, callId: 0 },
    });
    expect(await result).toBe(17);
  });

  it("has params even where it has no parameters", async () => {
    const { peer, rpc } = await connected();

    const result = rpc.rpcCall("refresh");
    const call = await peer.serve("refresh");

    expect(call.message.params).toEqual({});
    expect(await result).toBeNull();
  });

  it("is rejected with the server's words", async () => {
    const { peer, rpc } = await connected();

    const result = rpc.rpcCall("dance");
    peer.refuse(await peer.receive(), "Unknown command");

    const error = await rejection(result);
    expect(error).toBeInstanceOf(SnorkyRPCError);
    expect(error).toMatchObject({ message: "Unknown command", service: "rpc", command: "dance" });
    expect(error).toBeInstanceOf(Error);
  });

  it("gets its own answer, whichever comes first", async () => {
    const { peer, rpc } = await connected();

    const results = [rpc.rpcCall("echo", { value: 1 }), rpc.rpcCall("echo", { value: 2 })];
    const calls = [await peer.receive(), await peer.receive()];
    for (const call of calls.reverse()) {
      peer.answer(call, call.message.params.value);
    }

    expect(await Promise.all(results)).toEqual([1, 2]);
  });

  it("is numbered per service from 0, going on over reconnects", async () => {
    const { snorky, peer, rpc } = await connected();
    const numbers = async (from: typeof peer, count: number) => {
      const all: unknown[] = [];
      for (let i = 0; i < count; i++) {
        const call = await from.serve("echo");
        all.push([call.service, call.message.callId]);
      }
      return all;
    };
    unheeded(rpc.rpcCall("echo"));
    unheeded(snorky.services.other.rpcCall("echo"));
    unheeded(rpc.rpcCall("echo"));
    expect(await numbers(peer, 3)).toEqual([
      ["rpc", 0],
      ["other", 0],
      ["rpc", 1],
    ]);

    const lost = next(snorky.disconnected);
    peer.cut();
    await lost;
    snorky.connect();
    const second = await fixture.server.accept();
    unheeded(rpc.rpcCall("echo"));

    expect(await numbers(second, 1)).toEqual([["rpc", 2]]);
  });

  it("waits for the connection and is sent in the order of the calls", async () => {
    const snorky = fixture.connect({ rpc: RPCService });
    const results = [1, 2, 3].map((n) => snorky.services.rpc.rpcCall("echo", { n }));
    snorky.connected.add(() => unheeded(snorky.services.rpc.rpcCall("echo", { n: 4 })));

    const peer = await fixture.server.accept();
    const order: number[] = [];
    for (let i = 0; i < 4; i++) {
      order.push((await peer.serve("echo", "done")).message.params.n);
    }

    expect(order).toEqual([1, 2, 3, 4]);
    expect(await Promise.all(results)).toEqual(["done", "done", "done"]);
  });

  it("made while the connection is lost is sent on the next one", async () => {
    const { snorky, peer, rpc } = await connected();
    const lost = next(snorky.disconnected);
    peer.cut();
    await lost;

    const result = rpc.rpcCall("echo");
    fixture.clock.advance(250);
    await (await fixture.server.accept()).serve("echo", "later");

    expect(await result).toBe("later");
  });

  it("that would be one too many to wait for a connection is refused, the others are sent", async () => {
    const snorky = fixture.connect({ rpc: RPCService }, { maxQueuedCalls: 2 });
    const { rpc } = snorky.services;
    const results = [rpc.rpcCall("echo"), rpc.rpcCall("echo")];

    const error = await rejection(rpc.rpcCall("echo"));

    expect(error).toBeInstanceOf(SnorkyQueueFullError);
    expect(error.message).toBe(
      "Not connected, and 2 messages already wait to be sent (expected: fewer; see the option maxQueuedCalls)",
    );
    const peer = await fixture.server.accept();
    await peer.serve("echo", 1);
    await peer.serve("echo", 2);
    expect(await Promise.all(results)).toEqual([1, 2]);
  });

  it("is not held up by a thousand others", async () => {
    const snorky = fixture.connect({ rpc: RPCService });
    const { rpc } = snorky.services;
    const results = Array.from({ length: 1000 }, (_, n) => rpc.rpcCall<number>("echo", { n }));
    await expect(rpc.rpcCall("echo")).rejects.toThrow(SnorkyQueueFullError);

    const peer = await fixture.server.accept();
    for (let i = 0; i < 1000; i++) {
      const call = await peer.receive();
      peer.answer(call, call.message.params.n);
    }

    expect(await Promise.all(results)).toEqual(Array.from({ length: 1000 }, (_, n) => n));
  });

  it("without an answer is rejected when the connection ends, and not sent again", async () => {
    const { snorky, peer, rpc } = await connected();
    const result = rpc.rpcCall("charge");
    await peer.call("charge");

    peer.close(1012, "restarting");

    const error = await rejection(result);
    expect(error).toBeInstanceOf(SnorkyConnectionError);
    expect(error).toMatchObject({ code: 1012, reason: "restarting" });
    expect(error.message).toBe(`The connection to ${snorky.address} ended (1012: restarting)`);
    snorky.connect();
    const second = await fixture.server.accept();
    unheeded(rpc.rpcCall("next"));
    await second.serve("next");
  });

  it("is rejected when the page hangs up, sent or not", async () => {
    const { snorky, peer, rpc } = await connected();
    const sent = rpc.rpcCall("a");
    await peer.call("a");
    snorky.disconnect();
    expect(await rejection(sent)).toBeInstanceOf(SnorkyConnectionError);

    snorky.connect();
    const waiting = rpc.rpcCall("b");
    snorky.disconnect();
    expect(await rejection(waiting)).toBeInstanceOf(SnorkyConnectionError);
  });

  it("that waits for connect() is rejected when the page hangs up again", async () => {
    const { snorky, rpc } = await connected();
    snorky.disconnect();

    const waiting = rpc.rpcCall("b");
    snorky.disconnect();

    expect(await rejection(waiting)).toBeInstanceOf(SnorkyConnectionError);
  });

  it("made after the page has hung up waits until the page connects", async () => {
    const { snorky, rpc } = await connected();
    snorky.disconnect();

    const result = rpc.rpcCall("echo");
    snorky.connect();
    await (await fixture.server.accept()).serve("echo", "done");

    expect(await result).toBe("done");
  });

  it("without an answer in time is rejected, and a late answer does no harm", async () => {
    const { peer, rpc, snorky } = await connected();
    const result = rpc.rpcCall("sleep");
    const patient = rpc.rpcCall("sleep", {}, { timeout: 0 });
    const calls = [await peer.receive(), await peer.receive()];

    fixture.clock.advance(60_000);

    const error = await rejection(result);
    expect(error).toBeInstanceOf(SnorkyTimeoutError);
    expect(error).toMatchObject({ message: "sleep: no answer after 60000 ms", timeout: 60_000 });
    for (const call of calls) {
      peer.answer(call, "late");
    }
    expect(await patient).toBe("late");
    expect(snorky.isConnected).toBe(true);
    expect(fixture.reports).toEqual([]);
    expect(fixture.clock.running).toBe(0);
  });

  it("may wait for a connection longer than for its answer", async () => {
    const snorky = fixture.connect({ rpc: RPCService }, { connectTimeout: 0, callTimeout: 1000 });
    const result = snorky.services.rpc.rpcCall("echo");

    fixture.clock.advance(100_000);
    await (await fixture.server.accept()).serve("echo", "here");

    expect(await result).toBe("here");
  });

  it("with parameters that are no JSON, or a timeout that is none, is rejected", async () => {
    const { peer, rpc } = await connected();
    const loop: { self?: object } = {};
    loop.self = loop;

    await expect(rpc.rpcCall("echo", loop)).rejects.toThrow(TypeError);
    await expect(rpc.rpcCall("echo", { value: 1n })).rejects.toThrow(TypeError);
    await expect(rpc.rpcCall("echo", {}, { timeout: -1 })).rejects.toThrow(
      "timeout: -1 (expected: a number from 0 to 2147483647)",
    );
    unheeded(rpc.rpcCall("echo"));
    expect((await peer.serve("echo")).message.callId).toBe(0);
  });

  it("that a broken socket does not take is rejected", async () => {
    class Broken {
      static last: Broken;
      onopen: (() => void) | null = null;
      onmessage = null;
      onclose = null;
      constructor() {
        Broken.last = this;
      }
      send() {
        throw new Error("InvalidStateError");
      }
      close() {}
    }
    const { clock } = fixture;
    const snorky = new Snorky(Broken, "", { rpc: RPCService }, { clock });
    Broken.last.onopen?.();

    await expect(snorky.services.rpc.rpcCall("echo")).rejects.toThrow("InvalidStateError");

    expect(clock.running).toBe(0);
  });
});

describe("addRPCMethods", () => {
  it("gives a class of services methods for commands, and only that class", async () => {
    class Calculator extends RPCService {}
    const Typed = Calculator.addRPCMethods(["sum", "negate"]);
    expect(Typed).toBe(Calculator);
    const snorky = fixture.connect({ calculator: Typed });

    const result = snorky.services.calculator.sum({ a: 1, b: 2 });
    const peer = await fixture.server.accept();
    expect((await peer.serve("sum", 3)).message.params).toEqual({ a: 1, b: 2 });

    expect(await result).toBe(3);
    expect(RPCService.prototype).not.toHaveProperty("sum");
  });

  it("refuses to overwrite methods, inherited ones too", () => {
    class Calculator extends RPCService {}
    Calculator.addRPCMethods(["sum"]);
    class Scientific extends Calculator {}

    expect(() => Scientific.addRPCMethods(["sum"])).toThrow(
      'Method "sum" already exists in the class. Refusing to overwrite it.',
    );
    expect(() => Calculator.addRPCMethods(["rpcCall"])).toThrow(
      'Method "rpcCall" already exists in the class. Refusing to overwrite it.',
    );
  });
});

describe("A notification", () => {
  it("goes to the listeners of its service", async () => {
    const { snorky, peer, rpc } = await connected();
    const heard: unknown[] = [];
    rpc.notificationReceived.add((notification) => heard.push(notification));
    snorky.services.other.notificationReceived.add(() => heard.push("other"));

    const arrived = next(rpc.packetReceived);
    peer.send("rpc", { type: "tick", n: 1 });

    expect(await arrived).toEqual({ type: "tick", n: 1 });
    expect(heard).toEqual([{ type: "tick", n: 1 }]);
  });
});

describe("The replaceable classes", () => {
  it("are used for signals and promises from then on", async () => {
    const { Promise: formerPromise, Signal: formerSignal } = Snorky;
    class MyPromise<T> extends Promise<T> {}
    class MySignal<Args extends unknown[]> extends formerSignal<Args> {}
    try {
      Snorky.Promise = MyPromise;
      Snorky.Signal = MySignal;
      const { peer, rpc } = await connected();

      const result = rpc.rpcCall("echo");
      await peer.serve("echo", 1);

      expect(result).toBeInstanceOf(MyPromise);
      expect(await result).toBe(1);
      expect(rpc.notificationReceived).toBeInstanceOf(MySignal);
    } finally {
      Snorky.Promise = formerPromise;
      Snorky.Signal = formerSignal;
    }
  });
});
