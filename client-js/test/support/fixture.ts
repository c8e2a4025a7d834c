import { afterEach, beforeEach } from "vitest";
import { WebSocket } from "ws";
import {
  type RPCService,
  type ServiceClasses,
  type Signal,
  Snorky,
  type SnorkyOptions,
} from "../../src/index.js";
import { ManualClock } from "./manual-clock.js";
import { type Peer, Server } from "./server.js";

/** What each test of a client starts with. */
export interface Fixture {
  server: Server;
  clock: ManualClock;
  /** What the clients reported, in words. */
  reports: string[];
  /** Makes a client of the server, which hangs up after the test. Waits are half their ceiling. */
  connect<C extends ServiceClasses>(services: C, options?: SnorkyOptions): Snorky<C>;
}

/** Starts a server before each test and stops it, with all clients, afterwards. */
export function useServer(): Fixture {
  const clients: { disconnect(): void }[] = [];
  const fixture: Fixture = {
    server: undefined as unknown as Server,
    clock: new ManualClock(),
    reports: [],
    connect(services, options = {}) {
      const { clock, reports, server } = fixture;
      const onError = (error: unknown, where: string) => reports.push(`${where}: ${error}`);
      const random = () => 0.5;
      const client = new Snorky(WebSocket, server.url, services, {
        onError,
        clock,
        random,
        ...options,
      });
      clients.push(client);
      return client;
    },
  };
  beforeEach(async () => {
    fixture.server = await Server.start();
    fixture.clock = new ManualClock();
    fixture.reports = [];
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) {
      client.disconnect();
    }
    await fixture.server.stop();
  });
  return fixture;
}

/** What a signal is dispatched with the next time. */
export function next<Args extends unknown[]>(signal: Signal<Args>): Promise<Args[0]> {
  return new Promise((resolve) => {
    signal.addOnce((...args) => resolve(args[0]));
  });
}

/** Cuts a connection and makes the next one. */
export async function reconnect(
  { server }: Fixture,
  snorky: Snorky,
  peer: Peer,
  whileLost: () => void = () => {},
): Promise<Peer> {
  await cut(snorky, peer);
  whileLost();
  snorky.connect();
  return server.accept();
}

/** Cuts a connection. */
export async function cut(snorky: Snorky, peer: Peer): Promise<void> {
  const lost = next(snorky.disconnected);
  peer.cut();
  await lost;
}

/** Proves that everything the server has sent so far has arrived. */
export async function settled(service: RPCService, peer: Peer): Promise<void> {
  const marker = service.rpcCall("marker");
  await peer.serve("marker");
  await marker;
}

/** What a promise was rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error("The promise was kept (expected: rejected)");
}

/** For calls whose answer the test has no use for. */
export function unheeded(promise: Promise<unknown>): void {
  promise.catch(() => {});
}
