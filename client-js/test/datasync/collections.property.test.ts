import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ArrayCollection,
  CollectionDeltaProcessor,
  type Delta,
  SnapshotCollection,
} from "../../src/index.js";

interface Row {
  readonly id: number;
  readonly value: number;
}

const id = fc.integer({ min: 0, max: 12 });
const row = fc.record({ id, value: fc.nat(99) });
const sameId = (a: Row, b: Row) => a.id === b.id;

/** Any deltas at all, fitting or not. */
const delta: fc.Arbitrary<Delta<Row>> = fc.oneof(
  row.map((data) => ({ type: "insert" as const, model: "M", data })),
  row.map((data) => ({ type: "delete" as const, model: "M", data })),
  fc
    .tuple(row, row)
    .map(([oldData, newData]) => ({ type: "update" as const, model: "M", oldData, newData })),
  fc.tuple(row, fc.nat(99)).map(([oldData, value]) => ({
    type: "update" as const,
    model: "M",
    oldData,
    newData: { id: oldData.id, value },
  })),
);

/** What a delta means, said as briefly as can be. */
function expected(rows: readonly Row[], delta: Delta<Row>): Row[] {
  const put = (old: number, next: Row) => {
    const place = rows.findIndex((r) => r.id === old);
    const target = place < 0 ? rows.findIndex((r) => r.id === next.id) : place;
    return target < 0
      ? [...rows, next]
      : rows
          .map((r, i) => (i === target ? next : r))
          .filter((r, i) => i === target || r.id !== next.id);
  };
  switch (delta.type) {
    case "insert":
      return put(delta.data.id, delta.data);
    case "update":
      return put(delta.oldData.id, delta.newData);
    case "delete":
      return rows.filter((r) => r.id !== delta.data.id);
  }
}

/** A row of each id, in any order. */
const rows = fc.uniqueArray(row, { selector: (r) => r.id, maxLength: 13 });

describe("Collections, whatever the deltas", () => {
  it.each([
    ["an array, by index", false, undefined],
    ["an array, by walking", false, sameId],
    ["snapshots, by index", true, undefined],
    ["snapshots, by walking", true, sameId],
  ])("hold what the deltas say, in order: %s", (_name, snapshots, itemsAreEqual) => {
    fc.assert(
      fc.property(rows, fc.array(delta, { maxLength: 60, size: "max" }), (start, deltas) => {
        const array = [...start];
        const collection = snapshots
          ? new SnapshotCollection<Row>(start)
          : new ArrayCollection(array);
        const processor = new CollectionDeltaProcessor({ M: collection }, { itemsAreEqual });
        let model: Row[] = [...start];

        for (const delta of deltas) {
          processor.processDelta(delta);
          model = expected(model, delta);
          expect(collection instanceof SnapshotCollection ? collection.items : array).toEqual(
            model,
          );
        }
      }),
    );
  });

  it("do not mind deltas that come twice", () => {
    fc.assert(
      fc.property(rows, fc.array(delta, { maxLength: 40, size: "max" }), (start, deltas) => {
        const once = [...start];
        const twice = [...start];
        const first = new CollectionDeltaProcessor({ M: new ArrayCollection(once) });
        const second = new CollectionDeltaProcessor({ M: new ArrayCollection(twice) });

        for (const delta of deltas) {
          first.processDelta(delta);
          second.processDelta(delta);
          second.processDelta(delta);
        }

        expect(twice).toEqual(once);
      }),
    );
  });

  it("end as the database does when the changes since some moment come again", () => {
    fc.assert(
      fc.property(
        rows,
        fc.array(change(), { maxLength: 40, size: "max" }),
        fc.nat(40),
        (start, changes, from) => {
          const deltas: Delta<Row>[] = [];
          const table = new Map(start.map((r) => [r.id, r]));
          for (const apply of changes) {
            deltas.push(...apply(table));
          }
          const shown = new SnapshotCollection<Row>(table.values());
          const processor = new CollectionDeltaProcessor({ M: shown });

          for (const delta of deltas.slice(from)) {
            processor.processDelta(delta);
          }

          expect(new Map(shown.items.map((r) => [r.id, r]))).toEqual(table);
        },
      ),
    );
  });

  it("end as the database does if its changes bear versions, in whatever order they come", () => {
    fc.assert(
      fc.property(
        rows,
        fc.array(change(), { maxLength: 40, size: "max" }),
        fc.nat(40),
        fc.array(fc.nat(1000), { minLength: 80, maxLength: 80 }),
        (start, changes, late, order) => {
          const table = new Map(start.map((r) => [r.id, r]));
          const versions = new Map<number, number>();
          let deltas: Delta<Row>[] = [];
          let shown = new SnapshotCollection<Row>(start);
          changes.forEach((apply, n) => {
            for (const delta of apply(table)) {
              deltas.push({ ...delta, version: n });
              versions.set(idIn(delta), n);
            }
            if (n === late) {
              const known = new Map(versions);
              const versionOf = ({ id }: Row) => known.get(id);
              shown = new SnapshotCollection<Row>(table.values(), { versionOf });
              deltas = deltas.filter((delta) => table.has(idIn(delta))); // others came before
            }
          });
          const mixed = deltas
            .flatMap((delta, n) => [
              { delta, rank: order[2 * n] ?? 0 },
              { delta, rank: order[2 * n + 1] ?? 0 },
            ])
            .sort((a, b) => a.rank - b.rank);
          const processor = new CollectionDeltaProcessor({ M: shown });

          for (const { delta } of mixed) {
            processor.processDelta(delta);
          }

          expect(new Map(shown.items.map((r) => [r.id, r]))).toEqual(table);
        },
      ),
    );
  });

  it("stay right while the page changes the array", () => {
    const meddle = fc.oneof(
      fc.constant((array: Row[]) => array.reverse()),
      fc.constant((array: Row[]) => array.sort((a, b) => a.id - b.id)),
      fc.nat(12).map((n) => (array: Row[]) => array.splice(n, 2)),
      fc.nat(12).map((n) => (array: Row[]) => array.splice(0, 0, ...array.splice(n, 3))),
      row.map((r) => (array: Row[]) => {
        if (!array.some((other) => other.id === r.id)) {
          array.push(r);
        }
      }),
    );
    const step = fc.oneof({ weight: 3, arbitrary: delta }, { weight: 1, arbitrary: meddle });
    fc.assert(
      fc.property(rows, fc.array(step, { maxLength: 60, size: "max" }), (start, steps) => {
        const array = [...start];
        const processor = new CollectionDeltaProcessor({ M: new ArrayCollection(array) });
        let model: Row[] = [...start];

        for (const step of steps) {
          if (typeof step === "function") {
            step(array);
            step(model);
          } else {
            processor.processDelta(step);
            model = expected(model, step);
          }
          expect(array).toEqual(model);
        }
      }),
    );
  });
});

/** The row that a delta leaves or takes. */
function idIn(delta: Delta<Row>): number {
  return delta.type === "update" ? delta.newData.id : delta.data.id;
}

type Change = (table: Map<number, Row>) => Delta<Row>[];

/** Changes that a database would let happen. */
function change(): fc.Arbitrary<Change> {
  return fc.oneof(
    row.map(
      (data): Change =>
        (table) => {
          const old = table.get(data.id);
          table.set(data.id, data);
          return old
            ? [{ type: "update", model: "M", oldData: old, newData: data }]
            : [{ type: "insert", model: "M", data }];
        },
    ),
    id.map(
      (gone): Change =>
        (table) => {
          const data = table.get(gone);
          table.delete(gone);
          return data ? [{ type: "delete", model: "M", data }] : [];
        },
    ),
    fc.tuple(id, row).map(
      ([from, to]): Change =>
        (table) => {
          const old = table.get(from);
          if (!old || table.has(to.id)) {
            return [];
          }
          table.delete(from);
          table.set(to.id, to);
          return [{ type: "update", model: "M", oldData: old, newData: to }];
        },
    ),
  );
}
