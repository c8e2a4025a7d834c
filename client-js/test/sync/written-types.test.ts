import { describe, expectTypeOf, it } from "vitest";
import type { ActionOf, SyncedStore } from "../../src/sync/index.js";
import type { Synced } from "../../src/sync/react.js";
import type {
  CreateItem,
  Item,
  ItemListActions,
  ItemListState,
  ItemListTasks,
  Mood,
  PlainActions,
  PlainState,
  PlainTasks,
} from "./written.types.js";

type List = Synced<ItemListState, ItemListActions, ItemListTasks>;
type Store = SyncedStore<ItemListState, ItemListActions, ItemListTasks>;
type Action = ActionOf<ItemListActions>;

describe("The types that are written for Java classes", () => {
  it("know the state", () => {
    expectTypeOf<List["items"]>().toEqualTypeOf<readonly Item[]>();
    expectTypeOf<List["mood"]>().toEqualTypeOf<Mood | null>();
    expectTypeOf<List["runningTasks"]>().toEqualTypeOf<readonly "load"[]>();
    expectTypeOf<List["syncTitle"]>().parameters.toEqualTypeOf<[string]>();
    expectTypeOf<"renamed">().not.toExtend<keyof List>();
  });

  it("know the actions and tasks, and which arguments may be left out", () => {
    expectTypeOf<{ type: "CLEAR_ALL" }>().toExtend<Action>();
    expectTypeOf<{ type: "rename"; title: string }>().toExtend<Action>();
    expectTypeOf<{ type: "rename" }>().not.toExtend<Action>();
    expectTypeOf<{ type: "rename"; name: string }>().not.toExtend<Action>();
    expectTypeOf<{ type: "add"; item: CreateItem }>().toExtend<Action>();
    expectTypeOf<{ type: "add"; item: CreateItem; atPlace: string }>().not.toExtend<Action>();
    expectTypeOf<{ type: "upload"; name: string }>().toExtend<Parameters<Store["sendBinary"]>[0]>();
    expectTypeOf<{ type: "load" }>().toExtend<Parameters<Store["startTask"]>[0]>();
    expectTypeOf<Parameters<Store["cancelTask"]>[0]["type"]>().toEqualTypeOf<"load">();
  });

  it("take back what they gave, and less", () => {
    expectTypeOf<Item>().toExtend<CreateItem>();
    expectTypeOf<{ id: number; text: string; tags: [] }>().toExtend<CreateItem>();
  });

  it("know where there is nothing to call", () => {
    type None = SyncedStore<PlainState, PlainActions, PlainTasks>;

    expectTypeOf<Parameters<None["sendAction"]>[0]>().toBeNever();
    expectTypeOf<Parameters<None["cancelTask"]>[0]["type"]>().toBeNever();
  });
});
