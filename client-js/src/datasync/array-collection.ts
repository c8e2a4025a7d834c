import { ListCollection, type ListOptions } from "./list-collection.js";

/**
 * An array whose items follow the deltas, changed in place. The page may change it, too, also its
 * order.
 *
 * ```js
 * const todos = [];
 * const collection = new Snorky.DataSync.ArrayCollection(todos, {transformItem: (row) => new Todo(row)});
 * ```
 *
 * What `transformItem` makes must keep the row's `id`, or what the option `id` names, unless the
 * processor was given an `itemsAreEqual` that knows better. An update of a row that stays where it is takes constant time;
 * an insert looks the array through once, as the page may have put the row there.
 */
export class ArrayCollection<T> extends ListCollection<T> {
  /** The array. */
  readonly array: T[];

  /** @param array shown as it is; `transformItem` is for rows that come later */
  constructor(array: T[], options: ListOptions<T> = {}) {
    if (!Array.isArray(array)) {
      throw new TypeError(`array: ${String(array)} (expected: an array)`);
    }
    super(array, false, options);
    this.array = array;
  }
}
