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
import { type Row, World } from "../support/world.js";

interface View {
  readonly shown: SnapshotCollection<Row>;
  subscription: LiveSubscription<Row[]>;
}

/** One page with a number of views, in a world of its own. */
class Page {
  readonly world = new World();
  readonly clock = new ManualClock();
  readonly views: View[];
  /** Whether the page throws when it should show data. */
  broken = false;
  private readonly snorky = new Snorky(
    this.world.Socket,
    "",
    { datasync: DataSync },
    { clock: this.clock, random: () => 0.5, onError: () => {} },
  );

  constructor(views: number) {
    this.views = Array.from({ length: views }, () => {
      const shown = new SnapshotCollection<Row>();
      return { shown, subscription: this.keepSynced(shown) };
    });
  }

  /** Stops one of the views and begins it again. */
  renew(view: View | undefined): void {
    if (view) {
      view.subscription.stop();
      view.subscription = this.keepSynced(view.shown);
    }
  }

  private keepSynced(shown: SnapshotCollection<Row>): LiveSubscription<Row[]> {
    return this.snorky.services.datasync.keepSynced({
      fetch: this.world.fetch,
      apply: (rows) => {
        if (this.broken) {
          throw new Error("broken");
        }
        shown.replace(rows);
      },
      processor: new CollectionDeltaProcessor({ M: shown }),
    });
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
    if (this.world.sockets[0]?.quiet ?? true) {
      for (const { shown, subscription } of this.views) {
        if (subscription.state.type === "live") {
          expect(new Map(shown.items.map((row) => [row.id, row]))).toEqual(this.world.table);
        }
      }
    }
  }

  get allLive(): boolean {
    return this.views.every(({ subscription }) => subscription.state.type === "live");
  }
}

async function microtasks(): Promise<void> {
  for (let i = 0; i < 10; i++) {
    await Promise.resolve();
  }
}

type Step = (page: Page) => void;

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ id: fc.nat(5), value: fc.nat(99) }).map(
      (row): Step =>
        ({ world }) =>
          world.put(row),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.nat(5).map(
      (id): Step =>
        ({ world }) =>
          world.remove(id),
    ),
  },
  { weight: 6, arbitrary: fc.constant<Step>(({ world }) => world.sockets[0]?.moveUp()) },
  { weight: 8, arbitrary: fc.constant<Step>(({ world }) => world.sockets[0]?.moveDown()) },
  {
    weight: 4,
    arbitrary: fc.nat(3).map(
      (n): Step =>
        ({ world }) =>
          world.answers[n]?.deliver(),
    ),
  },
  fc.constant<Step>(({ world }) => world.answers[0]?.fail()),
  fc.constant<Step>(({ world }) => world.sockets[0]?.cut()),
  fc.constant<Step>(({ world }) => world.expire()),
  fc.constant<Step>(({ world }) => world.restart()),
  fc.nat(40_000).map(
    (time): Step =>
      ({ clock }) =>
        clock.advance(time),
  ),
  fc.nat(2).map(
    (n): Step =>
      ({ views }) =>
        views[n]?.subscription.resync(),
  ),
);

describe("Data that is kept in sync", () => {
  it.each([1, 3])(
    "ends as the database, whatever happens on the way, in %i views",
    async (count) => {
      await fc.assert(
        fc.asyncProperty(fc.array(steps, { maxLength: 120, size: "max" }), async (steps) => {
          const page = new Page(count);

          for (const step of steps) {
            step(page);
            await microtasks();
          }
          page.broken = false;
          await page.settle();

          expect(page.allLive).toBe(true);
          for (const { shown } of page.views) {
            expect(new Map(shown.items.map((row) => [row.id, row]))).toEqual(page.world.table);
          }
        }),
        { numRuns: 300 },
      );
    },
  );
});
