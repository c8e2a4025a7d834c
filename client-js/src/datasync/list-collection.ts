import { reportToConsole } from "../report.js";
import { Signal } from "../signal.js";
import { applyDelta } from "./apply-delta.js";
import { Collection, type CollectionIterator } from "./collection.js";
import type { Delta } from "./delta.js";
import { haveSameId, type IdOf, type ItemsAreEqual, idFunction, type RowId } from "./equality.js";
import { IdentityIndex } from "./identity-index.js";
import { RowVersions, type VersionOf, versionFunction } from "./row-versions.js";

/** What a collection does with rows. */
export interface ListOptions<T> {
  /** Makes the item of a row that was inserted or updated; the row itself if unset. */
  // biome-ignore lint/suspicious/noExplicitAny: pages know their rows
  readonly transformItem?: ((row: any) => T) | undefined;
  /**
   * What tells rows apart, and the items made of them: the name of a member, or a function; `id` if
   * unset. Not looked at where the processor was given an `itemsAreEqual`.
   */
  readonly id?: RowId | undefined;
  /**
   * Where a row that did not come with a delta has its version: the name of a member, or a function.
   * Then a delta that is older than a fetched row does not overwrite it. If unset, any delta does.
   */
  readonly versionOf?: VersionOf | undefined;
}

/** What happened to a list, told apart by `type`. */
export type CollectionChange<T> =
  | { readonly type: "insert"; readonly item: T; readonly index: number }
  | { readonly type: "update"; readonly item: T; readonly previous: T; readonly index: number }
  | { readonly type: "delete"; readonly item: T; readonly index: number }
  /** All items are others. */
  | { readonly type: "replace" };

/** Items in an order: each row stays where it is, new ones come last. */
export abstract class ListCollection<T> extends Collection<T> {
  /** Dispatched after each change that was made through the collection. */
  readonly changed: Signal<[change: CollectionChange<T>]> = new Signal(reportToConsole);

  private readonly transform: (row: unknown) => T;
  private readonly idOf: IdOf;
  private readonly index: IdentityIndex;
  private readonly versions: RowVersions;

  /**
   * @param list the items
   * @param exclusive whether nobody else changes the list
   * @param rows what the items were made of
   */
  protected constructor(
    protected readonly list: T[],
    exclusive: boolean,
    options: ListOptions<T>,
    rows: Iterable<unknown> = list,
  ) {
    super();
    this.transform = options.transformItem ?? ((row) => row as T);
    this.idOf = idFunction(options.id);
    this.index = new IdentityIndex(this.idOf, exclusive);
    this.index.addAll(list);
    this.versions = new RowVersions(this.idOf, versionFunction(options.versionOf));
    this.versions.reset(rows);
  }

  /** The items now, in their order. */
  get items(): readonly T[] {
    return this.list;
  }

  override insert(value: unknown): void {
    const item = this.transform(value);
    const index = this.list.push(item) - 1;
    this.index.add(this.list, index);
    this.announce({ type: "insert", item, index });
  }

  override getIterator(): CollectionIterator<T> {
    let next = 0;
    return {
      hasNext: () => next < this.list.length,
      next: () => {
        if (next >= this.list.length) {
          throw new RangeError("The collection has no further item (expected: hasNext() is asked)");
        }
        return this.list[next++] as T;
      },
      remove: () => this.removeAt(--next),
      update: (value) => this.updateAt(next - 1, value),
    };
  }

  /** Puts the items of these rows in the place of all items there are. Versions begin anew. */
  replace(rows: Iterable<unknown>): void {
    const fetched = Array.from(rows);
    const items = fetched.map((row) => this.transform(row));
    this.versions.reset(fetched);
    this.list.length = 0;
    for (const item of items) {
      this.list.push(item);
    }
    this.index.addAll(this.list);
    this.announce({ type: "replace" });
  }

  override applyDelta(delta: Delta, itemsAreEqual: ItemsAreEqual): void {
    if (itemsAreEqual !== haveSameId) {
      applyDelta(this, delta, itemsAreEqual);
      return;
    }
    const news = this.versions.newsIn(delta);
    if (news) {
      this.applyById(news);
    }
  }

  /** For subclasses: called after each change. */
  protected announce(change: CollectionChange<T>): void {
    this.changed.dispatch(change);
  }

  private applyById(delta: Delta): void {
    switch (delta.type) {
      case "insert":
        this.put(this.locate(delta.data), delta.data);
        break;
      case "update":
        this.move(delta.oldData, delta.newData);
        break;
      case "delete":
        this.removeAt(this.locate(delta.data));
        break;
    }
  }

  private move(oldRow: unknown, newRow: unknown): void {
    const place = this.locate(oldRow);
    if (place < 0) {
      this.put(this.locate(newRow), newRow);
      return;
    }
    const other = this.locate(newRow);
    if (other >= 0 && other !== place) {
      this.removeAt(other); // first, so that no two rows ever have one id
    }
    this.updateAt(other >= 0 && other < place ? place - 1 : place, newRow);
  }

  private locate(row: unknown): number {
    return this.index.locate(this.list, this.idOf(row));
  }

  private put(place: number, row: unknown): void {
    if (place < 0) {
      this.insert(row);
    } else {
      this.updateAt(place, row);
    }
  }

  private updateAt(index: number, row: unknown): void {
    const previous = this.list[index] as T;
    const item = this.transform(row);
    this.list[index] = item;
    this.index.forget(previous);
    this.index.add(this.list, index);
    this.announce({ type: "update", item, previous, index });
  }

  private removeAt(index: number): void {
    if (index >= 0) {
      const [item] = this.list.splice(index, 1) as [T];
      this.index.forget(item);
      this.announce({ type: "delete", item, index });
    }
  }
}
