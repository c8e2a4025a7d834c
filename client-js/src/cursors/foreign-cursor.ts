import { isRecord, jsonType } from "../checks.js";
import { Cursor } from "./cursor.js";
import type { Document } from "./document.js";

/** What the server tells about a cursor of somebody else's. */
export interface CursorData {
  readonly publicHandle: number;
  readonly document: unknown;
  readonly position?: unknown;
  readonly status?: unknown;
  readonly owner?: unknown;
}

/** A cursor of somebody else's, as it was when the server told. With each change there is a new one. */
export class ForeignCursor extends Cursor {
  override readonly isMine = false;
  override readonly privateHandle = undefined;
  override readonly publicHandle: number;
  // biome-ignore lint/suspicious/noExplicitAny: pages know their identities
  override readonly owner: any;
  // biome-ignore lint/suspicious/noExplicitAny: pages know their positions
  override readonly position: any;
  // biome-ignore lint/suspicious/noExplicitAny: pages know what is done in their documents
  override readonly status: any;
  /** Whether it was taken away. False for one that has a successor. */
  override removed = false;

  constructor(
    override readonly document: Document,
    { publicHandle, owner, position, status }: CursorData,
  ) {
    super();
    this.publicHandle = publicHandle;
    this.owner = owner;
    this.position = position;
    this.status = status;
  }
}

/** @throws TypeError that says what was wrong */
export function checkCursor(value: unknown): CursorData {
  if (!isRecord(value) || typeof value.publicHandle !== "number") {
    throw new TypeError(
      `cursor: ${jsonType(value)} (expected: an object with publicHandle, a number)`,
    );
  }
  return value as unknown as CursorData;
}
