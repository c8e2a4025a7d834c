/** What is sent to a room: something said, or word of a room that somebody has made. */
export type Body = { readonly text: string } | { readonly room: string };

/** One line of what a room shows. */
export type Line = { readonly id: number; readonly time: Date } & (
  | { readonly type: "message"; readonly from: string; readonly text: string }
  | { readonly type: "offer"; readonly from: string; readonly room: string }
  | { readonly type: "presence"; readonly from: string; readonly status: "joined" | "left" }
  | { readonly type: "gap" }
);

/** A line that has no number yet. */
export type NewLine = Line extends infer L ? (L extends Line ? Omit<L, "id"> : never) : never;

/** A room as its page knows it. */
export interface Room {
  readonly name: string;
  /** Names of those who are there, sorted. */
  readonly members: readonly string[];
  /** The latest, up to 200. */
  readonly lines: readonly Line[];
  /** Messages of others that nobody has looked at, in this tab or another one. */
  readonly unread: number;
  /** What was sent from here and has not come back from the server. */
  readonly sending: readonly string[];
}

const SHOWN = 200;
let count = 0;

export function roomOf(name: string, members: readonly string[]): Room {
  return { name, members: members.toSorted(byName), lines: [], unread: 0, sending: [] };
}

export function withLine(room: Room, line: NewLine): Room {
  count++;
  return { ...room, lines: [...room.lines, { ...line, id: count }].slice(-SHOWN) };
}

/** Somebody has come or gone. */
export function withPresence(
  room: Room,
  from: string,
  status: "joined" | "left",
  time: Date,
): Room {
  const others = room.members.filter((member) => member !== from);
  const members = status === "joined" ? [...others, from].toSorted(byName) : others;
  return withLine({ ...room, members }, { type: "presence", from, status, time });
}

/** @param body of a message: whatever somebody has sent */
export function lineOf(from: string, body: unknown, time: Date): NewLine {
  if (typeof body === "object" && body !== null) {
    if ("text" in body && typeof body.text === "string") {
      return { type: "message", from, text: body.text, time };
    }
    if ("room" in body && typeof body.room === "string") {
      return { type: "offer", from, room: body.room, time };
    }
  }
  return { type: "message", from, text: JSON.stringify(body), time };
}

export function withoutSending(room: Room, text: string): Room {
  const at = room.sending.indexOf(text);
  return { ...room, sending: room.sending.filter((_, index) => index !== at) };
}

function byName(a: string, b: string): number {
  return a.localeCompare(b);
}
