import { applyPatch, diff, type Operation, type Shift } from "../../src/sync/index.js";
import { rebase } from "../../src/sync/rebase.js";

/** What a client sent, or got. */
export interface Frame {
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it
  readonly data?: any;
  readonly v?: number;
  readonly id?: string;
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
  v = 1;
  private readonly ids = new Set<string>();
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
  }

  /** Changes the state, as an application on the server does. */
  change(next: object): void {
    const operations = diff(this.state, next);
    if (operations.length > 0) {
      this.apply(operations);
      this.sockets.at(-1)?.toClient(this.event("_PATCH", operations));
    }
  }

  /** The whole state as an event. */
  whole(): Frame {
    return this.event("_SET", this.state);
  }

  handle(socket: SyncSocket, data: string | ArrayBuffer): void {
    if (typeof data !== "string") {
      this.received.push(data);
      return;
    }
    const frame: Frame = JSON.parse(data);
    this.received.push(frame);
    if (frame.id !== undefined && this.ids.has(frame.id)) {
      this.acknowledge(socket, frame.id);
      return;
    }
    if (frame.type === `_GET:${this.key}`) {
      socket.toClient(this.whole());
    } else if (frame.type === `_PATCH:${this.key}`) {
      this.patched(socket, frame);
    } else if (frame.type === `_SET:${this.key}`) {
      this.apply(diff(this.state, { ...this.state, ...frame.data }));
      this.acknowledge(socket, frame.id);
    } else {
      this.done.push(frame);
      this.acknowledge(socket, frame.id);
    }
  }

  private patched(socket: SyncSocket, frame: Frame): void {
    const shifts = this.log.filter(({ v }) => v > (frame.v ?? this.v)).flatMap((e) => e.shifts);
    const isStale = this.log.some(({ v }) => v > (frame.v ?? this.v));
    try {
      if (this.dealing === "conflict" && isStale) {
        throw new Error("conflict");
      }
      const rebased = rebase(frame.data, this.dealing === "rebase" ? shifts : []);
      this.apply(rebased.operations);
    } catch (error) {
      const data = { code: "conflict", message: String(error), event: frame.type, id: frame.id };
      socket.toClient({ type: "_ERROR", data });
      socket.toClient(this.whole());
      return;
    }
    this.acknowledge(socket, frame.id);
  }

  private apply(operations: readonly Operation[]): void {
    const shifts: Shift[] = [];
    this.state = applyPatch(this.state, operations, shifts);
    this.v++;
    this.log.push({ v: this.v, shifts });
  }

  private acknowledge(socket: SyncSocket, id: string | undefined): void {
    if (id !== undefined) {
      this.ids.add(id);
      socket.toClient({ type: "_ACK", data: { id, v: this.v } });
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

  /** A frame as it is, text or binary. */
  rawToClient(data: unknown): void {
    this.down.push(data);
  }
}
