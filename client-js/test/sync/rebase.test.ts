import { describe, expect, it } from "vitest";
import type { Operation, Shift } from "../../src/sync/index.js";
import { rebase } from "../../src/sync/rebase.js";

const came = (index: number): Shift => ({ list: ["l"], index, by: 1 });
const went = (index: number): Shift => ({ list: ["l"], index, by: -1 });

describe("Operations that are moved to where their elements are now", () => {
  it.each<[string, Operation[], Shift[], Operation[]]>([
    [
      "do not remove what was added right before, when others removed what was behind it",
      [
        { op: "add", path: "/l/1", value: "x" },
        { op: "remove", path: "/l/2" },
      ],
      [went(0), went(0)],
      [{ op: "add", path: "/l/0", value: "x" }],
    ],
    [
      "remove what was added right before, also when others added two before it",
      [
        { op: "add", path: "/l/0", value: "x" },
        { op: "remove", path: "/l/0" },
      ],
      [came(0), came(1)],
      [
        { op: "add", path: "/l/2", value: "x" },
        { op: "remove", path: "/l/2" },
      ],
    ],
    [
      "follow what comes after an element that both removed",
      [
        { op: "remove", path: "/l/0" },
        { op: "replace", path: "/l/1", value: "x" },
      ],
      [went(0), came(0), went(1)],
      [{ op: "replace", path: "/l/1", value: "x" }],
    ],
    [
      "stay where they are in a list that they put there themselves",
      [
        { op: "replace", path: "/l", value: ["x", "y"] },
        { op: "remove", path: "/l/1" },
      ],
      [came(0), went(2)],
      [
        { op: "replace", path: "/l", value: ["x", "y"] },
        { op: "remove", path: "/l/1" },
      ],
    ],
  ])("%s", (_, operations, over, expected) => {
    expect(rebase(operations, over).operations).toEqual(expected);
  });
});
