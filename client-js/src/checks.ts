/** The longest time that timers of browsers and Node can be set to, in milliseconds. */
export const LONGEST_TIMEOUT = 2 ** 31 - 1;

/**
 * A number from `min` up to what a timer can take.
 *
 * @throws RangeError with name, value and what would be right
 */
export function bounded(name: string, value: number, min: number): number {
  if (typeof value !== "number" || !(value >= min && value <= LONGEST_TIMEOUT)) {
    throw new RangeError(
      `${name}: ${String(value)} (expected: a number from ${min} to ${LONGEST_TIMEOUT})`,
    );
  }
  return value;
}

/** Whether this is an object with members, as opposed to a list, null or a primitive. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value's type as JSON names it, for messages: the value itself may be private. */
export function jsonType(value: unknown): string {
  if (value === null) {
    return "null";
  }
  return Array.isArray(value) ? "array" : typeof value;
}
