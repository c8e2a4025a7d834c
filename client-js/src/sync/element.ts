import { canonical } from "../canonical.js";
import { isRecord } from "../checks.js";

/**
 * By which an element of a list is found again in a later state of that list: its `id` or `key`, if it
 * has one, else what it says.
 */
export function nameOf(element: unknown): string {
  const id = isRecord(element) ? (element.id ?? element.key) : undefined;
  return isId(id) ? `#${JSON.stringify(id)}` : canonical(element);
}

/** Whether these two may be the same element, which says something else now. */
export function mayBeOne(nameBefore: string, nameAfter: string): boolean {
  return nameBefore === nameAfter || !(nameBefore.startsWith("#") || nameAfter.startsWith("#"));
}

function isId(id: unknown): boolean {
  return typeof id === "string" || typeof id === "number";
}
