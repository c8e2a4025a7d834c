import { Composer } from "../../shared-web/composer.js";
import { Log } from "../../shared-web/log.js";
import { LineItem } from "./line-item.js";
import type { Room } from "./room.js";
import { LOBBY, type Rooms } from "./rooms.js";

interface Props {
  readonly room: Room;
  readonly me: string;
  /** What went wrong last. */
  readonly problem: string | null;
  readonly rooms: Rooms;
}

/** One room: who is there, what was said, and what one says oneself. */
export function RoomView({ room, me, problem, rooms }: Props) {
  const { name, members, lines, sending } = room;
  return (
    <section className="room" aria-label={name}>
      <header>
        <h2>{name}</h2>
        <ul className="members" aria-label="Who is here">
          {members.map((member) => (
            <li key={member}>{member === me ? `${member} (you)` : member}</li>
          ))}
        </ul>
        {name !== LOBBY && (
          <button type="button" className="quiet leave" onClick={() => rooms.leave(name)}>
            Leave
          </button>
        )}
      </header>
      {problem !== null && (
        <div className="alert" role="alert">
          <p>{problem}</p>
          <button type="button" className="quiet" onClick={rooms.dismiss}>
            Dismiss
          </button>
        </div>
      )}
      <Log
        isEmpty={lines.length + sending.length === 0}
        empty="Nothing said since you came. What was said before is not kept."
      >
        {lines.map((line, index) => (
          <LineItem key={line.id} line={line} before={lines[index - 1]} me={me} join={rooms.join} />
        ))}
        {sending.map((text, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they have nothing else, and keep their order
          <li key={`sending ${index}`} className="message mine sending">
            <p>{text}</p>
            <span className="time">Sending…</span>
          </li>
        ))}
      </Log>
      <Composer label={`Message to ${name}`} send={rooms.send} />
    </section>
  );
}
