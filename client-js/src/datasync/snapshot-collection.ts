import { type CollectionChange, ListCollection, type ListOptions } from "./list-collection.js";

/**
 * Items that follow the deltas, shown as an array that never changes: after each change `items` is
 * another array. Made for frameworks that tell by identity what to draw anew:
 *
 * ```js
 * const todos = new Snorky.DataSync.SnapshotCollection();
 * const items = React.useSyncExternalStore(todos.subscribe, todos.getSnapshot);
 * ```
 */
export class SnapshotCollection<T> extends ListCollection<T> {
  private snapshot: readonly T[] | null = null;

  /** @param rows the first items, made by `transformItem`; none if unset */
  constructor(rows: Iterable<unknown> = [], options: ListOptions<T> = {}) {
    const { transformItem = (row: unknown) => row as T } = options;
    const given = Array.from(rows);
    super(
      given.map((row) => transformItem(row)),
      true,
      options,
      given,
    );
  }

  /** The items now: a frozen array, the same one until the next change. */
  override get items(): readonly T[] {
    this.snapshot ??= Object.freeze(this.list.slice());
    return this.snapshot;
  }

  /** As `items`; may be passed on without its object. */
  readonly getSnapshot = (): readonly T[] => this.items;

  /**
   * Has a function called after each change; may be passed on without its object.
   *
   * @returns a function that ends it
   */
  readonly subscribe = (listener: () => void): (() => void) => {
    const binding = this.changed.add(() => listener());
    return () => binding.detach();
  };

  protected override announce(change: CollectionChange<T>): void {
    this.snapshot = null;
    super.announce(change);
  }
}
