import { canonical } from "../canonical.js";
import { isRecord } from "../checks.js";

/**
 * By which an element of a list is found again in a later state of that list: its `id` or `key`, if it
 * has one, else what it says.
 */
export function nameOf(element: unknown): string {
  const id = idOf(element);
  return id === undefined ? canonical(element) : `#${JSON.stringify(id)}`;
}

/** Its `id` or `key`, undefined if it has none. */
export function idOf(element: unknown): string | number | undefined {
  const id = isRecord(element) ? (element.id ?? element.key) : undefined;
  return typeof id === "string" || typeof id === "number" ? id : undefined;
}

/** Whether these two may be the same element, which says something else now. */
export function mayBeOne(nameBefore: string, nameAfter: string): boolean {
  return nameBefore === nameAfter || !(nameBefore.startsWith("#") || nameAfter.startsWith("#"));
}
