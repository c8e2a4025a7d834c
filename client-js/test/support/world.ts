import type { Delta, Fetched } from "../../src/index.js";

/** A row of the world's only table. */
export interface Row {
  readonly id: number;
  readonly value: number;
}

interface Subscription {
  readonly buffer: Delta<Row>[];
  holder: WorldSocket | null;
}

type Step = () => void;

/**
 * A database, a web application and a Snorky server in memory, in which nothing moves unless the
 * test says so: packets, answers and connections wait to be let through, or lost.
 */
export class World {
  readonly table = new Map<number, Row>();
  readonly sockets: WorldSocket[] = [];
  /** Requests for data whose answer is on its way. */
  readonly answers: { deliver: Step; fail: Step }[] = [];
  private readonly subscriptions = new Map<string, Subscription>();
  private tokens = 0;

  /** Puts a row into the table, in the place of the one with its id. */
  put(row: Row): void {
    const old = this.table.get(row.id);
    this.table.set(row.id, row);
    this.publish(
      old
        ? { type: "update", model: "M", oldData: old, newData: row }
        : { type: "insert", model: "M", data: row },
    );
  }

  /** Takes a row out of the table. */
  remove(id: number): void {
    const old = this.table.get(id);
    if (old && this.table.delete(id)) {
      this.publish({ type: "delete", model: "M", data: old });
    }
  }

  /** Forgets every subscription that nobody has acquired. */
  expire(): void {
    for (const [token, subscription] of this.subscriptions) {
      if (subscription.holder === null) {
        this.subscriptions.delete(token);
      }
    }
  }

  /** Stops the server and starts it again. */
  restart(): void {
    this.subscriptions.clear();
    for (const socket of [...this.sockets]) {
      socket.cut();
    }
  }

  /** The page's request: authorizes, then reads. The answer arrives when the test says so. */
  readonly fetch = (): Promise<Fetched<Row[]>> => {
    const token = `token${this.tokens++}`;
    this.subscriptions.set(token, { buffer: [], holder: null });
    const data = [...this.table.values()];
    return new Promise((resolve, reject) => {
      const answer = {
        deliver: () => this.finish(answer, () => resolve({ data, token })),
        fail: () => this.finish(answer, () => reject(new Error("failed"))),
      };
      this.answers.push(answer);
    });
  };

  /** A class of sockets in this world. */
  get Socket() {
    const world = this;
    return class extends WorldSocket {
      constructor() {
        super(world);
      }
    };
  }

  /** What the server does with a packet. */
  handle(socket: WorldSocket, text: string): void {
    const { service, message } = JSON.parse(text);
    const { command, params, callId } = message;
    const reply = (answer: object) => socket.toClient(service, { callId, ...answer });
    const subscription = this.subscriptions.get(params.token);
    const held = subscription?.holder === socket;
    if (command === "acquireSubscription" && subscription && subscription.holder === null) {
      subscription.holder = socket;
      for (const delta of subscription.buffer) {
        socket.toClient(service, { type: "delta", delta });
      }
      reply({ type: "response", data: null });
    } else if (command === "cancelSubscription" && held) {
      this.subscriptions.delete(params.token);
      reply({ type: "response", data: null });
    } else {
      reply({ type: "error", message: held ? "Already acquired" : "No such subscription" });
    }
  }

  /** What the server does when a connection ends. */
  left(socket: WorldSocket): void {
    for (const [token, subscription] of this.subscriptions) {
      if (subscription.holder === socket) {
        this.subscriptions.delete(token);
      }
    }
  }

  private publish(delta: Delta<Row>): void {
    for (const { holder, buffer } of this.subscriptions.values()) {
      if (holder) {
        holder.toClient("datasync", { type: "delta", delta });
      } else {
        buffer.push(delta);
      }
    }
  }

  private finish(answer: { deliver: Step; fail: Step }, settle: Step): void {
    this.answers.splice(this.answers.indexOf(answer), 1);
    settle();
  }
}

/** A socket whose packets wait in both directions. */
export class WorldSocket {
  onopen: Step | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  private opened = false;
  private readonly up: string[] = [];
  private readonly down: string[] = [];

  constructor(private readonly world: World) {
    world.sockets.push(this);
  }

  send(text: string): void {
    this.up.push(text);
  }

  close(): void {
    this.end();
  }

  /** Lets the connection be made, or the next packet through to the server, if there is one. */
  moveUp(): boolean {
    if (!this.opened) {
      this.opened = true;
      this.onopen?.();
      return true;
    }
    const text = this.up.shift();
    if (text !== undefined) {
      this.world.handle(this, text);
    }
    return text !== undefined;
  }

  /** Lets the next packet through to the client, if there is one. */
  moveDown(): boolean {
    const data = this.down.shift();
    if (data !== undefined) {
      this.onmessage?.({ data });
    }
    return data !== undefined;
  }

  /** Whether nothing is under way to the client. */
  get quiet(): boolean {
    return this.down.length === 0;
  }

  /** Loses the connection with all that is under way. */
  cut(): void {
    if (this.end()) {
      this.onclose?.({ code: 1006 });
    }
  }

  toClient(service: string, message: object): void {
    this.down.push(JSON.stringify({ service, message }));
  }

  private end(): boolean {
    const place = this.world.sockets.indexOf(this);
    if (place >= 0) {
      this.world.sockets.splice(place, 1);
      this.world.left(this);
    }
    return place >= 0;
  }
}
