import { describe, expectTypeOf, it } from "vitest";
import type { WebSocket as NodeWebSocket } from "ws";
import {
  type Acquired,
  ArrayCollection,
  type ChannelState,
  type Chat,
  CollectionDeltaProcessor,
  type Cursors,
  type DataSync,
  type Delta,
  type ListCollection,
  type LiveListOptions,
  type LiveState,
  type Messaging,
  type PubSub,
  RPCService,
  type ServiceClass,
  SnapshotCollection,
  type Snorky,
  type SocketClass,
} from "../src/index.js";

class Negator extends RPCService {}

class Calculator extends Negator.addRPCMethods(["negate"]) {
  sum(a: number, b: number): Promise<number> {
    return this.rpcCall<number>("sum", { a, b });
  }
}

describe("The types", () => {
  it("know each service by its name", () => {
    type Client = Snorky<{
      datasync: typeof DataSync;
      pubsub: typeof PubSub;
      calc: typeof Calculator;
    }>;

    expectTypeOf<Client["services"]["datasync"]>().toEqualTypeOf<DataSync>();
    expectTypeOf<Client["services"]["pubsub"]>().toEqualTypeOf<PubSub>();
    expectTypeOf<Client["services"]["calc"]["sum"]>().returns.resolves.toBeNumber();
    expectTypeOf<Client["services"]["calc"]["negate"]>().toBeFunction();
    expectTypeOf<keyof Client["services"]>().toEqualTypeOf<"datasync" | "pubsub" | "calc">();
    expectTypeOf<Client>().toExtend<Snorky>();
  });

  it("take the sockets of browsers and of ws, and services of any kind", () => {
    expectTypeOf<typeof WebSocket>().toExtend<SocketClass>();
    expectTypeOf<typeof NodeWebSocket>().toExtend<SocketClass>();
    expectTypeOf<typeof DataSync>().toExtend<ServiceClass>();
    expectTypeOf<typeof Calculator>().toExtend<ServiceClass>();
  });

  it("tell deltas apart by their type", () => {
    const titleOf = (delta: Delta<{ title: string }>): string => {
      switch (delta.type) {
        case "insert":
        case "delete":
          return delta.data.title;
        case "update":
          return delta.newData.title;
      }
    };

    expectTypeOf(titleOf).returns.toBeString();
  });

  it("know the items of collections", () => {
    const players = new SnapshotCollection<{ id: number }>();
    const made = new ArrayCollection([new Date()], {
      transformItem: (row: { at: string }) => new Date(row.at),
    });

    expectTypeOf(players.items).toEqualTypeOf<readonly { id: number }[]>();
    expectTypeOf(made.array).toEqualTypeOf<Date[]>();
    expectTypeOf(CollectionDeltaProcessor).toBeConstructibleWith({ Player: players, Day: made });
    expectTypeOf(CollectionDeltaProcessor).toBeConstructibleWith({ Player: { red: players } });
  });

  it("know what is fetched", () => {
    type Options = Parameters<typeof DataSync.prototype.keepSynced<number[]>>[0];

    expectTypeOf<Options["apply"]>().parameters.toEqualTypeOf<[number[]]>();
  });

  it("know the rows of live lists", () => {
    type Made = ReturnType<typeof DataSync.prototype.fetchAndSubscribe<{ id: number }>>;

    expectTypeOf<Made["items"]>().toEqualTypeOf<readonly { id: number }[]>();
    expectTypeOf<Made["getSnapshot"]>().returns.toEqualTypeOf<readonly { id: number }[]>();
    expectTypeOf<Made["getState"]>().returns.toEqualTypeOf<LiveState>();
    expectTypeOf<LiveListOptions<Date>["collection"]>().toExtend<
      ListCollection<Date> | undefined
    >();
  });

  it("know what a subscription to a channel brings", () => {
    const pubsub = {} as PubSub;
    const plain = () => pubsub.subscribe({ channel: "news" });
    const withHistory = () => pubsub.subscribe({ channel: "news", history: 0 });
    const withPresence = () => pubsub.subscribe({ channel: "news", presence: true });

    expectTypeOf(plain).returns.resolves.toBeNull();
    expectTypeOf(withHistory).returns.resolves.toEqualTypeOf<ChannelState>();
    expectTypeOf(withPresence).returns.resolves.toEqualTypeOf<ChannelState>();
  });

  it("tell cursors apart by whose they are", () => {
    type Any = Awaited<ReturnType<Cursors["join"]>>["cursors"][number];
    const handleOf = (cursor: Any) => (cursor.isMine ? cursor.privateHandle : cursor.publicHandle);

    expectTypeOf(handleOf).returns.toBeNumber();
    expectTypeOf<Snorky<{ chat: typeof Chat }>["services"]["chat"]>().toEqualTypeOf<Chat>();
    expectTypeOf<Messaging["listParticipants"]>().returns.resolves.toEqualTypeOf<string[]>();
  });

  it("know what an acquisition brings", () => {
    const datasync = {} as DataSync;
    const plain = () => datasync.acquireSubscription({ token: "t" });
    const resumable = () => datasync.acquireSubscription({ token: "t", offset: null });

    expectTypeOf(plain).returns.resolves.toBeNull();
    expectTypeOf(resumable).returns.resolves.toEqualTypeOf<Acquired | null>();
    expectTypeOf<DataSync["deltaReceived"]["dispatch"]>().parameters.toEqualTypeOf<
      [delta: Delta, offset: string | null]
    >();
  });
});
