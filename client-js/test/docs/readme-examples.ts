/** Examples of the README, so that the compiler reads them. Nobody runs this. */
import {
  type Chat,
  type Cursor,
  type Cursors,
  type Messaging,
  type PublishedMessage,
  type PubSub,
  Snorky,
} from "../../src/index.js";

declare function append(message: PublishedMessage): void;
declare function show(where: unknown, ...what: unknown[]): void;
declare function mark(where: unknown, who: string, status: "joined" | "left"): void;
declare function draw(cursor: Cursor): void;
declare function erase(cursor: Cursor): void;
declare function greet(identity: unknown): void;
declare const address: string;
declare const services: { readonly chat: typeof Chat };
declare const canvas: HTMLCanvasElement;

export function who() {
  const snorky = new Snorky(WebSocket, address, services, {
    token: async () => {
      const response = await fetch("/api/token");
      return response.ok ? response.text() : null;
    },
  });
  snorky.identified.add(({ identity }) => greet(identity));
}

export async function past(pubsub: PubSub) {
  pubsub.messagePublished.add((message) => append(message));
  pubsub.historyLost.add(({ channel, messages }) => show(channel, messages));
  pubsub.presenceReceived.add(({ channel, identity, status }) => mark(channel, identity, status));
  const { messages, members } = await pubsub.subscribe({
    channel: "news",
    history: 20,
    presence: true,
  });

  return { messages, members };
}

export async function rooms(chat: Chat) {
  chat.messageReceived.add(({ from, channel, body }) => show(channel, from, body));
  chat.presenceReceived.add(({ from, channel, status }) => mark(channel, from, status));
  const { members } = await chat.join({ channel: "#cats" });
  await chat.send({ channel: "#cats", body: "Hi" });

  return members;
}

export async function names(messaging: Messaging) {
  messaging.messageReceived.add(({ sender, dest, body }) => show(dest, sender, body));
  await messaging.registerParticipant({ name: "alice" });
  await messaging.send({ sender: "alice", dest: "bob", body: { any: "JSON" } });
  const names = await messaging.listParticipants();

  return names;
}

export async function pointers(cursors: Cursors) {
  const sheet = await cursors.join({ document: "Sheet1" });
  for (const cursor of sheet.cursors) {
    draw(cursor);
  }
  sheet.cursorAdded.add((cursor) => draw(cursor));
  sheet.cursorUpdated.add((cursor) => draw(cursor));
  sheet.cursorRemoved.add((cursor) => erase(cursor));

  const [own, created] = sheet.createCursor({ position: [0, 0], status: "reads" });
  canvas.onpointermove = ({ x, y }) => own.update({ position: [x, y] });
  await created;
}
