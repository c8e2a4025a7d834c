import { Collection, type CollectionIterator } from "./collection.js";

/**
 * One item, kept wherever the page likes:
 *
 * ```js
 * new Snorky.DataSync.SingleItemCollection(() => player, (row) => { player = row; }, () => { player = null; });
 * ```
 *
 * Deltas of other rows do nothing.
 */
export class SingleItemCollection<T> extends Collection<T> {
  /**
   * @param read gives the item; null or undefined if there is none
   * @param update puts a row in the item's place
   * @param remove takes the item out; nothing happens if unset
   */
  constructor(
    private readonly read: () => T | null | undefined,
    // biome-ignore lint/suspicious/noExplicitAny: pages know their rows
    private readonly update: (row: any) => void,
    private readonly remove?: () => void,
  ) {
    super();
  }

  /** Does nothing but say so at the console's debug level: there is one item and no other. */
  override insert(value: unknown): void {
    console.debug("Snorky: a SingleItemCollection takes no other item:", value);
  }

  override getIterator(): CollectionIterator<T> {
    let seen = false;
    const item = () => this.read() ?? null;
    return {
      hasNext: () => !seen && item() !== null,
      next: () => {
        const next = item();
        if (seen || next === null) {
          throw new RangeError("The collection has no further item (expected: hasNext() is asked)");
        }
        seen = true;
        return next;
      },
      remove: () => this.remove?.(),
      update: (value) => this.update(value),
    };
  }
}
