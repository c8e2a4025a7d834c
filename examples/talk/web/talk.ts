import { type DirectMessage, type Messaging, type Snorky, SnorkyConnectionError } from "snorky";
import { rememberName } from "../../login/web/person.js";
import {
  type Conversation,
  conversationWith,
  messageOf,
  withMessage,
  withState,
} from "./conversation.js";

/** How often to ask who is here, in milliseconds: Messaging does not tell by itself. */
const ASK_AGAIN = 2_000;

/** What there is to see. Another object after each change. */
export interface View {
  /** Who the page is; null: nobody yet. */
  readonly me: string | null;
  /** Who is here, the page too. */
  readonly here: readonly string[];
  readonly conversations: readonly Conversation[];
  /** Whom the conversation is with that shows. */
  readonly selected: string | null;
  /** Why the page is nobody any more. */
  readonly problem: string | null;
}

const NOBODY: View = { me: null, here: [], conversations: [], selected: null, problem: null };

/** The page's conversations. A store for React's `useSyncExternalStore`. */
export class Talk {
  private view = NOBODY;
  private readonly listeners = new Set<() => void>();
  private readonly messaging: Messaging;

  constructor(private readonly snorky: Snorky<{ talk: typeof Messaging }>) {
    this.messaging = snorky.services.talk;
    this.messaging.messageReceived.add((message) => this.received(message));
    this.messaging.nameLost.add(({ error }) => this.show({ ...NOBODY, problem: error.message }));
    snorky.connected.add(() => this.ask());
    setInterval(() => this.ask(), ASK_AGAIN);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getView = (): View => this.view;

  /** Takes a name. Rejected if somebody else has it. */
  readonly enter = async (name: string): Promise<void> => {
    await this.messaging.registerParticipant({ name });
    rememberName(name);
    this.show({ ...NOBODY, me: name, here: [name] });
    await this.ask();
  };

  /** Gives the name up. */
  readonly exit = (): void => {
    const { me: name } = this.view;
    rememberName(null);
    this.show(NOBODY);
    if (name !== null) {
      this.messaging.unregisterParticipant({ name }).catch(() => {}); // then it is not ours
    }
  };

  /** Shows the conversation with somebody, who need not be here. */
  readonly select = (name: string): void => {
    this.change(name, (conversation) => ({ ...conversation, unread: 0 }));
    this.show({ ...this.view, selected: name });
  };

  /** Sends a message to whom the conversation is with that shows. */
  readonly send = async (text: string): Promise<void> => {
    const { me, selected: dest } = this.view;
    if (me === null || dest === null) {
      return;
    }
    const message = messageOf(text, true);
    this.change(dest, (conversation) => withMessage(conversation, message));
    const become = (state: "sent" | { refused: string }) =>
      this.change(dest, (conversation) => withState(conversation, message.id, state));
    try {
      await this.messaging.send({ sender: me, dest, body: text });
      become("sent");
    } catch (error) {
      become({ refused: reason(error as Error, dest) });
      await this.ask();
    }
  };

  private received({ sender, body }: DirectMessage): void {
    const { me, selected } = this.view;
    if (sender === me) {
      return; // from oneself: it is there already
    }
    const text = typeof body === "string" ? body : JSON.stringify(body);
    this.change(sender, (conversation) => {
      const unread = sender === selected ? 0 : conversation.unread + 1;
      return withMessage({ ...conversation, unread }, messageOf(text, false));
    });
  }

  /** Asks who is here. */
  private async ask(): Promise<void> {
    if (this.view.me === null || !this.snorky.isConnected) {
      return;
    }
    try {
      const here = await this.messaging.listParticipants();
      if (this.view.me !== null && here.join("\n") !== this.view.here.join("\n")) {
        this.show({ ...this.view, here });
      }
    } catch {
      // the next time
    }
  }

  private change(name: string, change: (conversation: Conversation) => Conversation): void {
    const { conversations } = this.view;
    const known = conversations.find((each) => each.name === name);
    const changed = change(known ?? conversationWith(name));
    this.show({
      ...this.view,
      conversations: known
        ? conversations.map((each) => (each === known ? changed : each))
        : [...conversations, changed],
    });
  }

  private show(view: View): void {
    this.view = view;
    for (const listener of this.listeners) {
      listener();
    }
  }
}

/** Why a message did not arrive, as a sentence to show. */
function reason(error: Error, dest: string): string {
  if (error instanceof SnorkyConnectionError) {
    return "The connection was lost: it may have arrived or not.";
  }
  return error.message === "Unknown destination" ? `${dest} is not here.` : error.message;
}
