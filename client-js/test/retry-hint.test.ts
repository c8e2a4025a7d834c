import { describe, expect, it } from "vitest";
import { retryHint } from "../src/retry-hint.js";

describe("the hint of a server that stops", () => {
  it("says in how many milliseconds to come back", () => {
    expect(retryHint(1001, "retry-after-ms=0")).toBe(0);
    expect(retryHint(1001, "retry-after-ms=4711")).toBe(4711);
  });

  it.each([
    [1001, ""],
    [1001, "retry-after-ms="],
    [1001, "retry-after-ms=-1"],
    [1001, "retry-after-ms=99999999"],
    [1001, "please retry-after-ms=5"],
    [1006, "retry-after-ms=5"],
    [4402, "retry-after-ms=5"],
  ])("is not read from %i %j", (code, reason) => {
    expect(retryHint(code, reason)).toBeUndefined();
  });
});
