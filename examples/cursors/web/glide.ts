import type { Point } from "./point.js";

/** In this time two thirds of the way are made, in milliseconds; a little more than between updates. */
const PACE = 60;
/** Nearer than that is there: a fraction of the board's width. */
const THERE = 0.0005;

/** Where something is that glides to where it should be. */
export class Glide {
  constructor(
    private point: Point,
    private goal: Point = point,
  ) {}

  get now(): Point {
    return this.point;
  }

  /** Sets where it should be. */
  to(goal: Point): void {
    this.goal = goal;
  }

  /**
   * Goes on for some time, in milliseconds: quickly first, then more and more slowly.
   *
   * @returns false if it is where it should be
   */
  advance(elapsed: number): boolean {
    const { point, goal } = this;
    const rest = Math.exp(-elapsed / PACE);
    const x = goal.x + (point.x - goal.x) * rest;
    const y = goal.y + (point.y - goal.y) * rest;
    const isThere = Math.abs(x - goal.x) + Math.abs(y - goal.y) < THERE;
    this.point = isThere ? goal : { x, y };
    return !isThere;
  }
}
