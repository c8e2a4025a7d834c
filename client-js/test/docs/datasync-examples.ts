/** The examples of docs/datasync.md, so that the compiler reads them. Nobody runs this. */
import { type DataSync, type DeltaProcessor, type LiveList, Snorky } from "../../src/index.js";

declare function render(items: readonly unknown[], state: object): void;
declare function startAnew(): void;
declare function useSyncExternalStore<T>(
  subscribe: (listener: () => void) => () => void,
  getSnapshot: () => T,
): T;

export function threeLines() {
  const snorky = new Snorky(WebSocket, "ws://localhost:5001/ws", { datasync: Snorky.DataSync });
  const todos = snorky.services.datasync.fetchAndSubscribe("/api/todos", { model: "Todo" });
  todos.subscribe(() => render(todos.items, todos.state));
}

export function react(todos: LiveList<{ id: number }>) {
  const items = useSyncExternalStore(todos.subscribe, todos.getSnapshot);
  const state = useSyncExternalStore(todos.subscribe, todos.getState);
  return { items, state };
}

export function versions(datasync: DataSync) {
  const todos = datasync.fetchAndSubscribe("/api/todos", { model: "Todo", versionOf: "version" });
  return todos;
}

export function views(datasync: DataSync) {
  const red = datasync.fetchAndSubscribe("/api/players/red", { model: "Player", tag: "red" });
  const blue = datasync.fetchAndSubscribe("/api/players/blue", { model: "Player", tag: "blue" });
  return { red, blue };
}

export function tags() {
  const redPlayers = new Snorky.DataSync.SnapshotCollection();
  const bluePlayers = new Snorky.DataSync.SnapshotCollection();
  const processor = new Snorky.DataSync.CollectionDeltaProcessor({
    Player: { red: redPlayers, blue: bluePlayers },
  });
  return processor;
}

export function otherData(datasync: DataSync) {
  const allColumns = new Snorky.DataSync.SnapshotCollection();
  const allCards = new Snorky.DataSync.SnapshotCollection();
  const subscription = datasync.keepSynced({
    fetch: async ({ signal }) => {
      const response = await fetch("/api/board", { headers: { "X-Snorky": "Subscribe" }, signal });
      if (!response.ok) {
        throw new Error(`/api/board: ${response.status}`);
      }
      return { data: await response.json(), token: response.headers.get("X-Subscription-Token") };
    },
    apply: ({ columns, cards }) => {
      allColumns.replace(columns);
      allCards.replace(cards);
    },
    processor: new Snorky.DataSync.CollectionDeltaProcessor({ Column: allColumns, Card: allCards }),
  });
  return subscription;
}

export async function byHand(datasync: DataSync, processor: DeltaProcessor, token: string) {
  datasync.deltaReceived.add((delta) => processor.processDelta(delta));
  let position = await datasync.acquireSubscription({ token, offset: null });
  datasync.positionReceived.add((later) => {
    position = later;
  });
  datasync.subscriptionLost.add(async ({ resync }) => {
    if (resync || position === null) {
      startAnew();
      return;
    }
    try {
      position = await datasync.acquireSubscription({ token, offset: position.offset });
    } catch {
      startAnew(); // resync, or No such subscription
    }
  });
}
