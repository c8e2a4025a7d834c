import { describe, expect, it, vi } from "vitest";
import { DataSync, PubSub, RPCService } from "../src/index.js";
import { next, useServer } from "./support/fixture.js";

const fixture = useServer();

async function connected() {
  const snorky = fixture.connect({ rpc: RPCService, pubsub: PubSub, datasync: DataSync });
  const peer = await fixture.server.accept();
  await next(snorky.connected);
  return { snorky, peer };
}

describe("A client whose server sends nonsense", () => {
  it.each([
    ["no JSON", "{", "SyntaxError"],
    ["an empty text", "", "SyntaxError"],
    ["a number", "5", "packet: number (expected: an object"],
    ["null", "null", "packet: null (expected: an object"],
    ["a list", "[]", "packet: array (expected: an object"],
    ["a packet without service", '{"message":1}', "packet: object (expected: an object"],
    ["a packet without message", '{"service":"rpc"}', "packet: object (expected: an object"],
    ["a service that is no string", '{"service":5,"message":1}', "(expected: an object"],
    ["a message that is null", '{"service":"rpc","message":null}', "message: null (expected: an"],
    ["a message that is a list", '{"service":"rpc","message":[]}', "message: array (expected: an"],
    ["a message without type", '{"service":"rpc","message":{}}', "message: object (expected: an"],
    ["a delta that is none", delta('"insert"'), "delta: string (expected: an object"],
    ["a delta without model", delta("{}"), "delta.model: undefined (expected: a string)"],
    [
      "a delta of unknown type",
      delta('{"type":"upsert","model":"M"}'),
      'delta.type: "upsert" (expected: insert, update or delete)',
    ],
    [
      "an insert without data",
      delta('{"type":"insert","model":"M"}'),
      "delta.data: missing (expected: the row)",
    ],
    [
      "an update without the old data",
      delta('{"type":"update","model":"M","newData":1}'),
      "delta.oldData: missing (expected: the row)",
    ],
  ])("reports %s and goes on", async (_what, text, report) => {
    const { snorky, peer } = await connected();

    const result = snorky.services.rpc.rpcCall("echo");
    const call = await peer.receive();
    peer.sendText(text);
    peer.answer(call, "still here");

    expect(await result).toBe("still here");
    expect(fixture.reports).toHaveLength(1);
    expect(fixture.reports[0]).toContain(report);
  });

  it.each([
    ["an unknown service", '{"service":"other","message":1}'],
    ["a service named like what every object has", '{"service":"__proto__","message":1}'],
    ["an answer to no call", '{"service":"rpc","message":{"type":"response","callId":99}}'],
    ["an answer without callId", '{"service":"rpc","message":{"type":"response"}}'],
    ["an error to no call", '{"service":"rpc","message":{"type":"error","callId":"0"}}'],
    ["an unknown notification", '{"service":"pubsub","message":{"type":"news"}}'],
  ])("ignores %s", async (_what, text) => {
    const { snorky, peer } = await connected();

    const result = snorky.services.rpc.rpcCall("echo");
    const call = await peer.receive();
    peer.sendText(text);
    peer.answer(call, "still here");

    expect(await result).toBe("still here");
    expect(fixture.reports).toEqual([]);
  });

  it("takes a binary frame that holds JSON like a text", async () => {
    const { snorky, peer } = await connected();

    const arrived = next(snorky.services.rpc.notificationReceived);
    peer.sendText(Buffer.from('{"service":"rpc","message":{"type":"tick"}}'));

    expect(await arrived).toEqual({ type: "tick" });
  });

  it("takes an error without words, and answers without data", async () => {
    const { snorky, peer } = await connected();
    const { rpc } = snorky.services;

    const refused = rpc.rpcCall("a");
    const empty = rpc.rpcCall("b");
    const first = await peer.receive();
    const second = await peer.receive();
    peer.send("rpc", { type: "error", callId: first.message.callId });
    peer.send("rpc", { type: "response", callId: second.message.callId });

    await expect(refused).rejects.toThrow("undefined");
    expect(await empty).toBeNull();
  });
});

describe("A client whose page throws", () => {
  it("calls the other listeners, reports, and goes on", async () => {
    const { snorky, peer } = await connected();
    const { rpc } = snorky.services;
    const other = vi.fn();
    rpc.notificationReceived.add(() => {
      throw new Error("mine");
    });
    rpc.notificationReceived.add(other);

    peer.send("rpc", { type: "tick" });
    const result = rpc.rpcCall("echo");
    await peer.serve("echo", 1);

    expect(await result).toBe(1);
    expect(other).toHaveBeenCalledOnce();
    expect(fixture.reports).toEqual(["a signal's listener threw: Error: mine"]);
  });

  it("outlives a service that throws and a reporter that throws", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    class Careless extends RPCService {
      override connectionOpened(): void {
        throw new Error("service");
      }
    }
    const onError = () => {
      throw new Error("reporter");
    };
    const snorky = fixture.connect({ careless: Careless, rpc: RPCService }, { onError });
    const result = snorky.services.rpc.rpcCall("echo");
    await (await fixture.server.accept()).serve("echo", 1);

    expect(await result).toBe(1);
    expect(log.mock.calls.map((values) => String(values.at(-1)))).toEqual([
      "Error: service",
      "Error: reporter",
    ]);
  });
});

function delta(json: string): string {
  return `{"service":"datasync","message":{"type":"delta","delta":${json}}}`;
}
