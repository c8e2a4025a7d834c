import { describe, expect, it } from "vitest";
import { TOMBSTONES } from "../../src/datasync/row-versions.js";
import {
  ArrayCollection,
  Collection,
  CollectionDeltaProcessor,
  type CollectionIterator,
  type Delta,
  type ListCollection,
  type ListOptions,
  SingleItemCollection,
  SnapshotCollection,
} from "../../src/index.js";

interface Row {
  readonly id: number;
  readonly text: string;
  readonly version?: number;
}

const row = (id: number, text: string, version?: number): Row =>
  version === undefined ? { id, text } : { id, text, version };
const versioned = (version: number | undefined) => (version === undefined ? {} : { version });
const insert = (data: unknown, version?: number): Delta => ({
  type: "insert",
  model: "M",
  data,
  ...versioned(version),
});
const remove = (data: unknown, version?: number): Delta => ({
  type: "delete",
  model: "M",
  data,
  ...versioned(version),
});
const update = (oldData: unknown, newData: unknown, version?: number): Delta => ({
  type: "update",
  model: "M",
  oldData,
  newData,
  ...versioned(version),
});

function apply(collection: Collection, ...deltas: Delta[]): void {
  const processor = new CollectionDeltaProcessor({ M: collection });
  for (const delta of deltas) {
    processor.processDelta(delta);
  }
}

/** A collection of the page's. */
class OwnCollection extends Collection<Row> {
  readonly items: Row[] = [];

  override insert(value: unknown): void {
    this.items.push(value as Row);
  }

  override getIterator(): CollectionIterator<Row> {
    return new ArrayCollection(this.items).getIterator();
  }
}

describe.each([
  ["an array collection", () => new ArrayCollection<Row>([])],
  ["a snapshot collection", () => new SnapshotCollection<Row>()],
  ["a collection of the page's", () => new OwnCollection()],
])("The versions of deltas, in %s,", (_what, make) => {
  it.each<[string, Delta[], Row[]]>([
    [
      "keep an older update out",
      [insert(row(1, "b"), 2), update(row(1, ""), row(1, "a"), 1)],
      [row(1, "b")],
    ],
    [
      "keep an older insert out",
      [update(row(1, "a"), row(1, "b"), 2), insert(row(1, "a"), 1)],
      [row(1, "b")],
    ],
    ["keep an older delete out", [insert(row(1, "b"), 2), remove(row(1, "a"), 1)], [row(1, "b")]],
    [
      "keep a deleted row out",
      [insert(row(1, "a"), 1), remove(row(1, "b"), 3), update(row(1, "a"), row(1, "b"), 2)],
      [],
    ],
    [
      "keep out what was deleted before it came",
      [remove(row(1, "a"), 2), insert(row(1, "a"), 1)],
      [],
    ],
    [
      "let a newer row in where one was deleted",
      [remove(row(1, "a"), 2), insert(row(1, "c"), 3)],
      [row(1, "c")],
    ],
    [
      "let the same version in again",
      [insert(row(1, "a"), 2), update(row(1, "a"), row(1, "b"), 2)],
      [row(1, "b")],
    ],
    [
      "let a delta without one in",
      [insert(row(1, "b"), 2), update(row(1, "b"), row(1, "c"))],
      [row(1, "c")],
    ],
    [
      "are remembered over a delta without one",
      [insert(row(1, "b"), 2), insert(row(1, "c")), insert(row(1, "a"), 1)],
      [row(1, "c")],
    ],
    ["begin at 0", [insert(row(1, "a"), 0), insert(row(1, "b"), 0)], [row(1, "b")]],
    [
      "are each row's own",
      [insert(row(1, "a"), 9), insert(row(2, "b"), 1)],
      [row(1, "a"), row(2, "b")],
    ],
    [
      "are those of both ids of a row",
      [
        insert(row(1, "a"), 1),
        update(row(1, "a"), row(2, "a"), 2),
        insert(row(1, "x"), 1),
        remove(row(2, "x"), 1),
      ],
      [row(2, "a")],
    ],
    [
      "let the half of an update in that is new",
      [insert(row(1, "b"), 3), update(row(1, "a"), row(2, "a"), 2)],
      [row(1, "b"), row(2, "a")],
    ],
    [
      "let the other half of an update in that is new",
      [insert(row(1, "a"), 1), insert(row(2, "b"), 3), update(row(1, "a"), row(2, "a"), 2)],
      [row(2, "b")],
    ],
    [
      "keep an update out that is old for both ids",
      [insert(row(1, "b"), 3), insert(row(2, "b"), 3), update(row(1, "a"), row(2, "a"), 2)],
      [row(1, "b"), row(2, "b")],
    ],
  ])("%s", (_name, deltas, items) => {
    const collection = make();

    apply(collection, ...deltas);

    expect(collection.items).toEqual(items);
  });

  it("do not matter for rows without an id", () => {
    const collection = make();

    apply(collection, insert({ text: "b" }, 2), insert({ text: "a" }, 1));

    expect(collection.items).toEqual([{ text: "b" }, { text: "a" }]);
  });

  it("do not matter where the page says which rows are the same", () => {
    const collection = make();
    const itemsAreEqual = (one: Row, other: Row) => one.text === other.text;
    const processor = new CollectionDeltaProcessor({ M: collection }, { itemsAreEqual });

    processor.processDelta(insert(row(1, "a"), 2));
    processor.processDelta(insert(row(1, "b"), 1));

    expect(collection.items).toEqual([row(1, "a"), row(1, "b")]);
  });

  it(`are remembered of ${TOMBSTONES} deleted rows`, () => {
    const collection = make();

    for (let id = 0; id <= TOMBSTONES; id++) {
      apply(collection, remove(row(id, "b"), 2));
    }
    apply(collection, insert(row(0, "a"), 1), insert(row(1, "a"), 1));

    expect(collection.items).toEqual([row(0, "a")]);
  });
});

describe.each([
  [
    "an array collection",
    (rows: Row[], options: ListOptions<Row>): ListCollection<Row> =>
      new ArrayCollection([...rows], options),
  ],
  [
    "a snapshot collection",
    (rows: Row[], options: ListOptions<Row>): ListCollection<Row> =>
      new SnapshotCollection(rows, options),
  ],
])("The versions of fetched rows, in %s,", (_what, make) => {
  const byMember: ListOptions<Row> = { versionOf: "version" };

  it.each([
    ["from a member", byMember],
    ["from a function", { versionOf: ({ version }: Row) => version }],
  ])("keep older deltas out: %s", (_how, options) => {
    const first = make([row(1, "b", 2)], options);
    const replaced = make([], options);
    replaced.replace([row(1, "b", 2)]);

    for (const collection of [first, replaced]) {
      apply(collection, update(row(1, "a"), row(1, "a"), 1), remove(row(1, "a"), 1));
      expect(collection.items).toEqual([row(1, "b", 2)]);
      apply(collection, insert(row(1, "c"), 3));
      expect(collection.items).toEqual([row(1, "c")]);
    }
  });

  it("are not known if nobody says where they are", () => {
    const collection = make([row(1, "b", 2)], {});

    apply(collection, update(row(1, "a"), row(1, "a"), 1));

    expect(collection.items).toEqual([row(1, "a")]);
  });

  it.each([[undefined], [null], ["2"]])("do not matter where a row has %j", (version) => {
    const collection = make([{ id: 1, text: "b", version } as never], byMember);

    apply(collection, update(row(1, "a"), row(1, "a"), 1));

    expect(collection.items).toEqual([row(1, "a")]);
  });

  it("take the place of all that was known before", () => {
    const collection = make([row(1, "a", 5)], byMember);
    apply(collection, remove(row(2, "b"), 5), insert(row(3, "b"), 5));

    collection.replace([row(1, "a", 1)]);
    apply(collection, insert(row(1, "b"), 2), insert(row(2, "b"), 2), insert(row(3, "b"), 2));

    expect(collection.items).toEqual([row(1, "b"), row(2, "b"), row(3, "b")]);
  });

  it("are those of the rows, not of the items made of them", () => {
    const collection = make([], {
      ...byMember,
      transformItem: ({ id, text }: Row) => ({ id, text: text.toUpperCase() }),
    });
    collection.replace([row(1, "b", 2)]);

    apply(collection, update(row(1, "a"), row(1, "a"), 1));

    expect(collection.items).toEqual([row(1, "B")]);
  });
});

describe("The id of rows", () => {
  interface Seat {
    readonly hall: string;
    readonly seat: number;
    readonly guest: string;
  }
  const seat = (hall: string, seat: number, guest: string): Seat => ({ hall, seat, guest });

  it.each<[string, ListOptions<Seat>, Seat[]]>([
    ["a member", { id: "seat" }, [seat("B", 1, "Cid")]],
    [
      "a function",
      { id: ({ hall, seat }: Seat) => `${hall}${seat}` },
      [seat("A", 1, "Bob"), seat("B", 1, "Cid")],
    ],
  ])("may be what %s says", (_how, options, expected) => {
    for (const collection of [
      new ArrayCollection<Seat>([], options),
      new SnapshotCollection<Seat>([], options),
    ]) {
      apply(
        collection,
        insert(seat("A", 1, "Ann"), 2),
        update(seat("A", 1, "Ann"), seat("A", 1, "Bob"), 3),
        insert(seat("A", 1, "Ann"), 2),
        insert(seat("B", 1, "Cid"), 4),
      );

      expect(collection.items).toEqual(expected);
    }
  });

  it.each([
    [{ id: 5 }, "id: number (expected: a member's name, or a function)"],
    [{ versionOf: null }, "versionOf: null (expected: a member's name, or a function)"],
  ])("is refused as %j", (options, message) => {
    expect(() => new SnapshotCollection([], options as never)).toThrow(message);
  });
});

it("A collection of one item keeps older deltas out", () => {
  let item: Row | null = row(1, "a");
  const collection = new SingleItemCollection(
    () => item,
    (value: Row) => {
      item = value;
    },
    () => {
      item = null;
    },
  );

  apply(collection, update(row(1, "a"), row(1, "c"), 3), remove(row(1, "b"), 2));

  expect(item).toEqual(row(1, "c"));
});
