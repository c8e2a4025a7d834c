import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CollectionDeltaProcessor,
  DataSync,
  type LiveSubscription,
  SnapshotCollection,
  Snorky,
} from "../../src/index.js";
import { ManualClock } from "../support/manual-clock.js";
import { type Item, type Row, World, type WorldOptions } from "../support/world.js";

interface View {
  readonly items: readonly Item[];
  readonly shown: SnapshotCollection<Row>;
  subscription: LiveSubscription<Row[]>;
}

const isLow = ({ value }: Row) => value < 50;
const isHigh = (row: Row) => !isLow(row);

const BY_VERSION = { versionOf: "version" };

const ALL: readonly Item[] = [{ sees: () => true }];
/** Sees some changes of one row as two deltas. */
const HALVES: readonly Item[] = [{ sees: isLow }, { sees: isHigh }];
const tagged = (tag: string, items: readonly Item[]) => items.map((item) => ({ ...item, tag }));

/** One page with some views, in a world of its own. */
class Page {
  readonly world: World;
  readonly clock = new ManualClock();
  readonly views: View[];
  /** Whether the page throws when it should show data. */
  broken = false;
  private readonly snorky: Snorky<{ datasync: typeof DataSync }>;

  constructor(options: WorldOptions, views: readonly (readonly Item[])[]) {
    this.world = new World(options);
    this.snorky = new Snorky(
      this.world.Socket,
      "",
      { datasync: DataSync },
      { clock: this.clock, random: () => 0.5, onError: () => {} },
    );
    this.views = views.map((items) => {
      const shown = new SnapshotCollection<Row>([], options.versions ? BY_VERSION : {});
      return { items, shown, subscription: this.keepSynced(items, shown) };
    });
  }

  /** Stops one of the views and begins it again. */
  renew(view: View | undefined): void {
    if (view) {
      view.subscription.stop();
      view.subscription = this.keepSynced(view.items, view.shown);
    }
  }

  private keepSynced(
    items: readonly Item[],
    shown: SnapshotCollection<Row>,
  ): LiveSubscription<Row[]> {
    return this.snorky.services.datasync.keepSynced({
      fetch: () => this.world.fetch(items),
      tag: items[0]?.tag,
      apply: (rows) => {
        if (this.broken) {
          throw new Error("broken");
        }
        shown.replace(rows);
      },
      processor: new CollectionDeltaProcessor({ M: shown }),
    });
  }

  /** Lets so many packets through, either way. */
  flow(count: number): void {
    const [socket] = this.world.sockets;
    for (let i = 0; i < count; i++) {
      socket?.moveUp();
      socket?.moveDown();
    }
  }

  /** Lets everything through until nothing moves any more. */
  async settle(): Promise<void> {
    const { world, clock } = this;
    let moved = true;
    while (moved) {
      await microtasks();
      const socket = world.sockets[0];
      moved = world.answers.length > 0 || clock.running > 0;
      world.answers[0]?.deliver();
      moved = socket?.moveUp() || socket?.moveDown() || moved;
      if (!socket || !this.allLive) {
        clock.advance(1000);
      } else if (world.answers.length === 0 && !moved) {
        return;
      }
    }
  }

  /** What is shown as live is what the database holds, once all packets are through. */
  check(): void {
    if (!this.world.sockets[0]?.underWay) {
      for (const { items, shown, subscription } of this.views) {
        if (subscription.state.type === "live") {
          expect(byId(shown.items)).toEqual(byId(this.world.seenBy(items)));
        }
      }
    }
  }

  get allLive(): boolean {
    return this.views.every(({ subscription }) => subscription.state.type === "live");
  }
}

function byId(rows: readonly Row[]): Map<number, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}

async function microtasks(): Promise<void> {
  for (let i = 0; i < 10; i++) {
    await Promise.resolve();
  }
}

/** For each kind of world. `RUNS=20000` looks closer. */
const RUNS = Number(process.env.RUNS ?? 200);

type Step = (page: Page) => void;

const one = (step: Step) => fc.constant(step);

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ id: fc.nat(3), value: fc.nat(99) }).map(
      (row): Step =>
        (page) =>
          page.world.put(row),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.nat(3).map(
      (id): Step =>
        (page) =>
          page.world.remove(id),
    ),
  },
  { weight: 8, arbitrary: one(({ world }) => world.sockets[0]?.moveUp()) },
  { weight: 12, arbitrary: one(({ world }) => world.sockets[0]?.moveDown()) },
  {
    weight: 8,
    arbitrary: fc.nat(12).map(
      (n): Step =>
        (page) =>
          page.flow(n),
    ),
  },
  { weight: 8, arbitrary: one(({ world }) => world.answers[0]?.deliver()) },
  { weight: 2, arbitrary: one(({ world }) => world.answers[1]?.deliver()) },
  { weight: 1, arbitrary: one(({ world }) => world.answers[0]?.fail()) },
  { weight: 4, arbitrary: one(({ world }) => world.sockets[0]?.cut()) },
  {
    weight: 8,
    arbitrary: fc.nat(1000).map(
      (time): Step =>
        (page) =>
          page.clock.advance(time),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.nat(40_000).map(
      (time): Step =>
        (page) =>
          page.clock.advance(time),
    ),
  },
  { weight: 4, arbitrary: one((page) => page.check()) },
  { weight: 1, arbitrary: one(({ world }) => world.expire()) },
  { weight: 1, arbitrary: one(({ world }) => world.restart()) },
  { weight: 3, arbitrary: one(({ world }) => world.announcePositions()) },
  {
    weight: 1,
    arbitrary: fc.nat(2).map(
      (n): Step =>
        (page) =>
          page.renew(page.views[n]),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.nat(2).map(
      (n): Step =>
        (page) =>
          page.views[n]?.subscription.resync(),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.boolean().map(
      (broken): Step =>
        (page) => {
          page.broken = broken;
        },
    ),
  },
);

describe("Data that is kept in sync", () => {
  it.each<[string, WorldOptions, (readonly Item[])[]]>([
    ["in a view", {}, [ALL]],
    ["in a view of two items", {}, [HALVES]],
    ["in three views of the same rows", { versions: true }, [ALL, ALL, ALL]],
    ["in three views, each with a tag", {}, tags()],
    ["with a short log", { logLimit: 9 }, [HALVES]],
    ["with a short log, in three views, each with a tag", { logLimit: 9 }, tags()],
    [
      "with a short log, in three views of the same rows",
      { versions: true, logLimit: 9 },
      [ALL, ALL, ALL],
    ],
    ["with an original server", { original: true }, [HALVES]],
    [
      "with an original server, in three views of the same rows",
      { original: true },
      [ALL, ALL, ALL],
    ],
  ])("ends as the database, whatever happens on the way, %s", async (_where, options, views) => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { maxLength: 120, size: "max" }), async (steps) => {
        const page = new Page(options, views);

        for (const step of steps) {
          step(page);
          await microtasks();
        }
        page.broken = false;
        await page.settle();

        expect(page.allLive && page.world.sockets[0]?.underWay === 0).toBe(true);
        page.check();
      }),
      { numRuns: RUNS },
    );
  });
});

function tags(): (readonly Item[])[] {
  return [tagged("all", ALL), tagged("low", [{ sees: isLow }]), tagged("halves", HALVES)];
}
