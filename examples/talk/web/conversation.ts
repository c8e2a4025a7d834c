/** One message between the page and somebody. */
export interface Message {
  readonly id: number;
  /** Whether the page's own. */
  readonly mine: boolean;
  readonly text: string;
  readonly time: Date;
  /** Of one's own: whether it has arrived, or why not. */
  readonly state: "sending" | "sent" | { readonly refused: string };
}

/** What was said between the page and somebody. */
export interface Conversation {
  /** Whom it is with. */
  readonly name: string;
  readonly messages: readonly Message[];
  /** Messages that were not looked at. */
  readonly unread: number;
}

const SHOWN = 200;
let count = 0;

export function conversationWith(name: string): Conversation {
  return { name, messages: [], unread: 0 };
}

/** A message as it is when it comes or goes, with a number of its own. */
export function messageOf(text: string, mine: boolean): Message {
  count++;
  return { id: count, mine, text, time: new Date(), state: mine ? "sending" : "sent" };
}

export function withMessage(conversation: Conversation, message: Message): Conversation {
  return { ...conversation, messages: [...conversation.messages, message].slice(-SHOWN) };
}

/** What has become of a message. */
export function withState(
  conversation: Conversation,
  id: number,
  state: Message["state"],
): Conversation {
  return {
    ...conversation,
    messages: conversation.messages.map((each) => (each.id === id ? { ...each, state } : each)),
  };
}
