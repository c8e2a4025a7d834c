import { SideList } from "../../shared-web/side-list.js";
import type { Conversation } from "./conversation.js";
import type { Talk } from "./talk.js";

interface Props {
  readonly me: string;
  readonly here: readonly string[];
  readonly conversations: readonly Conversation[];
  readonly selected: string | null;
  readonly talk: Talk;
}

/** Who is here, whom one talked to who is not, and the way to anybody else. */
export function People({ me, here, conversations, selected, talk }: Props) {
  const gone = conversations.map(({ name }) => name).filter((name) => !here.includes(name));
  return (
    <SideList
      label="People"
      entries={[...here, ...gone].map((name) => ({
        name,
        note: name === me ? "you" : gone.includes(name) ? "not here" : undefined,
        unread: conversations.find((each) => each.name === name)?.unread ?? 0,
      }))}
      selected={selected}
      select={talk.select}
      adding="Write to somebody"
      add={talk.select}
    />
  );
}
