/** A call, as a server sees it. */
export interface WireCall {
  readonly service: string;
  readonly message: {
    readonly command: string;
    // biome-ignore lint/suspicious/noExplicitAny: tests look into it
    readonly params: any;
    readonly callId: number;
  };
}

/** What plays the server at the other end of wires. */
export interface WireServer {
  /** Answers what the client has called. */
  handle(wire: Wire, call: WireCall): void;
  /** The connection has ended. */
  left(wire: Wire): void;
}

/** A connection in memory on which nothing moves unless the test says so. */
export class Wire {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  private isOpen = false;
  private isGone = false;
  private readonly up: string[] = [];
  private readonly down: string[] = [];

  constructor(private readonly server: WireServer) {}

  /** A class of sockets to this server, and those that were made, the last one last. */
  static to(server: WireServer) {
    const made: Wire[] = [];
    class Socket extends Wire {
      constructor() {
        super(server);
        made.push(this);
      }
    }
    return { Socket, made };
  }

  send(text: string): void {
    this.up.push(text);
  }

  close(): void {
    this.end();
  }

  /** Lets the connection be made, or the next packet through to the server. */
  moveUp(): boolean {
    if (this.isGone) {
      return false;
    }
    if (!this.isOpen) {
      this.isOpen = true;
      this.onopen?.();
      return true;
    }
    const text = this.up.shift();
    if (text !== undefined) {
      this.server.handle(this, JSON.parse(text));
    }
    return text !== undefined;
  }

  /** Lets the next packet through to the client. */
  moveDown(): boolean {
    const data = this.isGone ? undefined : this.down.shift();
    if (data !== undefined) {
      this.onmessage?.({ data });
    }
    return data !== undefined;
  }

  /** Loses the connection with all that is under way. */
  cut(): void {
    if (this.end()) {
      this.onclose?.({ code: 1006 });
    }
  }

  answer({ service, message: { callId } }: WireCall, data: unknown): void {
    this.toClient(service, { type: "response", callId, data });
  }

  refuse({ service, message: { callId } }: WireCall, message: string): void {
    this.toClient(service, { type: "error", callId, message });
  }

  toClient(service: string, message: object): void {
    this.down.push(JSON.stringify({ service, message }));
  }

  private end(): boolean {
    const wasThere = !this.isGone;
    this.isGone = true;
    if (wasThere) {
      this.server.left(this);
    }
    return wasThere;
  }
}
