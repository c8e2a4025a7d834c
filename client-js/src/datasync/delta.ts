import { isRecord, jsonType } from "../checks.js";

/** What every delta says. */
interface AnyDelta {
  /** What kind of row, e.g. `Player`. */
  readonly model: string;
  /** Which of several views this is for, if the web application has named them. */
  readonly tag?: string;
  /**
   * Of two changes of one row the later one has the higher version: an integer from 0 to 2^53-1,
   * from the web application. Collections ignore what is older than what they have.
   */
  readonly version?: number;
}

/** A row is new. */
export interface InsertDelta<Row = unknown> extends AnyDelta {
  readonly type: "insert";
  readonly data: Row;
}

/** A row differs. */
export interface UpdateDelta<Row = unknown> extends AnyDelta {
  readonly type: "update";
  readonly newData: Row;
  readonly oldData: Row;
}

/** A row is gone. */
export interface DeleteDelta<Row = unknown> extends AnyDelta {
  readonly type: "delete";
  /** The row as it last was. */
  readonly data: Row;
}

/** One change of one row, told apart by `type`. */
export type Delta<Row = unknown> = InsertDelta<Row> | UpdateDelta<Row> | DeleteDelta<Row>;

/**
 * Checks that a value from outside is a delta.
 *
 * @throws TypeError that says what was wrong
 */
export function checkDelta(value: unknown): Delta {
  if (!isRecord(value)) {
    throw new TypeError(`delta: ${jsonType(value)} (expected: an object with type and model)`);
  }
  const { type, model } = value;
  if (typeof model !== "string") {
    throw new TypeError(`delta.model: ${jsonType(model)} (expected: a string)`);
  }
  if (type !== "insert" && type !== "update" && type !== "delete") {
    const shown = String(JSON.stringify(type)).slice(0, 80);
    throw new TypeError(`delta.type: ${shown} (expected: insert, update or delete)`);
  }
  for (const member of type === "update" ? ["newData", "oldData"] : ["data"]) {
    if (!(member in value)) {
      throw new TypeError(`delta.${member}: missing (expected: the row)`);
    }
  }
  checkExtras(value);
  return value as unknown as Delta;
}

function checkExtras({ tag, version }: Record<string, unknown>): void {
  if (tag !== undefined && typeof tag !== "string") {
    throw new TypeError(`delta.tag: ${jsonType(tag)} (expected: a string)`);
  }
  if (version !== undefined && !(Number.isSafeInteger(version) && (version as number) >= 0)) {
    const shown = String(JSON.stringify(version)).slice(0, 80);
    throw new TypeError(`delta.version: ${shown} (expected: an integer from 0 to 2^53-1)`);
  }
}
