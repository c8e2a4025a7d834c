import { applyPatch, diff, type Operation, type Shift } from "../../src/sync/index.js";
import { rebase } from "../../src/sync/rebase.js";

/** What a client sent, or got. */
export interface Frame {
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it
  readonly data?: any;
  readonly v?: number;
  readonly id?: string;
  readonly ack?: readonly string[];
}

/** How a server deals with patches that were made for an older revision. */
export type Dealing = "original" | "plain" | "rebase" | "conflict";

/**
 * Plays the server's part of the ws-sync protocol for one object, in memory. Nothing moves unless the
 * test says so. `original` knows neither revisions nor answers, as the original server.
 */
export class SyncServer {
  readonly sockets: SyncSocket[] = [];
  /** What arrived, in order, with binary data as it is. */
  readonly received: (Frame | ArrayBuffer)[] = [];
  /** Actions that were carried out: one that arrives twice is carried out once. */
  readonly done: Frame[] = [];
  /** What is sent to each connection when it is made. */
  greeting: Frame[] | null = null;
  /** Whether a write that was taken as it is is answered by a patch nevertheless. */
  acknowledgesByPatch = () => false;
  v = 1;
  private readonly answers = new Map<string, Frame>();
  private readonly log: { readonly v: number; readonly shifts: Shift[] }[] = [];

  constructor(
    readonly key: string,
    public state: object,
    readonly dealing: Dealing = "plain",
  ) {}

  /** The class of sockets to this server. */
  get Socket(): new () => SyncSocket {
    const server = this;
    return class extends SyncSocket {
      constructor() {
        super(server);
      }
    };
  }

  /** The connection that was made last. */
  get socket(): SyncSocket {
    const socket = this.sockets.at(-1);
    if (!socket) {
      throw new Error("There is no connection");
    }
    return socket;
  }

  /** Types of what arrived since the last look. */
  types(): string[] {
    return this.received.splice(0).map((frame) => (frame as Frame).type ?? "binary");
  }

  opened(socket: SyncSocket): void {
    for (const frame of this.greeting ?? [this.whole()]) {
      socket.toClient(frame);
    }
    socket.known = this.state;
  }

  /** Changes the state, as an application on the server does. */
  change(next: object): void {
    if (this.take(next)) {
      this.publish();
    }
  }

  /** The whole state as an event. */
  whole(): Frame {
    return this.event("_SET", this.state);
  }

  /** Sends what the client does not know yet, and which of its writes that has in. */
  tell(socket: SyncSocket): void {
    const operations = this.between(socket.known, this.state);
    const ack = socket.acks.splice(0);
    if (!socket.isClosed && (operations.length > 0 || ack.length > 0)) {
      socket.known = this.state;
      socket.toClient({ ...this.event("_PATCH", operations), ...(ack.length > 0 && { ack }) });
    }
  }

  handle(socket: SyncSocket, data: string | ArrayBuffer): void {
    if (typeof data !== "string") {
      this.received.push(data);
      return;
    }
    const frame: Frame = JSON.parse(data);
    this.received.push(frame);
    const known = this.answers.get(frame.id ?? "");
    if (known) {
      socket.toClient(known);
    } else if (frame.type === `_GET:${this.key}`) {
      this.tellWhole(socket);
    } else if (frame.type === `_PATCH:${this.key}`) {
      this.write(socket, frame, () => this.merged(frame));
    } else if (frame.type === `_SET:${this.key}`) {
      this.write(socket, frame, () => ({ ...this.state, ...frame.data }));
    } else {
      this.done.push(frame);
      this.answer(socket, frame.id, { type: "_ACK", data: { id: frame.id } });
    }
  }

  /** What a patch makes of the state. */
  protected merged({ data, v = this.v }: Frame): object {
    const missed = this.log.filter((entry) => entry.v > v);
    if (this.dealing === "conflict" && missed.length > 0) {
      throw new Error("conflict");
    }
    const shifts = this.dealing === "rebase" ? missed.flatMap((entry) => entry.shifts) : [];
    return applyPatch(this.state, rebase(data, shifts).operations);
  }

  /** What turns one state into the other. */
  protected between(before: object, after: object): Operation[] {
    return diff(before, after);
  }

  private write(socket: SyncSocket, frame: Frame, change: () => object): void {
    const before = this.state;
    let after: object;
    try {
      after = change();
    } catch (error) {
      this.refuse(socket, frame, String(error));
      return;
    }
    this.take(after);
    if (frame.id === undefined) {
      socket.known = this.state;
    } else if (socket.isSlow || !this.isExact(before, frame) || this.acknowledgesByPatch()) {
      socket.acks.push(frame.id);
      this.answers.set(frame.id, { type: "_ACK", data: { id: frame.id, v: this.v } });
    } else {
      socket.known = this.state;
      this.answer(socket, frame.id, { type: "_ACK", data: { id: frame.id, v: this.v } });
    }
    this.publish();
  }

  private refuse(socket: SyncSocket, frame: Frame, message: string): void {
    const data = { code: "conflict", message, event: frame.type, id: frame.id };
    this.answer(socket, frame.id, { type: "_ERROR", data });
    this.tellWhole(socket);
  }

  /** Whether the write did what it says, and nothing else. */
  private isExact(before: object, { type, data }: Frame): boolean {
    try {
      const said = type.startsWith("_SET") ? { ...before, ...data } : applyPatch(before, data);
      return JSON.stringify(said) === JSON.stringify(this.state);
    } catch {
      return false;
    }
  }

  private take(next: object): boolean {
    const operations = this.between(this.state, next);
    if (operations.length === 0) {
      return false;
    }
    const shifts: Shift[] = [];
    this.state = applyPatch(this.state, operations, shifts);
    this.v++;
    this.log.push({ v: this.v, shifts });
    return true;
  }

  private publish(): void {
    for (const socket of this.sockets) {
      if (!socket.isSlow) {
        this.tell(socket);
      }
    }
  }

  private tellWhole(socket: SyncSocket): void {
    socket.known = this.state;
    socket.toClient(this.whole());
  }

  private answer(socket: SyncSocket, id: string | undefined, frame: Frame): void {
    if (id !== undefined) {
      this.answers.set(id, frame);
    }
    if (id !== undefined || frame.type === "_ERROR") {
      socket.toClient(frame);
    }
  }

  private event(type: string, data: unknown): Frame {
    const frame = { type: `${type}:${this.key}`, data };
    return this.dealing === "original" ? frame : { ...frame, v: this.v };
  }
}

/** A connection in memory whose frames wait in both directions. */
export class SyncSocket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  binaryType = "";
  isClosed = false;
  /** What the client has been told, and which of its writes are to be acknowledged with the next patch. */
  known: object = {};
  readonly acks: string[] = [];
  /** Whether changes of the state wait, to be told as one. */
  isSlow = true;
  private isOpen = false;
  private readonly up: (string | ArrayBuffer)[] = [];
  private readonly down: unknown[] = [];

  constructor(private readonly server: SyncServer) {
    server.sockets.push(this);
  }

  send(data: string | ArrayBuffer): void {
    this.up.push(data);
  }

  close(): void {
    this.isClosed = true;
  }

  /** Lets the connection be made, or the next frame through to the server. */
  moveUp(): boolean {
    if (this.isClosed) {
      return false;
    }
    if (!this.isOpen) {
      this.isOpen = true;
      this.isSlow = false;
      this.onopen?.();
      this.server.opened(this);
      return true;
    }
    const data = this.up.shift();
    if (data !== undefined) {
      this.server.handle(this, data);
    }
    return data !== undefined;
  }

  /** Lets the next frame through to the client. */
  moveDown(): boolean {
    if (this.isClosed || this.down.length === 0) {
      return false;
    }
    this.onmessage?.({ data: this.down.shift() });
    return true;
  }

  /** Takes what is on its way to the server, which will not get it. */
  takeUp(): (string | ArrayBuffer)[] {
    return this.up.splice(0);
  }

  /** Lets everything through, in both directions, until nothing moves. */
  settle(): void {
    while (this.moveUp() || this.moveDown()) {
      // each move may make others
    }
  }

  /** Loses the connection with all that is under way. */
  cut(): void {
    if (!this.isClosed) {
      this.isClosed = true;
      this.onclose?.({ code: 1006 });
    }
  }

  toClient(frame: Frame): void {
    this.down.push(JSON.stringify(frame));
  }

  /** The connection has room again. */
  drain(): void {
    if (this.isOpen) {
      this.isSlow = false;
      this.server.tell(this);
    }
  }

  /** A frame as it is, text or binary. */
  rawToClient(data: unknown): void {
    this.down.push(data);
  }
}
