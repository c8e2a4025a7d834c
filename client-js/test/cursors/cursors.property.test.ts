import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CursorDocument, Cursors, type OwnCursor, Snorky } from "../../src/index.js";
import { ManualClock } from "../support/manual-clock.js";
import { Wire, type WireCall, type WireServer } from "../support/wire.js";

interface Place {
  readonly publicHandle: number;
  readonly document: string;
  readonly position: unknown;
  readonly status: unknown;
  readonly owner: string;
}

/** A server with one document: a page's cursors, by private handle, and those of somebody else's. */
class Sheet implements WireServer {
  own = new Map<number, Place>();
  readonly others = new Map<number, Place>();
  private joined: Wire | null = null;
  private handles = 1000;

  handle(wire: Wire, call: WireCall): void {
    const { command, params } = call.message;
    const { privateHandle, document, position, status } = params;
    if (command === "join") {
      this.joined = wire;
      wire.answer(call, { cursors: [...this.others.values(), ...this.own.values()] });
    } else if (command === "createCursor" && !this.own.has(privateHandle)) {
      const publicHandle = this.handles++;
      this.own.set(privateHandle, { publicHandle, document, position, status, owner: "me" });
      wire.answer(call, publicHandle);
    } else if (command === "updateCursor" && this.own.has(privateHandle)) {
      const before = this.own.get(privateHandle) as Place;
      this.own.set(privateHandle, { ...before, ...params.newData });
      wire.answer(call, null);
    } else if (command === "removeCursor" && this.own.delete(privateHandle)) {
      wire.answer(call, null);
    } else {
      wire.refuse(call, `bad ${command}`);
    }
  }

  left(): void {
    this.own.clear();
    this.joined = null;
  }

  /** Somebody else moves, comes or goes. */
  stir(publicHandle: number, position: number): void {
    const cursor = { publicHandle, document: "s", position, status: 0, owner: "ann" };
    const known = this.others.has(publicHandle);
    if (known && position === 0) {
      this.others.delete(publicHandle);
      this.tell("cursorRemoved", cursor);
    } else {
      this.others.set(publicHandle, cursor);
      this.tell(known ? "cursorUpdated" : "cursorAdded", cursor);
    }
  }

  private tell(type: string, cursor: Place): void {
    this.joined?.toClient("cursors", { type, cursor });
  }
}

interface Briefed {
  readonly publicHandle: number | undefined;
  readonly position: unknown;
  readonly status: unknown;
  readonly owner: unknown;
}

const number = fc.integer({ min: 0, max: 3 });
const steps = fc.array(
  fc.oneof(
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constantFrom("create", "remove", "cut", "connect"), number),
    },
    {
      weight: 3,
      arbitrary: fc.tuple(fc.constantFrom("move", "mark", "stir", "up", "down"), number),
    },
  ),
  { maxLength: 80, size: "max" },
);

/** A page with one document, and what it has been promised. */
class Page {
  readonly sheet = new Sheet();
  readonly reports: unknown[] = [];
  readonly promises: Promise<unknown>[] = [];
  private readonly wires = Wire.to(this.sheet);
  readonly snorky = new Snorky(
    this.wires.Socket,
    "",
    { cursors: Cursors },
    { clock: new ManualClock(), onError: (error) => this.reports.push(error) },
  );
  readonly own: OwnCursor[] = [];
  private stirred = 0;
  document: CursorDocument | null = null;

  get wire(): Wire {
    return this.wires.made.at(-1) as Wire;
  }

  async join(): Promise<void> {
    const joining = this.snorky.services.cursors.join({ document: "s" });
    this.settle();
    this.document = await joining;
  }

  act(step: string, n: number): void {
    const cursor = this.own[n % this.own.length];
    const act: Record<string, () => unknown> = {
      create: () => this.create(n),
      remove: () => cursor && this.promises.push(this.removal(cursor)),
      move: () => cursor && this.promises.push(cursor.update({ position: n })),
      mark: () => cursor && this.promises.push(cursor.update({ status: n })),
      stir: () => this.sheet.stir(n, this.stirred++ % 3),
      up: () => this.wire.moveUp(),
      down: () => this.wire.moveDown(),
      cut: () => this.wire.cut(),
      connect: () => this.snorky.connect(),
    };
    act[step]?.();
  }

  /** Lets everything arrive. */
  settle(): void {
    this.snorky.connect();
    while (this.wire.moveUp() || this.wire.moveDown()) {}
  }

  private create(n: number): void {
    const [cursor, created] = (this.document as CursorDocument).createCursor({ position: n });
    this.own.push(cursor);
    this.promises.push(created);
  }

  private removal(cursor: OwnCursor): Promise<void> {
    this.own.splice(this.own.indexOf(cursor), 1);
    return cursor.remove();
  }
}

describe("A page in a document", () => {
  it("and the server end with the same cursors, whatever happens on the way", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const page = new Page();
        await page.join();
        for (const [step, n] of sequence) {
          page.act(step, n);
        }
        page.settle();

        const there = [...page.sheet.own.values()].map(brief);
        expect(page.own.map((cursor) => brief({ ...cursor, owner: "me" }))).toEqual(
          expect.arrayContaining(there),
        );
        expect(there).toHaveLength(page.own.length);
        expect(page.own.every((cursor) => cursor.isSynchronized())).toBe(true);
        const foreign = page.document?.cursors.filter(({ isMine }) => !isMine) ?? [];
        expect(foreign.map(brief).sort()).toEqual(
          [...page.sheet.others.values()].map(brief).sort(),
        );
        await Promise.all(page.promises);
        expect(page.reports).toEqual([]);
        page.snorky.disconnect();
      }),
      { numRuns: 300 },
    );
  });
});

function brief({ publicHandle, position, status, owner }: Briefed): string {
  return JSON.stringify([publicHandle, position, status, owner]);
}
