import { useSyncExternalStore } from "react";
import type { Snorky } from "snorky";
import { Me } from "../../login/web/me.js";
import { NameForm } from "../../login/web/name-form.js";
import { PageHeader } from "../../shared-web/page-header.js";
import { ConversationView } from "./conversation-view.js";
import { People } from "./people.js";
import type { Talk } from "./talk.js";

interface Props {
  readonly snorky: Snorky;
  readonly talk: Talk;
}

/** The page. */
export function App({ snorky, talk }: Props) {
  const { me, here, conversations, selected, problem } = useSyncExternalStore(
    talk.subscribe,
    talk.getView,
  );
  const shown = conversations.find(({ name }) => name === selected);
  return (
    <>
      <PageHeader title="Talk" snorky={snorky} lost="Reconnecting… What you send waits.">
        {me !== null && <Me name={me} exit={talk.exit} />}
      </PageHeader>
      {me === null ? (
        <main>
          <NameForm
            key={problem}
            action="Come in"
            hint="It is yours as long as this page is open. Others write to you by it."
            problem={problem}
            take={talk.enter}
          />
        </main>
      ) : (
        <main className="card split">
          <People
            me={me}
            here={here}
            conversations={conversations}
            selected={selected}
            talk={talk}
          />
          {shown ? (
            <ConversationView
              key={shown.name}
              conversation={shown}
              me={me}
              isHere={here.includes(shown.name)}
              send={talk.send}
            />
          ) : (
            <p className="nobody">
              {here.length > 1
                ? "Choose somebody to talk to."
                : "Nobody else is here. Open this page in a second window, or talk to yourself."}
            </p>
          )}
        </main>
      )}
    </>
  );
}
