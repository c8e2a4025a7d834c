import { describe, expect, it, vi } from "vitest";
import { Glide } from "../glide.js";
import { Paced } from "../paced.js";
import { MIDDLE, pointIn } from "../point.js";

describe("what glides", () => {
  it("comes nearer with each frame, never beyond, and arrives", () => {
    const glide = new Glide({ x: 0, y: 0 });
    glide.to({ x: 1, y: 0.5 });
    let before = 0;
    let frames = 0;
    while (glide.advance(16)) {
      expect(glide.now.x).toBeGreaterThan(before);
      expect(glide.now.x).toBeLessThan(1);
      before = glide.now.x;
      frames++;
    }
    expect(glide.now).toEqual({ x: 1, y: 0.5 });
    expect(frames).toBeLessThan(60);
  });

  it("is as far after one long frame as after many short ones", () => {
    const [long, short] = [0, 0].map(() => new Glide({ x: 0, y: 0 })) as [Glide, Glide];
    long.to({ x: 1, y: 1 });
    short.to({ x: 1, y: 1 });
    long.advance(80);
    for (let i = 0; i < 10; i++) {
      short.advance(8);
    }
    expect(long.now.x).toBeCloseTo(short.now.x, 10);
  });
});

describe("what is paced", () => {
  it("goes on at once, then at most once in a while, and ends with the latest", () => {
    vi.useFakeTimers();
    const sent: number[] = [];
    const paced = new Paced<number>(50, (value) => sent.push(value));
    for (let i = 0; i <= 10; i++) {
      paced.set(i);
      vi.advanceTimersByTime(10);
    }
    expect(sent).toEqual([0, 4, 9]);
    vi.runAllTimers();
    expect(sent).toEqual([0, 4, 9, 10]);
    vi.useRealTimers();
  });
});

describe("a position", () => {
  it.each([
    [
      { x: 0.25, y: 1 },
      { x: 0.25, y: 1 },
    ],
    [
      { x: -3, y: 7 },
      { x: 0, y: 1 },
    ],
    [{ x: "1", y: 0 }, MIDDLE],
    [{ x: 0 }, MIDDLE],
    [null, MIDDLE],
    ["left", MIDDLE],
  ])("may be anything: %j", (position, point) => {
    expect(pointIn(position)).toEqual(point);
  });
});
