import { Composer } from "../../shared-web/composer.js";
import { Log } from "../../shared-web/log.js";
import { Time } from "../../shared-web/time.js";
import type { Conversation, Message } from "./conversation.js";

interface Props {
  readonly conversation: Conversation;
  readonly me: string;
  readonly isHere: boolean;
  readonly send: (text: string) => void;
}

/** What was said between the page and somebody, and what one says next. */
export function ConversationView({ conversation, me, isHere, send }: Props) {
  const { name, messages } = conversation;
  const isSelf = name === me;
  return (
    <section className="room" aria-label={name}>
      <header>
        <h2>{name}</h2>
        <p className="members">{isSelf ? "That is you." : isHere ? "Here" : "Not here"}</p>
      </header>
      <Log
        isEmpty={messages.length === 0}
        empty={isSelf ? "Talk to yourself: it works." : `You and ${name} have not talked yet.`}
      >
        {messages.map((message) => (
          <li key={message.id} className={classOf(message)}>
            <p>{message.text}</p>
            {message.state === "sending" ? (
              <span className="time">Sending…</span>
            ) : (
              <Time time={message.time} />
            )}
            {typeof message.state === "object" && (
              <p className="refused" role="alert">
                Not sent. {message.state.refused}
              </p>
            )}
          </li>
        ))}
      </Log>
      <Composer label={`Message to ${name}`} send={send} />
    </section>
  );
}

function classOf({ mine, state }: Message): string {
  const refused = typeof state === "object" ? " not-sent" : "";
  return `message${mine ? " mine" : ""}${state === "sending" ? " sending" : ""}${refused}`;
}
