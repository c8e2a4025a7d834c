import { applyDelta } from "./apply-delta.js";
import type { Delta } from "./delta.js";
import type { ItemsAreEqual } from "./equality.js";

/** A walk over the items of a collection, in order, that can change what it has just seen. */
export interface CollectionIterator<T> {
  /** Whether there is another item. */
  hasNext(): boolean;
  /**
   * The next item.
   *
   * @throws RangeError if there is none
   */
  next(): T;
  /** Takes out the item that `next` gave last. */
  remove(): void;
  /** Puts a row in the place of the item that `next` gave last. */
  update(value: unknown): void;
}

/**
 * Items on the page that deltas are applied to. Pages may extend it for what they show; ready-made
 * are `ArrayCollection`, `SnapshotCollection` and `SingleItemCollection`.
 */
export abstract class Collection<T = unknown> {
  /** Puts a row at the end. */
  abstract insert(value: unknown): void;

  /** Begins a walk at the first item. */
  abstract getIterator(): CollectionIterator<T>;

  /**
   * Applies a delta. Twice does the same as once: the insert of a row that is there replaces it, the
   * update of a row that is missing inserts it, the delete of a missing row is nothing.
   */
  applyDelta(delta: Delta, itemsAreEqual: ItemsAreEqual): void {
    applyDelta(this, delta, itemsAreEqual);
  }
}
