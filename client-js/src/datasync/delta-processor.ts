import { applyDelta } from "./apply-delta.js";
import type { Collection } from "./collection.js";
import type { Delta } from "./delta.js";
import { haveSameId, type ItemsAreEqual } from "./equality.js";

/** Whoever is given deltas. */
export interface DeltaProcessor {
  /** Applies a delta. */
  processDelta(delta: Delta): void;
  /** Whether it has a use for a delta. If there is no such method, it has for all. */
  handles?(delta: Delta): boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: a collection may hold any items
type AnyCollection = Collection<any>;

/** Collections by model, or by model and tag. */
export type Collections = Record<string, AnyCollection | Record<string, AnyCollection>>;

/** How a processor behaves. */
export interface ProcessorOptions {
  /** Whether two values stand for the same row; if unset, whether their `id` is the same. */
  readonly itemsAreEqual?: ItemsAreEqual | undefined;
}

/**
 * Applies each delta to the collection of its model, or of its model and tag:
 *
 * ```js
 * const processor = new Snorky.DataSync.CollectionDeltaProcessor({
 *   Todo: new Snorky.DataSync.ArrayCollection(todos),
 *   Player: {red: redPlayers, blue: bluePlayers},
 * });
 * datasync.deltaReceived.add((delta) => processor.processDelta(delta));
 * ```
 *
 * A delta may come more than once: see `Collection.applyDelta`.
 */
export class CollectionDeltaProcessor implements DeltaProcessor {
  /** The collections; may be changed. */
  readonly collections: Collections;

  private readonly itemsAreEqual: ItemsAreEqual;

  constructor(collections: Collections = {}, options: ProcessorOptions = {}) {
    this.collections = collections;
    this.itemsAreEqual = options.itemsAreEqual ?? haveSameId;
  }

  /** Applies a delta. One whose model or tag has no collection is logged and ignored. */
  processDelta(delta: Delta): void {
    const collection = this.collectionOf(delta);
    if (collection) {
      applyTo(collection, delta, this.itemsAreEqual);
    } else {
      const tag = delta.tag === undefined ? "" : ` and the tag ${delta.tag}`;
      console.warn(`Snorky: there is no collection for the model ${delta.model}${tag}`);
    }
  }

  /** Whether there is a collection for the delta. */
  handles(delta: Delta): boolean {
    return this.collectionOf(delta) !== undefined;
  }

  private collectionOf({ model, tag }: Delta): AnyCollection | undefined {
    const found = own(this.collections, model);
    if (found === undefined || isCollection(found)) {
      return found;
    }
    return tag === undefined ? undefined : own(found, tag);
  }
}

/** A collection of the page's may do without the method. */
function applyTo(collection: AnyCollection, delta: Delta, itemsAreEqual: ItemsAreEqual): void {
  if (typeof collection.applyDelta === "function") {
    collection.applyDelta(delta, itemsAreEqual);
  } else {
    applyDelta(collection, delta, itemsAreEqual);
  }
}

function own<V>(object: Record<string, V>, name: string): V | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function isCollection(
  value: AnyCollection | Record<string, AnyCollection>,
): value is AnyCollection {
  return typeof value.getIterator === "function";
}
