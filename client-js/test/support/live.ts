import { beforeEach } from "vitest";
import {
  type Acquired,
  CollectionDeltaProcessor,
  DataSync,
  type KeepSyncedOptions,
  type LiveState,
  type LiveSubscription,
  SnapshotCollection,
} from "../../src/index.js";
import { type Fixture, next, useServer } from "./fixture.js";
import type { Peer } from "./server.js";
import { WebApp } from "./web-app.js";

/** A row of the tests. */
export interface Todo {
  readonly id: number;
  readonly title: string;
}

export const todo = (id: number, title = `todo ${id}`): Todo => ({ id, title });

export const SYNCING: LiveState = { type: "syncing" };
export const LIVE: LiveState = { type: "live" };
export const DISCONNECTED: LiveState = { type: "stale", reason: "disconnected" };

/** What each test of `keepSynced` starts with, besides a server. */
export class LiveFixture {
  app = new WebApp<Todo[]>();
  todos = new SnapshotCollection<Todo>();
  /** The contents of `todos` after each change. */
  shown: (readonly Todo[])[] = [];

  constructor(readonly server: Fixture) {
    beforeEach(() => {
      this.app = new WebApp();
      this.todos = new SnapshotCollection();
      this.shown = [];
      this.todos.changed.add(() => this.shown.push(this.todos.items));
    });
  }

  /** Keeps `todos` in sync. */
  keepSynced(
    datasync: DataSync,
    options: Partial<KeepSyncedOptions<Todo[]>> = {},
  ): LiveSubscription<Todo[]> {
    return datasync.keepSynced({
      fetch: this.app.fetch,
      apply: (rows) => this.todos.replace(rows),
      processor: new CollectionDeltaProcessor({ Todo: this.todos }),
      ...options,
    });
  }

  /** A connected client that has asked for its data. */
  async connected(options: Partial<KeepSyncedOptions<Todo[]>> = {}) {
    const { server } = this.server;
    const snorky = this.server.connect({ datasync: DataSync });
    const { datasync } = snorky.services;
    const peer = await server.accept();
    await next(snorky.connected);
    const subscription = this.keepSynced(datasync, options);
    const states: LiveState[] = [subscription.state];
    subscription.stateChanged.add((state) => states.push(state));
    const cut = async () => {
      const lost = next(snorky.disconnected);
      peer.cut();
      await lost;
    };
    return { snorky, datasync, peer, subscription, states, cut };
  }

  /** A connected client that shows these rows and follows the changes; from an offset if given. */
  async live(
    rows: Todo[],
    token = "t1",
    options: Partial<KeepSyncedOptions<Todo[]>> = {},
    acquired: Acquired | null = null,
  ) {
    const all = await this.connected(options);
    (await this.app.request()).answer(rows, token);
    await all.peer.serve("acquireSubscription", acquired);
    await reaches(all.subscription, "live");
    this.shown.length = 0;
    return all;
  }
}

/** A server and a web application for each test. */
export function useLive(): LiveFixture {
  return new LiveFixture(useServer());
}

export function sendInsert(peer: Peer, row: Todo, model = "Todo", offset?: string): void {
  peer.send("datasync", { type: "delta", delta: { type: "insert", model, data: row }, offset });
}

/** Resolves when the subscription is in a state of this type. */
export async function reaches(
  subscription: LiveSubscription<Todo[]>,
  type: LiveState["type"],
): Promise<void> {
  while (subscription.state.type !== type) {
    await next(subscription.stateChanged);
  }
}

/** Proves that everything the server has sent so far has arrived. */
export async function arrived(datasync: DataSync, peer: Peer): Promise<void> {
  const marker = datasync.rpcCall("marker");
  await peer.serve("marker");
  await marker;
}
