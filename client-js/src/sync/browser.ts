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

/**
 * Lets the browser save a file that came with an event, or that the event says where to get.
 *
 * @param endpoint the session's address, to which such a place is relative
 */
export function saveFile(data: unknown, endpoint: string): void {
  const { filename, data: text, url } = isRecord(data) ? data : {};
  if (typeof filename !== "string" || (typeof text === "string") === (url !== undefined)) {
    throw new TypeError(
      "_DOWNLOAD: its data is malformed (expected: filename, and data in base64 or url)",
    );
  }
  if (typeof text !== "string") {
    click(downloadAddress(url, endpoint), filename, true);
    return;
  }
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes]));
  click(address, filename, false);
  URL.revokeObjectURL(address);
}

/** It is good for one request: the browser itself has to make that. */
function click(address: string, filename: string, isElsewhere: boolean): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = filename;
  if (isElsewhere) {
    link.rel = "noreferrer";
    link.target = "_blank"; // what the server says in place of a file takes no page's place
  }
  link.click();
}

/** Nothing but a place below the endpoint: the page goes there with a click of its own. */
function downloadAddress(url: unknown, endpoint: string): string {
  if (typeof url !== "string" || !/^download\/[\w-]+$/.test(url)) {
    throw new TypeError(`_DOWNLOAD: ${String(url).slice(0, 80)} (expected: download/ and a token)`);
  }
  const address = new URL(endpoint, document.baseURI);
  const scheme = address.protocol.replace(/^ws/, "http");
  if (scheme !== "http:" && scheme !== "https:") {
    throw new TypeError(`url: ${endpoint} (expected: ws://…, wss://…, http://… or https://…)`);
  }
  return `${scheme}//${address.host}${address.pathname.replace(/\/+$/, "")}/${url}`;
}
