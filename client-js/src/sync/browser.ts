import { isRecord } from "../checks.js";
import { randomId } from "./random-id.js";

/** Where ids are kept; the page's storages have it. */
export interface IdStorage {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
}

/**
 * Who the page is: a user per browser and a session per tab, kept over reloads. Each is a random UUID,
 * made when it is first asked for, and stored as a JSON string.
 */
export function pageIds(
  users: () => IdStorage | undefined = () => globalThis.localStorage,
  sessions: () => IdStorage | undefined = () => globalThis.sessionStorage,
): { user: string; session: string } {
  return { user: stored(users, "_USER_ID"), session: stored(sessions, "_SESSION_ID") };
}

/** A page may be forbidden to store anything: then each of its connections is somebody else. */
function stored(storage: () => IdStorage | undefined, name: string): string {
  const id = read(storage, name) ?? randomId();
  try {
    storage()?.setItem(name, JSON.stringify(id));
  } catch {
    // full, or forbidden: the id is good for this time
  }
  return id;
}

function read(storage: () => IdStorage | undefined, name: string): string | undefined {
  try {
    const id: unknown = JSON.parse(storage()?.getItem(name) ?? "null");
    return typeof id === "string" && id !== "" ? id : undefined;
  } catch {
    return undefined;
  }
}

/** Lets the browser save a file that came with an event. */
export function saveFile(data: unknown): void {
  if (!isRecord(data) || typeof data.filename !== "string" || typeof data.data !== "string") {
    throw new TypeError(
      "_DOWNLOAD: its data is malformed (expected: filename, and data in base64)",
    );
  }
  const bytes = Uint8Array.from(atob(data.data), (char) => char.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes]));
  link.download = data.filename;
  link.click();
  URL.revokeObjectURL(link.href);
}
