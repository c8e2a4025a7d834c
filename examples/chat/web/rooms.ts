import type { Chat, ChatMessage, Snorky } from "snorky";
import type { Login } from "../../login/web/login.js";
import {
  type Body,
  lineOf,
  type Room,
  roomOf,
  withLine,
  withoutSending,
  withPresence,
} from "./room.js";

/** Where everybody is, to begin with. */
export const LOBBY = "Lobby";
const REMEMBERED = "snorky-chat-rooms";

/** What there is to see. Another object after each change. */
export interface View {
  /** Who the page is; null: nobody yet. */
  readonly me: string | null;
  readonly rooms: readonly Room[];
  /** The name of the room that shows. */
  readonly selected: string;
  /** What went wrong last, as a sentence. */
  readonly problem: string | null;
}

const NOBODY: View = { me: null, rooms: [], selected: LOBBY, problem: null };

/** The rooms that the page has joined. A store for React's `useSyncExternalStore`. */
export class Rooms {
  private view = NOBODY;
  private readonly listeners = new Set<() => void>();
  private readonly login: Login;
  private readonly chat: Chat;

  constructor(snorky: Snorky<{ login: typeof Login; chat: typeof Chat }>) {
    this.login = snorky.services.login;
    this.chat = snorky.services.chat;
    this.chat.messageReceived.add((message) => this.received(message));
    this.chat.presenceReceived.add(({ channel, from, status, timestamp }) =>
      this.change(channel, (room) => withPresence(room, from, status, new Date(timestamp))),
    );
    this.chat.readReceived.add(({ channel }) =>
      this.change(channel, (room) => ({ ...room, unread: 0 })),
    );
    this.login.nameLost.add((error) => this.show({ ...NOBODY, problem: error.message }));
    snorky.disconnected.add(({ wasConnected, retry }) => {
      if (wasConnected && retry) {
        this.changeAll((room) => withLine(room, { type: "gap", time: new Date() }));
      }
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getView = (): View => this.view;

  /** Becomes somebody, and goes to the lobby and where this tab was before. Rejected if refused. */
  readonly enter = async (name: string): Promise<void> => {
    const me = await this.login.login(name);
    const { members } = await this.chat.join({ channel: LOBBY });
    this.show({ ...NOBODY, me, rooms: [roomOf(LOBBY, members)] });
    const remembered: string[] = JSON.parse(sessionStorage.getItem(REMEMBERED) ?? "[]");
    await Promise.all(remembered.map(this.join));
    this.select(LOBBY);
  };

  /** Leaves all rooms and the name. */
  readonly exit = (): void => {
    this.login.logout();
    sessionStorage.removeItem(REMEMBERED);
    this.show(NOBODY);
  };

  /** Goes to a room, which is made if nobody is there. */
  readonly join = async (name: string): Promise<void> => {
    if (this.view.rooms.every((room) => room.name !== name)) {
      await this.attempt(`Could not join ${name}`, async () => {
        const { members } = await this.chat.join({ channel: name });
        this.show({ ...this.view, rooms: [...this.view.rooms, roomOf(name, members)] });
        if (members.length === 1) {
          await this.chat.send({ channel: LOBBY, body: { room: name } satisfies Body });
        }
      });
    }
    this.select(name);
    this.remember();
  };

  readonly leave = (name: string): Promise<void> =>
    this.attempt(`Could not leave ${name}`, async () => {
      await this.chat.leave({ channel: name });
      this.show({
        ...this.view,
        rooms: this.view.rooms.filter((room) => room.name !== name),
        selected: LOBBY,
      });
      this.remember();
    });

  /** Shows a room. */
  readonly select = (name: string): void => {
    if (this.view.rooms.some((room) => room.name === name)) {
      this.show({ ...this.view, selected: name });
      this.look();
    }
  };

  /** Says something in the room that shows. Waits if there is no connection. */
  readonly send = (text: string): void => {
    const channel = this.view.selected;
    this.change(channel, (room) => ({ ...room, sending: [...room.sending, text] }));
    void this.attempt(`Not sent: “${text}”`, async () => {
      try {
        await this.chat.send({ channel, body: { text } satisfies Body });
      } finally {
        this.change(channel, (room) => withoutSending(room, text));
      }
    });
  };

  readonly dismiss = (): void => this.show({ ...this.view, problem: null });

  /** To be called when the page is looked at: what shows has been read then, in all tabs. */
  readonly look = (): void => {
    const { rooms, selected } = this.view;
    if (document.hasFocus() && rooms.some(({ name, unread }) => name === selected && unread > 0)) {
      this.change(selected, (room) => ({ ...room, unread: 0 }));
      this.chat.read({ channel: selected }).catch(() => {}); // the count is not worth a complaint
    }
  };

  private received({ channel, from, body, timestamp }: ChatMessage): void {
    this.change(channel, (room) => {
      const unread = from === this.view.me ? room.unread : room.unread + 1;
      return withLine({ ...room, unread }, lineOf(from, body, new Date(timestamp)));
    });
    this.look();
  }

  private async attempt(failure: string, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.show({ ...this.view, problem: `${failure}. ${(error as Error).message}` });
    }
  }

  private change(name: unknown, change: (room: Room) => Room): void {
    this.changeAll((room) => (room.name === name ? change(room) : room));
  }

  private changeAll(change: (room: Room) => Room): void {
    this.show({ ...this.view, rooms: this.view.rooms.map(change) });
  }

  private show(view: View): void {
    this.view = view;
    for (const listener of this.listeners) {
      listener();
    }
  }

  private remember(): void {
    const names = this.view.rooms.map(({ name }) => name).filter((name) => name !== LOBBY);
    sessionStorage.setItem(REMEMBERED, JSON.stringify(names));
  }
}
