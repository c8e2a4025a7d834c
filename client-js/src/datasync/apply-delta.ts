import type { CollectionIterator } from "./collection.js";
import type { Delta, UpdateDelta } from "./delta.js";
import type { ItemsAreEqual } from "./equality.js";

/** What it takes to apply deltas to: a collection of any kind. */
interface Target {
  insert(value: unknown): void;
  getIterator(): CollectionIterator<unknown>;
}

/**
 * Applies a delta by walking over the items. Doing it twice does the same as doing it once: the
 * insert of a row that is there replaces it, the update of a row that is missing inserts it, the
 * delete of a missing row is nothing.
 */
export function applyDelta(target: Target, delta: Delta, itemsAreEqual: ItemsAreEqual): void {
  const isRow = (row: unknown) => (item: unknown) => itemsAreEqual(item, row, delta);
  switch (delta.type) {
    case "insert":
      replaceOrInsert(target, isRow(delta.data), delta.data);
      break;
    case "update":
      update(target, delta, isRow(delta.oldData), isRow(delta.newData));
      break;
    case "delete":
      find(target, isRow(delta.data))?.iterator.remove();
      break;
  }
}

type Test = (item: unknown) => boolean;

function update(target: Target, delta: UpdateDelta, isOld: Test, isNew: Test): void {
  const old = find(target, isOld);
  if (!old) {
    replaceOrInsert(target, isNew, delta.newData);
    return;
  }
  const wasNew = isNew(old.item);
  old.iterator.update(delta.newData);
  if (!wasNew) {
    removeOthers(target, isNew, old.index); // the row's identity changed to one that was there
  }
}

function replaceOrInsert(target: Target, test: Test, row: unknown): void {
  const found = find(target, test);
  if (found) {
    found.iterator.update(row);
  } else {
    target.insert(row);
  }
}

function removeOthers(target: Target, test: Test, kept: number): void {
  const iterator = target.getIterator();
  for (let index = 0; iterator.hasNext(); index++) {
    const item = iterator.next();
    if (index !== kept && test(item)) {
      iterator.remove();
    }
  }
}

function find(target: Target, test: Test) {
  const iterator = target.getIterator();
  for (let index = 0; iterator.hasNext(); index++) {
    const item = iterator.next();
    if (test(item)) {
      return { iterator, item, index };
    }
  }
  return undefined;
}
