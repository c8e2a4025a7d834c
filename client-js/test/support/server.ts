import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { Queue } from "./queue.js";

/** A call, as a server sees it. */
export interface ReceivedCall {
  readonly service: string;
  readonly message: {
    readonly command: string;
    // biome-ignore lint/suspicious/noExplicitAny: tests look into it
    readonly params: any;
    readonly callId: number;
  };
}

/** The server's end of one connection. */
export class Peer {
  private readonly packets = new Queue<ReceivedCall>();

  constructor(private readonly socket: WebSocket) {
    socket.on("message", (data, binary) => {
      if (binary) {
        throw new Error("A client must send text frames");
      }
      this.packets.put(JSON.parse(data.toString()));
    });
  }

  /** The next packet of the client's. */
  receive(): Promise<ReceivedCall> {
    return this.packets.take();
  }

  /** The next packet, which must call this command. */
  async call(command: string): Promise<ReceivedCall> {
    const call = await this.receive();
    if (call.message.command !== command) {
      throw new Error(`${JSON.stringify(call)} (expected: a call of ${command})`);
    }
    return call;
  }

  /** Waits for a call of this command and answers it. */
  async serve(command: string, data: unknown = null): Promise<ReceivedCall> {
    const call = await this.call(command);
    this.answer(call, data);
    return call;
  }

  answer(call: ReceivedCall, data: unknown = null): void {
    this.send(call.service, { type: "response", callId: call.message.callId, data });
  }

  refuse(call: ReceivedCall, message: string): void {
    this.send(call.service, { type: "error", callId: call.message.callId, message });
  }

  send(service: string, message: unknown): void {
    this.sendText(JSON.stringify({ service, message }));
  }

  sendText(text: string | Buffer): void {
    this.socket.send(text);
  }

  /** Says goodbye. */
  close(code: number, reason: string): void {
    this.socket.close(code, reason);
  }

  /** Loses the connection. */
  cut(): void {
    this.socket.terminate();
  }
}

/** Plays the server's part of the protocol on a loopback socket. */
export class Server {
  private readonly peers = new Queue<Peer>();

  readonly port: number;

  private constructor(private readonly sockets: WebSocketServer) {
    this.port = (sockets.address() as AddressInfo).port;
    sockets.on("connection", (socket) => this.peers.put(new Peer(socket)));
  }

  /** Starts to listen, on a free port if none is given. */
  static start(port = 0): Promise<Server> {
    return new Promise((resolve, reject) => {
      const sockets = new WebSocketServer({ port, host: "127.0.0.1" });
      sockets.on("listening", () => resolve(new Server(sockets)));
      sockets.on("error", reject);
    });
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/ws`;
  }

  /** The next connection. */
  accept(): Promise<Peer> {
    return this.peers.take();
  }

  /** Cuts all connections and stops to listen. */
  stop(): Promise<void> {
    for (const socket of this.sockets.clients) {
      socket.terminate();
    }
    return new Promise((resolve) => this.sockets.close(() => resolve()));
  }
}
