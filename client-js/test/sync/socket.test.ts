import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { Session, SyncedStore } from "../../src/sync/index.js";
import { Queue } from "../support/queue.js";

let server: WebSocketServer;
let connections: Queue<WebSocket>;

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  connections = new Queue();
  server.on("connection", (socket) => connections.put(socket));
  await new Promise((resolve) => server.once("listening", resolve));
});

afterEach(() => {
  for (const socket of server.clients) {
    socket.terminate();
  }
  server.close();
});

it("A session works over real sockets, with text and binary data both ways", async () => {
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/sync`;
  const session = new Session({ url, socketClass: WebSocket, binaryType: "arraybuffer" });
  const store = new SyncedStore(session, "K", { title: "" });
  const states = new Queue<string>();
  const files = new Queue<ArrayBuffer>();
  store.subscribe(() => states.put(store.getSnapshot().title));
  store.registerExposedActions({ file: ({ data }) => files.put(data) });
  store.attach();
  session.connect();
  const peer = await connections.take();
  const received = new Queue<string>();
  peer.on("message", (data, isBinary) => received.put(isBinary ? "binary" : data.toString()));

  peer.send(JSON.stringify({ type: "_SET:K", data: { title: "theirs" }, v: 7 }));
  expect(await states.take()).toBe("theirs");
  store.sendBinary({ type: "upload" }, new Uint8Array([1, 2]).buffer);
  const meta = { type: "_ACTION:K", metadata: { type: "file" } };
  peer.send(JSON.stringify({ type: "_BIN_META", data: meta }));
  peer.send(new Uint8Array([3]));

  expect(JSON.parse(await received.take())).toMatchObject({ type: "_BIN_META" });
  expect(await received.take()).toBe("binary");
  expect(new Uint8Array(await files.take())).toEqual(new Uint8Array([3]));
  session.disconnect();
});
