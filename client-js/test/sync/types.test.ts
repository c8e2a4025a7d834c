import { describe, expectTypeOf, it } from "vitest";
import type { WebSocket as NodeWebSocket } from "ws";
import type { ActionOf, SyncedStore, SyncSocketClass } from "../../src/sync/index.js";
import type { Synced } from "../../src/sync/react.js";

interface Notes {
  title: string;
  size: number;
}

interface Actions {
  rename: { title: string };
  clear: null;
}

interface Tasks {
  importAll: { from: string };
}

describe("The types of synced objects", () => {
  it("know the actions and their arguments", () => {
    type Action = ActionOf<Actions>;

    expectTypeOf<{ type: "rename"; title: string }>().toExtend<Action>();
    expectTypeOf<{ type: "clear" }>().toExtend<Action>();
    expectTypeOf<{ type: "rename" }>().not.toExtend<Action>();
    expectTypeOf<{ type: "rename"; title: number }>().not.toExtend<Action>();
    expectTypeOf<{ type: "gone" }>().not.toExtend<Action>();
    expectTypeOf<{ type: "any"; of: 1 }>().toExtend<
      Parameters<SyncedStore<Notes>["sendAction"]>[0]
    >();
  });

  it("know the tasks", () => {
    type Store = SyncedStore<Notes, Actions, Tasks>;

    expectTypeOf<Parameters<Store["cancelTask"]>[0]["type"]>().toEqualTypeOf<"importAll">();
    expectTypeOf<{ type: "importAll"; from: string }>().toExtend<
      Parameters<Store["startTask"]>[0]
    >();
  });

  it("know the members and their setters", () => {
    type Object = Synced<Notes, Actions, Tasks>;

    expectTypeOf<Object["title"]>().toBeString();
    expectTypeOf<Object["setTitle"]>().parameters.toEqualTypeOf<[string]>();
    expectTypeOf<Object["syncSize"]>().parameters.toEqualTypeOf<[number]>();
    expectTypeOf<"syncGone">().not.toExtend<keyof Object>();
  });

  it("take the sockets of browsers and of ws", () => {
    expectTypeOf<typeof WebSocket>().toExtend<SyncSocketClass>();
    expectTypeOf<typeof NodeWebSocket>().toExtend<SyncSocketClass>();
  });
});
