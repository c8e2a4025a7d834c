import type { Delta } from "./delta.js";

/**
 * Whether two values stand for the same row.
 *
 * @param item an item of a collection
 * @param other a row of a delta
 * @param delta where the row is from
 */
// biome-ignore lint/suspicious/noExplicitAny: pages know their rows
export type ItemsAreEqual = (item: any, other: any, delta: Delta) => boolean;

/** The member `id` of an object; undefined where there is none, or null. */
export function idOf(value: unknown): unknown {
  return typeof value === "object" && value !== null
    ? ((value as { id?: unknown }).id ?? undefined)
    : undefined;
}

/** The default: both have the same `id`. A row without one is equal to no other. */
export const haveSameId: ItemsAreEqual = (item, other) => {
  const id = idOf(item);
  return id !== undefined && id === idOf(other);
};
