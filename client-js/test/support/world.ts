import type { Delta, Fetched } from "../../src/index.js";
import { look } from "./look.js";

/** A row of the world's only table. */
export interface Row {
  readonly id: number;
  readonly value: number;
  /** When it was changed: the first change of the world has 1. */
  readonly version: number;
}

/** What one item of a subscription sees. */
export interface Item {
  readonly sees: (row: Row) => boolean;
  readonly tag?: string;
}

interface Subscription {
  readonly token: string;
  readonly items: readonly Item[];
  /** How many changes it has been sent, of all there were in this life of the server. */
  position: number;
  holder: WorldSocket | null;
  /** Whether its holder has asked for offsets. */
  offsets: boolean;
  /** Answers its acquisition, as soon as it has arrived at the present. */
  answer: ((message: object) => void) | null;
}

/** What the server is like. */
export interface WorldOptions {
  /** An original server has no log, and forgets subscriptions with their connection. */
  readonly original?: boolean;
  /** Whether deltas bear versions. */
  readonly versions?: boolean;
  /** How many changes the log keeps. */
  readonly logLimit?: number;
}

type Step = () => void;

/** As many packets may be under way to a client; then its subscriptions wait in the log. */
const ROOM = 6;

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
  private life = 0;
  private changes: Delta<Row>[] = [];
  private version = 0;

  constructor(private readonly options: WorldOptions = {}) {}

  /** Puts a row into the table, in the place of the one with its id. */
  put({ id, value }: { readonly id: number; readonly value: number }): void {
    const row = { id, value, version: ++this.version };
    const old = this.table.get(id);
    this.table.set(id, row);
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
      this.version++;
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
    this.changes = [];
    this.life++;
    for (const socket of [...this.sockets]) {
      socket.cut();
    }
  }

  /** Tells clients up to where they have been sent everything. */
  announcePositions(): void {
    for (const socket of this.sockets) {
      const held = this.heldBy(socket);
      const isPresent = held.every(({ position }) => position === this.changes.length);
      if (isPresent && held.some(({ offsets }) => offsets)) {
        socket.toClient("datasync", { type: "position", offset: this.offset(this.changes.length) });
      }
    }
  }

  /** What these items see of the table. */
  seenBy(items: readonly Item[]): Row[] {
    return [...this.table.values()].filter((row) => items.some((item) => item.sees(row)));
  }

  /** The page's request: authorizes, then reads. The answer arrives when the test says so. */
  fetch(items: readonly Item[]): Promise<Fetched<Row[]>> {
    const token = `token${this.tokens++}`;
    this.subscriptions.set(token, {
      token,
      items,
      position: this.changes.length,
      holder: null,
      offsets: false,
      answer: null,
    });
    const data = this.seenBy(items);
    return new Promise((resolve, reject) => {
      const answer = {
        deliver: () => this.finish(answer, () => resolve({ data, token })),
        fail: () => this.finish(answer, () => reject(new Error("failed"))),
      };
      this.answers.push(answer);
    });
  }

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
    const refuse = (message: string) => reply({ type: "error", message });
    const subscription = this.subscriptions.get(params.token);
    if (this.options.original && "offset" in params) {
      refuse("Invalid params");
    } else if (!subscription) {
      refuse("No such subscription");
    } else if (command === "acquireSubscription") {
      this.acquire(socket, subscription, params.offset, reply);
    } else if (subscription.holder === socket) {
      this.subscriptions.delete(params.token);
      reply({ type: "response", data: null });
    } else {
      refuse("No such subscription");
    }
  }

  /** Sends what there is room for, the oldest subscription first. */
  pump(socket: WorldSocket): void {
    for (const subscription of this.heldBy(socket)) {
      while (this.hasRoom(socket) && subscription.position < this.changes.length) {
        if (subscription.position < this.begin) {
          this.drop(subscription);
          break;
        }
        this.sendNext(socket, subscription);
      }
      if (subscription.position === this.changes.length) {
        const data = subscription.offsets ? { offset: this.offset(subscription.position) } : null;
        subscription.answer?.({ type: "response", data });
        subscription.answer = null;
      }
    }
  }

  /** What the server does when a connection ends. */
  left(socket: WorldSocket): void {
    for (const subscription of this.heldBy(socket)) {
      subscription.holder = null;
      subscription.answer = null;
      if (this.options.original) {
        this.subscriptions.delete(subscription.token);
      }
    }
  }

  private acquire(
    socket: WorldSocket,
    subscription: Subscription,
    offset: string | null | undefined,
    reply: (answer: object) => void,
  ): void {
    if (typeof offset === "string") {
      const [life, position] = offset.split(":").map(Number);
      if (life !== this.life || Number(position) < this.begin) {
        this.subscriptions.delete(subscription.token);
        reply({ type: "error", message: "resync" });
        return;
      }
      subscription.position = Number(position);
    } else if (subscription.holder !== null) {
      reply({ type: "error", message: "Already acquired" });
      return;
    }
    subscription.holder = socket;
    subscription.offsets = offset !== undefined;
    subscription.answer = reply;
    this.pump(socket);
  }

  private sendNext(socket: WorldSocket, subscription: Subscription): void {
    const change = this.changes[subscription.position++] as Delta<Row>;
    const offset = subscription.offsets ? { offset: this.offset(subscription.position) } : {};
    for (const delta of look(change, subscription.items)) {
      socket.toClient("datasync", { type: "delta", delta, ...offset });
    }
  }

  /** A subscription has fallen behind the log. */
  private drop({ token, holder, offsets, answer }: Subscription): void {
    this.subscriptions.delete(token);
    if (answer) {
      answer({ type: "error", message: "resync" });
    } else if (offsets) {
      holder?.toClient("datasync", { type: "resync", token });
    } else {
      holder?.cut();
    }
  }

  private publish(change: Delta<Row>): void {
    this.changes.push(this.options.versions ? { ...change, version: this.version } : change);
    for (const socket of [...this.sockets]) {
      this.pump(socket);
    }
  }

  private heldBy(socket: WorldSocket): Subscription[] {
    return [...this.subscriptions.values()].filter(({ holder }) => holder === socket);
  }

  /** Whether more may be sent, which would otherwise wait in the log. */
  private hasRoom(socket: WorldSocket): boolean {
    return this.options.original || socket.underWay < ROOM;
  }

  /** How many changes are not kept any more. */
  private get begin(): number {
    return Math.max(0, this.changes.length - (this.options.logLimit ?? Number.POSITIVE_INFINITY));
  }

  private offset(position: number): string {
    return `${this.life}:${position}`;
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
      this.world.pump(this);
    }
    return data !== undefined;
  }

  /** How many packets are under way to the client. */
  get underWay(): number {
    return this.down.length;
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
