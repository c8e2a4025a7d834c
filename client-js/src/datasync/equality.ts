import { isRecord, jsonType } from "../checks.js";
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

/** What tells rows apart: the name of a member, or a function that gives a value of its own kind. */
// biome-ignore lint/suspicious/noExplicitAny: pages know their rows
export type RowId = string | ((row: any) => unknown);

/** The id of a row, or of the item that was made of it; undefined where there is none. */
export type IdOf = (row: unknown) => unknown;

/** @throws TypeError that says what would be right */
export function idFunction(id: RowId | undefined): IdOf {
  if (id === undefined || typeof id === "function") {
    return id ?? idOf;
  }
  return memberFunction("id", id);
}

/**
 * Gives the value of one member of objects; undefined where there is none, or null.
 *
 * @param option the option's name, for errors
 */
export function memberFunction(option: string, name: string): (row: unknown) => unknown {
  if (typeof name !== "string") {
    throw new TypeError(`${option}: ${jsonType(name)} (expected: a member's name, or a function)`);
  }
  return (row) => (isRecord(row) ? (row[name] ?? undefined) : undefined);
}

/** The default: both have the same `id`. A row without one is equal to no other. */
export const haveSameId: ItemsAreEqual = (item, other) => {
  const id = idOf(item);
  return id !== undefined && id === idOf(other);
};
