import { describe, expect, it } from "vitest";
import { Backoff } from "../src/backoff.js";

describe("A backoff", () => {
  it("waits up to a ceiling that doubles until it is the longest", () => {
    const backoff = new Backoff({ minDelay: 100, maxDelay: 500 }, () => 0.999, "retry");

    const waits = Array.from({ length: 5 }, () => backoff.next());

    expect(waits).toEqual([99, 199, 399, 499, 499]);
    expect(backoff.attempts).toBe(5);
  });

  it("spreads waits over the whole range", () => {
    const numbers = [0, 0.25, 0.999];
    const backoff = new Backoff({ minDelay: 100, factor: 1 }, () => numbers.shift() ?? 0, "retry");

    expect([backoff.next(), backoff.next(), backoff.next()]).toEqual([0, 25, 99]);
  });

  it("begins anew after a success, and never overflows", () => {
    const backoff = new Backoff({ factor: 1e9 }, () => 0.5, "retry");
    for (let i = 0; i < 100; i++) {
      expect(backoff.next()).toBeLessThanOrEqual(15_000);
    }

    backoff.reset();

    expect(backoff.next()).toBe(250);
  });
});
