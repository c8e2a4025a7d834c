import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PubSub, Snorky } from "../src/index.js";
import { ManualClock } from "./support/manual-clock.js";
import { Wire, type WireCall, type WireServer } from "./support/wire.js";

/** How many messages fit into one answer. */
const ROOM = 3;

/** A server with one channel, which keeps its latest messages: 1, 2, 3 … */
class Channel implements WireServer {
  published = 0;
  private readonly subscribers = new Set<Wire>();

  constructor(private readonly kept: number) {}

  publish(): void {
    this.published++;
    for (const wire of this.subscribers) {
      this.tell(wire, this.published);
    }
  }

  /** Forgets a subscription whose client has fallen behind. */
  resync(): void {
    for (const wire of this.subscribers) {
      wire.toClient("pubsub", { type: "resync", channel: "c" });
    }
    this.subscribers.clear();
  }

  handle(wire: Wire, call: WireCall): void {
    const { history, since } = call.message.params;
    if (this.subscribers.has(wire)) {
      wire.refuse(call, "Already subscribed");
      return;
    }
    this.subscribers.add(wire);
    const begin = Math.max(this.published - this.kept, 0);
    const latest = Math.max(this.published - history, begin);
    const resync = since !== undefined && Number(since) < begin;
    const after = since === undefined || resync ? latest : Number(since);
    const end = Math.min(after + ROOM, this.published);
    const messages = range(after, end).map((n) => ({ message: n, offset: `${n}` }));
    const extras = {
      ...(resync ? { resync } : {}),
      ...(end < this.published ? { until: "?" } : {}),
    };
    wire.answer(call, { offset: `${end}`, messages, ...extras });
    for (const n of range(end, this.published)) {
      this.tell(wire, n);
    }
  }

  left(wire: Wire): void {
    this.subscribers.delete(wire);
  }

  private tell(wire: Wire, n: number): void {
    wire.toClient("pubsub", { type: "message", channel: "c", message: n, offset: `${n}` });
  }
}

const range = (after: number, end: number) =>
  Array.from({ length: end - after }, (_, i) => after + 1 + i);

const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constant("publish") },
    { weight: 4, arbitrary: fc.constant("up") },
    { weight: 6, arbitrary: fc.constant("down") },
    { weight: 2, arbitrary: fc.constant("cut") },
    { weight: 4, arbitrary: fc.constant("connect") },
    { weight: 1, arbitrary: fc.constant("resync") },
  ),
  { maxLength: 100, size: "max" },
);

describe("A page that follows a channel with history", () => {
  it.each([
    ["all is kept", Number.POSITIVE_INFINITY],
    ["little is kept", 4],
  ])("has the latest messages in order, without a gap, where %s", async (_, kept) => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const channel = new Channel(kept);
        const { Socket, made } = Wire.to(channel);
        const clock = new ManualClock();
        const reports: unknown[] = [];
        const onError = (error: unknown) => reports.push(error);
        const snorky = new Snorky(Socket, "", { pubsub: PubSub }, { clock, onError });
        const { pubsub } = snorky.services;
        const shown: number[] = [];
        pubsub.messagePublished.add(({ message }) => shown.push(message));
        pubsub.historyLost.add(({ messages }) =>
          shown.splice(0, shown.length, ...messages.map(({ message }) => message)),
        );
        const wire = () => made.at(-1) as Wire;
        const settle = () => {
          snorky.connect();
          while (wire().moveUp() || wire().moveDown()) {}
        };
        const subscribed = pubsub.subscribe({ channel: "c", history: 2 });
        settle();
        shown.unshift(...(await subscribed).messages.map(({ message }) => message));

        const act: Record<string, () => unknown> = {
          publish: () => channel.publish(),
          resync: () => channel.resync(),
          up: () => wire().moveUp(),
          down: () => wire().moveDown(),
          cut: () => wire().cut(),
          connect: () => snorky.connect(),
        };
        for (const step of sequence) {
          act[step]?.();
        }
        settle();
        snorky.disconnect();

        const [first = channel.published + 1] = shown;
        expect(shown).toEqual(range(first - 1, channel.published));
        expect(first <= 1 || kept === 4).toBe(true);
        expect(reports).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
