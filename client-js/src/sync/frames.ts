import { isRecord, jsonType } from "../checks.js";

/** One event on the wire. */
export interface Envelope {
  readonly type: string;
  readonly data?: unknown;
  /** The revision of the object, if the server counts revisions. */
  readonly v?: number | undefined;
  readonly id?: string | undefined;
  /** The writes of this client that the state or patch has in. */
  readonly ack?: readonly string[] | undefined;
}

/** What a text frame says. */
export function envelopeOf(text: string): Envelope {
  const value: unknown = JSON.parse(text);
  if (!isRecord(value) || typeof value.type !== "string") {
    const got = isRecord(value) ? `type: ${jsonType(value.type)}` : jsonType(value);
    throw new TypeError(`${got} (expected: an object with a string "type")`);
  }
  return {
    type: value.type,
    data: value.data,
    v: typeof value.v === "number" ? value.v : undefined,
    id: typeof value.id === "string" ? value.id : undefined,
    ack: Array.isArray(value.ack) ? value.ack : undefined,
  };
}

/** What the server could not do. */
export interface SyncError {
  /** `malformed`, `unknown-event`, `unknown-action`, `invalid`, `unknown-path`, `patch-failed`, `conflict`, `too-large`, `failed` or `denied`. */
  readonly code: string;
  readonly message: string;
  /** The type of the event that was refused, e.g. `_PATCH:NOTES`. */
  readonly event?: string;
  /** The name of its action. */
  readonly action?: string;
}

/** What a server answers to an event with an id. */
export type Answer =
  | { readonly type: "done"; readonly v: number | undefined }
  | { readonly type: "refused"; readonly error: SyncError };

/** The answer in an `_ACK` or `_ERROR`, and what it answers. */
export function answerIn({ type, data, id: outer }: Envelope): { id: unknown; answer: Answer } {
  const members = isRecord(data) ? data : {};
  const id = members.id ?? outer;
  if (type === "_ACK") {
    const v = typeof members.v === "number" ? members.v : undefined;
    return { id, answer: { type: "done", v } };
  }
  const { code, message, event, action } = members;
  const error: SyncError = {
    code: String(code ?? "failed"),
    message: String(message ?? ""),
    ...(typeof event === "string" && { event }),
    ...(typeof action === "string" && { action }),
  };
  return { id, answer: { type: "refused", error } };
}
