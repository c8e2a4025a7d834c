import { describe, expect, it, vi } from "vitest";
import { ArrayCollection, CollectionDeltaProcessor, type Delta } from "../../src/index.js";

const insert = (model: string, data: unknown, tag?: string): Delta => ({
  type: "insert",
  model,
  data,
  ...(tag === undefined ? {} : { tag }),
});

describe("A delta processor", () => {
  it("chooses the collection by model", () => {
    const players: unknown[] = [];
    const teams: unknown[] = [];
    const processor = new CollectionDeltaProcessor({ Player: new ArrayCollection(players) });
    processor.collections.Team = new ArrayCollection(teams);

    processor.processDelta(insert("Player", { id: 1 }));
    processor.processDelta(insert("Team", { id: 2 }));

    expect(players).toEqual([{ id: 1 }]);
    expect(teams).toEqual([{ id: 2 }]);
  });

  it("chooses by tag where a model has several collections", () => {
    const red: unknown[] = [];
    const blue: unknown[] = [];
    const processor = new CollectionDeltaProcessor({
      Player: { red: new ArrayCollection(red), blue: new ArrayCollection(blue) },
    });

    processor.processDelta(insert("Player", { id: 1 }, "red"));
    processor.processDelta(insert("Player", { id: 2 }, "blue"));

    expect(red).toEqual([{ id: 1 }]);
    expect(blue).toEqual([{ id: 2 }]);
  });

  it.each([
    [insert("Team", 1), "there is no collection for the model Team"],
    [insert("constructor", 1), "there is no collection for the model constructor"],
    [insert("Player", 1), "there is no collection for the model Player"],
    [insert("Player", 1, "green"), "for the model Player and the tag green"],
  ])("logs and ignores %j", (delta, message) => {
    const log = vi.spyOn(console, "warn").mockImplementation(() => {});
    const red: unknown[] = [];
    const processor = new CollectionDeltaProcessor({ Player: { red: new ArrayCollection(red) } });

    processor.processDelta(delta);

    expect(processor.handles(delta)).toBe(false);
    expect(log).toHaveBeenCalledWith(expect.stringContaining(message));
    expect(red).toEqual([]);
  });

  it("asks the page which rows are the same, and says for which delta", () => {
    const itemsAreEqual = vi.fn((a, b) => a.key.join() === b.key.join());
    const items = [{ key: [1, 2], n: 1 }];
    const processor = new CollectionDeltaProcessor(
      { Item: new ArrayCollection(items) },
      { itemsAreEqual },
    );
    const delta = insert("Item", { key: [1, 2], n: 2 });

    processor.processDelta(delta);

    expect(items).toEqual([{ key: [1, 2], n: 2 }]);
    expect(itemsAreEqual.mock.calls[0]).toEqual([
      { key: [1, 2], n: 1 },
      { key: [1, 2], n: 2 },
      delta,
    ]);
  });
});
