import { applyDelta } from "./apply-delta.js";
import type { Delta } from "./delta.js";
import { haveSameId, type ItemsAreEqual, idOf } from "./equality.js";
import { RowVersions } from "./row-versions.js";

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
  /** Made when it is needed: subclasses made without `class` may do without this constructor. */
  private seen: RowVersions | undefined;

  /** Puts a row at the end. */
  abstract insert(value: unknown): void;

  /** Begins a walk at the first item. */
  abstract getIterator(): CollectionIterator<T>;

  /**
   * Applies a delta. Twice does the same as once: the insert of a row that is there replaces it, the
   * update of a row that is missing inserts it, the delete of a missing row is nothing.
   *
   * Where rows are told apart by their id, a delta whose `version` is lower than the last one of its
   * row is ignored, also if that one has deleted the row.
   */
  applyDelta(delta: Delta, itemsAreEqual: ItemsAreEqual): void {
    if (itemsAreEqual !== haveSameId) {
      applyDelta(this, delta, itemsAreEqual);
      return;
    }
    this.seen ??= new RowVersions(idOf);
    const news = this.seen.newsIn(delta);
    if (news) {
      applyDelta(this, news, itemsAreEqual);
    }
  }
}
