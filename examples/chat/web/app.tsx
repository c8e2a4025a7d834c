import { useEffect, useSyncExternalStore } from "react";
import type { Snorky } from "snorky";
import { Me } from "../../login/web/me.js";
import { NameForm } from "../../login/web/name-form.js";
import { PageHeader } from "../../shared-web/page-header.js";
import { SideList } from "../../shared-web/side-list.js";
import { RoomView } from "./room-view.js";
import type { Rooms } from "./rooms.js";

interface Props {
  readonly snorky: Snorky;
  readonly rooms: Rooms;
}

/** The page. */
export function App({ snorky, rooms }: Props) {
  const {
    me,
    rooms: joined,
    selected,
    problem,
  } = useSyncExternalStore(rooms.subscribe, rooms.getView);
  const shown = joined.find(({ name }) => name === selected);
  const unread = joined.reduce((sum, room) => sum + room.unread, 0);

  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ""}Chat · Snorky`;
  }, [unread]);

  return (
    <>
      <PageHeader title="Chat" snorky={snorky} lost="Reconnecting… What you send waits.">
        {me !== null && <Me name={me} exit={rooms.exit} />}
      </PageHeader>
      {me === null ? (
        <main>
          <NameForm
            key={problem}
            action="Come in"
            hint="Nobody else has it while you are here. Tabs of this browser with the same name are one person."
            problem={problem}
            take={rooms.enter}
          />
        </main>
      ) : (
        <main className="card split">
          <SideList
            label="Rooms"
            entries={joined}
            selected={selected}
            select={rooms.select}
            adding="Join or make a room"
            add={rooms.join}
          />
          {shown && (
            <RoomView key={shown.name} room={shown} me={me} problem={problem} rooms={rooms} />
          )}
        </main>
      )}
    </>
  );
}
