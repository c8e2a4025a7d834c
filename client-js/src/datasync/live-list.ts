import type { BackoffOptions } from "../backoff.js";
import { jsonType } from "../checks.js";
import type { Delta } from "./delta.js";
import type { DeltaProcessor } from "./delta-processor.js";
import { haveSameId, type ItemsAreEqual, type RowId } from "./equality.js";
import type { KeepSyncedOptions, LiveState } from "./keep-synced.js";
import type { ListCollection, ListOptions } from "./list-collection.js";
import type { LiveSubscription } from "./live-subscription.js";
import type { VersionOf } from "./row-versions.js";
import { SnapshotCollection } from "./snapshot-collection.js";
import { type RequestOptions, requestSubscribed } from "./subscribing-request.js";

/** What a live list shows, and how it is fetched. A model or a tag is needed. */
export interface LiveListOptions<T> extends RequestOptions<Iterable<unknown>> {
  /** The model of the rows: deltas of others are not for this list. Those of any model if unset. */
  readonly model?: string | undefined;
  /** The tag of the subscription's items: deltas without it are others'. All deltas if unset. */
  readonly tag?: string | undefined;
  /** Takes the rows; a `SnapshotCollection` with the options below if unset. */
  readonly collection?: ListCollection<T> | undefined;
  /** As in `ListOptions`. */
  readonly id?: RowId | undefined;
  /** As in `ListOptions`. */
  readonly versionOf?: VersionOf | undefined;
  /** As in `ListOptions`. */
  readonly transformItem?: ListOptions<T>["transformItem"];
  /** Whether two values stand for the same row, if their id does not say. */
  readonly itemsAreEqual?: ItemsAreEqual | undefined;
  /** As in `KeepSyncedOptions`. */
  readonly conflate?: boolean | string | undefined;
  /** As in `KeepSyncedOptions`. */
  readonly retry?: BackoffOptions | undefined;
  /** As in `KeepSyncedOptions`. */
  readonly fetchTimeout?: number | undefined;
}

/** What `keepSynced` has to be told about the list. */
export type ListToKeep = KeepSyncedOptions<Iterable<unknown>>;

/**
 * A list of the web application's, fetched and kept up to date. Made by
 * `DataSync.fetchAndSubscribe`.
 *
 * ```js
 * const items = React.useSyncExternalStore(todos.subscribe, todos.getSnapshot);
 * const state = React.useSyncExternalStore(todos.subscribe, todos.getState);
 * ```
 */
export class LiveList<T> {
  /**
   * @param collection the rows
   * @param subscription what keeps them up to date
   */
  constructor(
    readonly collection: ListCollection<T>,
    readonly subscription: LiveSubscription<Iterable<unknown>>,
  ) {}

  /**
   * The items now: a frozen array, the same one until the next change. Of a collection of the page's
   * what that has as `items`.
   */
  get items(): readonly T[] {
    return this.collection.items;
  }

  /** As `items`; may be passed on without its object. */
  readonly getSnapshot = (): readonly T[] => this.items;

  /** Whether the items are up to date: the same object until the next change. */
  get state(): LiveState {
    return this.subscription.state;
  }

  /** As `state`; may be passed on without its object. */
  readonly getState = (): LiveState => this.state;

  /**
   * Has a function called after each change of the items or of the state; may be passed on without
   * its object.
   *
   * @returns a function that ends it
   */
  readonly subscribe = (listener: () => void): (() => void) => {
    const ofItems = this.collection.changed.add(() => listener());
    const ofState = this.subscription.stateChanged.add(() => listener());
    return () => {
      ofItems.detach();
      ofState.detach();
    };
  };

  /** Fetches the list anew, now. What is shown stays until then. Does nothing after `stop`. */
  resync(): void {
    this.subscription.resync();
  }

  /** Ends it: nothing is fetched or changed any more, and the server is told. */
  stop(): void {
    this.subscription.stop();
  }
}

/**
 * The collection that these options ask for.
 *
 * @throws TypeError that names the option that is wrong
 */
export function collectionOf<T>(options: LiveListOptions<T>): ListCollection<T> {
  const { collection, id, versionOf, transformItem, itemsAreEqual } = options;
  const own = { id, versionOf, transformItem };
  for (const [name, value] of Object.entries(own)) {
    if (collection !== undefined && value !== undefined) {
      throw new TypeError(`${name}: ${jsonType(value)} (expected: an option of the collection)`);
    }
  }
  if (itemsAreEqual !== undefined && (id !== undefined || versionOf !== undefined)) {
    throw new TypeError("itemsAreEqual: function (expected: id, which versions need)");
  }
  if (collection !== undefined && typeof collection?.replace !== "function") {
    throw new TypeError(`collection: ${jsonType(collection)} (expected: one with replace)`);
  }
  return collection ?? new SnapshotCollection<T>([], own);
}

/**
 * How the list is kept in a collection.
 *
 * @throws TypeError that names the option that is wrong
 */
export function listToKeep<T>(
  url: string | URL,
  options: LiveListOptions<T>,
  collection: ListCollection<T>,
): ListToKeep {
  const { model, tag, itemsAreEqual = haveSameId } = options;
  if (typeof url !== "string" && !(url instanceof URL)) {
    throw new TypeError(`url: ${jsonType(url)} (expected: an address)`);
  }
  if (model !== undefined ? typeof model !== "string" : tag === undefined) {
    throw new TypeError(`model: ${jsonType(model)} (expected: the name of a model, or a tag)`);
  }
  const processor: DeltaProcessor = {
    handles: (delta: Delta) => model === undefined || delta.model === model,
    processDelta: (delta: Delta) => collection.applyDelta(delta, itemsAreEqual),
  };
  const { conflate, retry, fetchTimeout } = options;
  return {
    fetch: ({ signal }) => requestSubscribed(url, options, signal),
    apply: (rows) => collection.replace(rows),
    processor,
    tag,
    conflate,
    retry,
    fetchTimeout,
  };
}
