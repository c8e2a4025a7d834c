/** A place on the board: from 0, left or top, to 1, right or bottom. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export const MIDDLE: Point = { x: 0.5, y: 0.5 };

export function clamped({ x, y }: Point): Point {
  return { x: Math.min(Math.max(x, 0), 1), y: Math.min(Math.max(y, 0), 1) };
}

/** What somebody says their position is, which may be anything. */
export function pointIn(position: unknown): Point {
  const { x, y } = (position ?? {}) as Record<string, unknown>;
  const isPoint = Number.isFinite(x) && Number.isFinite(y);
  return isPoint ? clamped({ x: x as number, y: y as number }) : MIDDLE;
}
