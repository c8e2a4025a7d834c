import { describe, expect, it, vi } from "vitest";
import {
  ArrayCollection,
  Collection,
  CollectionDeltaProcessor,
  type CollectionIterator,
  DataSync,
  type Delta,
  SingleItemCollection,
  SnapshotCollection,
  Snorky,
} from "../../src/index.js";

interface Player {
  id: number;
  color: string;
}

const row = (id: number, color = "red"): Player => ({ id, color });
const insert = (data: unknown): Delta => ({ type: "insert", model: "Player", data });
const remove = (data: unknown): Delta => ({ type: "delete", model: "Player", data });
const update = (oldData: unknown, newData: unknown): Delta => ({
  type: "update",
  model: "Player",
  oldData,
  newData,
});

function processorOf(collection: Collection) {
  return new CollectionDeltaProcessor({ Player: collection });
}

describe.each([
  ["by the index of ids", undefined],
  ["by walking", { itemsAreEqual: (a: Player, b: Player) => a.id === b.id }],
])("An array collection whose rows are found %s", (_how, options) => {
  function start(...rows: Player[]) {
    const array = rows;
    const collection = new ArrayCollection(array);
    const processor = new CollectionDeltaProcessor({ Player: collection }, options);
    const apply = (...deltas: Delta[]) => {
      for (const delta of deltas) {
        processor.processDelta(delta);
      }
    };
    return { array, collection, apply };
  }

  it("puts new rows at the end", () => {
    const { array, apply } = start(row(1));

    apply(insert(row(2)), insert(row(3)));

    expect(array).toEqual([row(1), row(2), row(3)]);
  });

  it("replaces a row that is inserted again, where it is", () => {
    const { array, apply } = start(row(1), row(2));

    apply(insert(row(1, "blue")), insert(row(1, "blue")));

    expect(array).toEqual([row(1, "blue"), row(2)]);
  });

  it("changes a row where it is", () => {
    const { array, apply } = start(row(1), row(2), row(3));

    apply(update(row(2), row(2, "blue")));

    expect(array).toEqual([row(1), row(2, "blue"), row(3)]);
  });

  it("inserts a row that is missing when it is updated", () => {
    const { array, apply } = start(row(1));

    apply(update(row(2), row(2, "blue")));

    expect(array).toEqual([row(1), row(2, "blue")]);
  });

  it("removes a row, and nothing if it is missing", () => {
    const { array, apply } = start(row(1), row(2));

    apply(remove(row(1)), remove(row(1)), remove(row(7)));

    expect(array).toEqual([row(2)]);
  });

  it("follows a row whose id changes, also when the delta comes twice", () => {
    const { array, apply } = start(row(1), row(2));

    apply(update(row(1), row(5)), update(row(1), row(5)));

    expect(array).toEqual([row(5), row(2)]);
  });

  it("keeps one row where an id changes to one that is there", () => {
    const { array, apply } = start(row(1), row(2), row(3));
    apply(update(row(2), row(3, "blue")));
    expect(array).toEqual([row(1), row(3, "blue")]);

    apply(insert(row(9)), update(row(9), row(1, "green")));

    expect(array).toEqual([row(3, "blue"), row(1, "green")]);
  });

  it("stays right when the page changes the array, too", () => {
    const { array, apply } = start(row(1), row(2), row(3), row(4));
    apply(update(row(4), row(4, "blue")));

    array.reverse();
    array.push(row(5));
    array.splice(1, 1); // row 3
    apply(update(row(4), row(4, "green")), update(row(5), row(5, "green")), insert(row(3)));
    array.length = 2;
    apply(remove(row(4)), remove(row(3)));

    expect(array).toEqual([row(2)]);
  });

  it("says what it changes", () => {
    const { collection, apply } = start(row(1));
    const changes: unknown[] = [];
    collection.changed.add((change) => changes.push(change));

    apply(insert(row(2)), update(row(2), row(2, "blue")), remove(row(1)), remove(row(1)));
    collection.replace([row(8)]);

    expect(changes).toEqual([
      { type: "insert", item: row(2), index: 1 },
      { type: "update", item: row(2, "blue"), previous: row(2), index: 1 },
      { type: "delete", item: row(1), index: 0 },
      { type: "replace" },
    ]);
  });
});

describe("An array collection", () => {
  it("works on the array that the page gave", () => {
    const array = [row(1)];
    const collection = new ArrayCollection(array);

    collection.replace(new Set([row(2), row(3)]));

    expect(collection.array).toBe(array);
    expect(array).toEqual([row(2), row(3)]);
  });

  it("makes items of rows that are inserted or updated", () => {
    class Fat {
      constructor(
        readonly id: number,
        readonly label: string,
      ) {}
    }
    const array: Fat[] = [new Fat(1, "as it is")];
    const transformItem = (player: Player) => new Fat(player.id, player.color);
    const collection = new ArrayCollection(array, { transformItem });
    const processor = processorOf(collection);

    processor.processDelta(insert(row(2, "blue")));
    processor.processDelta(update(row(1), row(1, "green")));

    expect(array).toEqual([new Fat(1, "green"), new Fat(2, "blue")]);
    expect(array[1]).toBeInstanceOf(Fat);
  });

  it("is left as it was if the transformation throws", () => {
    const array = [row(1)];
    const transformItem = () => {
      throw new Error("mine");
    };
    const collection = new ArrayCollection<Player>(array, { transformItem });

    expect(() => collection.replace([row(2)])).toThrow("mine");
    expect(() => processorOf(collection).processDelta(insert(row(1)))).toThrow("mine");

    expect(array).toEqual([row(1)]);
  });

  it("takes rows without id for different ones", () => {
    const array: unknown[] = [{ name: "a" }, { id: null }, "text", null];
    const processor = processorOf(new ArrayCollection(array));

    processor.processDelta(remove({ name: "a" }));
    processor.processDelta(remove({ id: null }));
    processor.processDelta(insert("text"));

    expect(array).toEqual([{ name: "a" }, { id: null }, "text", null, "text"]);
  });

  it("tells numbers from texts", () => {
    const array: unknown[] = [{ id: 7 }, { id: "7" }];

    processorOf(new ArrayCollection(array)).processDelta(remove({ id: "7" }));

    expect(array).toEqual([{ id: 7 }]);
  });

  it("finds each of many rows without looking at the others", () => {
    let looks = 0;
    const counting = (id: number) => ({
      get id() {
        looks++;
        return id;
      },
    });
    const array = Array.from({ length: 10_000 }, (_, id) => counting(id));
    const processor = processorOf(new ArrayCollection(array));
    looks = 0;

    for (let id = 0; id < 10_000; id++) {
      processor.processDelta(update(counting(id), counting(id)));
    }

    expect(looks).toBeLessThan(100_000);
  });

  it("refuses what is no array", () => {
    expect(() => new ArrayCollection({} as never)).toThrow(
      "array: [object Object] (expected: an array)",
    );
  });
});

describe("A walk over a collection", () => {
  it("can change and remove what it has seen", () => {
    const array = [row(1), row(2), row(3)];
    const iterator = new ArrayCollection(array).getIterator();

    expect(iterator.next()).toEqual(row(1));
    iterator.remove();
    expect(iterator.next()).toEqual(row(2));
    iterator.update(row(2, "blue"));
    expect(iterator.next()).toEqual(row(3));
    expect(iterator.hasNext()).toBe(false);
    expect(() => iterator.next()).toThrow(RangeError);

    expect(array).toEqual([row(2, "blue"), row(3)]);
  });
});

describe("A snapshot collection", () => {
  it("shows another frozen array after each change, and the same one until then", () => {
    const players = new SnapshotCollection<Player>([row(1)]);
    const processor = processorOf(players);
    const before = players.items;
    expect(players.getSnapshot()).toBe(before);

    processor.processDelta(insert(row(2)));

    expect(before).toEqual([row(1)]);
    expect(players.items).toEqual([row(1), row(2)]);
    expect(players.items).not.toBe(before);
    expect(Object.isFrozen(players.items)).toBe(true);
  });

  it("keeps the identity of rows that did not change", () => {
    const players = new SnapshotCollection<Player>([row(1), row(2)]);
    const [first] = players.items;

    processorOf(players).processDelta(update(row(2), row(2, "blue")));

    expect(players.items[0]).toBe(first);
  });

  it("tells its subscribers, with nothing, until they have enough", () => {
    const players = new SnapshotCollection<Player>();
    const listener = vi.fn();
    const { subscribe } = players;

    const unsubscribe = subscribe(listener);
    const other = subscribe(listener);
    players.insert(row(1));
    unsubscribe();
    players.replace([]);
    other();
    players.replace([row(1)]);

    expect(listener.mock.calls).toEqual([[], [], []]);
  });

  it("makes items of all rows, the first ones too", () => {
    const transformItem = (player: Player) => ({ id: player.id, name: `#${player.id}` });
    const players = new SnapshotCollection([row(1)], { transformItem });

    players.replace([row(2)]);
    processorOf(players).processDelta(insert(row(3)));

    expect(players.items).toEqual([
      { id: 2, name: "#2" },
      { id: 3, name: "#3" },
    ]);
  });

  it("copes with rows of one id", () => {
    const players = new SnapshotCollection<Player>([row(1, "a"), row(1, "b")]);
    const processor = processorOf(players);

    processor.processDelta(remove(row(1)));
    processor.processDelta(remove(row(1)));
    processor.processDelta(remove(row(1)));

    expect(players.items).toEqual([]);
  });
});

describe("A single item collection", () => {
  function start(item: Player | null, withRemove = true) {
    const state = { item };
    const collection = new SingleItemCollection<Player>(
      () => state.item,
      (player: Player) => {
        state.item = player;
      },
      withRemove
        ? () => {
            state.item = null;
          }
        : undefined,
    );
    const processor = processorOf(collection);
    return { state, apply: (delta: Delta) => processor.processDelta(delta) };
  }

  it("follows its row and no other", () => {
    vi.spyOn(console, "debug").mockImplementation(() => {});
    const { state, apply } = start(row(1));

    apply(update(row(2), row(2, "blue")));
    apply(remove(row(2)));
    expect(state.item).toEqual(row(1));
    apply(update(row(1), row(1, "blue")));
    expect(state.item).toEqual(row(1, "blue"));
    apply(insert(row(1, "green")));
    expect(state.item).toEqual(row(1, "green"));
    apply(remove(row(1)));
    expect(state.item).toBeNull();
    apply(remove(row(1)));
  });

  it("says that it takes no other item", () => {
    const log = vi.spyOn(console, "debug").mockImplementation(() => {});
    const { state, apply } = start(null);

    apply(insert(row(1)));

    expect(state.item).toBeNull();
    expect(log).toHaveBeenCalledOnce();
  });

  it("may do without removing", () => {
    const { state, apply } = start(row(1), false);

    apply(remove(row(1)));

    expect(state.item).toEqual(row(1));
  });

  it("has one item to walk over", () => {
    const iterator = new SingleItemCollection(
      () => "item",
      () => {},
    ).getIterator();

    expect(iterator.next()).toBe("item");
    expect(iterator.hasNext()).toBe(false);
    expect(() => iterator.next()).toThrow(RangeError);
  });
});

describe("A collection of the page's own", () => {
  class Lines extends Collection<Player> {
    lines: Player[] = [];
    override insert(value: Player) {
      this.lines.push(value);
    }
    override getIterator(): CollectionIterator<Player> {
      let at = -1;
      return {
        hasNext: () => at + 1 < this.lines.length,
        next: () => this.lines[++at] as Player,
        remove: () => this.lines.splice(at--, 1),
        update: (value) => {
          this.lines[at] = value as Player;
        },
      };
    }
  }

  it("needs an insert and a walk, and gets the rest", () => {
    const lines = new Lines();
    const processor = processorOf(lines);

    for (const delta of [insert(row(1)), insert(row(2)), insert(row(1)), remove(row(2))]) {
      processor.processDelta(delta);
    }
    processor.processDelta(update(row(3), row(3)));
    processor.processDelta(update(row(3), row(1, "blue")));

    expect(lines.lines).toEqual([row(1, "blue")]);
  });

  it("may be made with Snorky.Class, with or without the parent", () => {
    const methods = {
      insert: Lines.prototype.insert,
      getIterator: Lines.prototype.getIterator,
      lines: [] as Player[],
    };
    for (const Made of [Snorky.Class(methods), Snorky.Class(DataSync.Collection, methods)]) {
      const made = new Made();
      made.lines = [];
      const processor = processorOf(made);

      processor.processDelta(insert(row(1)));
      processor.processDelta(insert(row(1)));

      expect(made.lines).toEqual([row(1)]);
    }
  });
});
