import { isRecord, jsonType } from "../checks.js";

/** A row is new. */
export interface InsertDelta<Row = unknown> {
  readonly type: "insert";
  /** What kind of row, e.g. `Player`. */
  readonly model: string;
  readonly data: Row;
  /** Which of several views of the model this is for. Few servers send it. */
  readonly tag?: string;
}

/** A row differs. */
export interface UpdateDelta<Row = unknown> {
  readonly type: "update";
  readonly model: string;
  readonly newData: Row;
  readonly oldData: Row;
  readonly tag?: string;
}

/** A row is gone. */
export interface DeleteDelta<Row = unknown> {
  readonly type: "delete";
  readonly model: string;
  /** The row as it last was. */
  readonly data: Row;
  readonly tag?: string;
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
  return value as unknown as Delta;
}
