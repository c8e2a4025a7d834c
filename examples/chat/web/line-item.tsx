import { Time } from "../../shared-web/time.js";
import type { Line } from "./room.js";

interface Props {
  readonly line: Line;
  readonly before: Line | undefined;
  readonly me: string;
  readonly join: (room: string) => void;
}

/** What somebody said, or that somebody came or left. */
export function LineItem({ line, before, me, join }: Props) {
  switch (line.type) {
    case "message":
      return (
        <li className={classOf(line.from, before, me)}>
          <strong className="from">{line.from}</strong>
          <p>{line.text}</p>
          <Time time={line.time} />
        </li>
      );
    case "offer":
      return (
        <li className="note">
          {line.from} made a room: <em>{line.room}</em>{" "}
          {line.from !== me && (
            <button type="button" className="quiet" onClick={() => join(line.room)}>
              Join
            </button>
          )}
        </li>
      );
    case "presence":
      return (
        <li className="note">
          {line.from} {line.status === "joined" ? "came" : "left"} <Time time={line.time} />
        </li>
      );
    case "gap":
      return (
        <li className="note gap">Connection lost. What others say meanwhile is missing here.</li>
      );
  }
}

/** Messages of one person in a row are one block. */
function classOf(from: string, before: Line | undefined, me: string): string {
  const mine = from === me ? " mine" : "";
  const follows = before?.type === "message" && before.from === from ? " follows" : "";
  return `message${mine}${follows}`;
}
