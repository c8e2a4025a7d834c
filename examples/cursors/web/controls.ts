import { clamped, type Point } from "./point.js";

const STEP = 0.02;
const LARGE_STEP = 0.1;

const DIRECTIONS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** What somebody does on the board, with a mouse, a finger or keys. */
export interface Actions {
  /** Where the own pointer is. */
  readonly position: Point;
  move(to: Point): void;
  ripple(): void;
}

/** Has a board listen. */
export function control(board: HTMLElement, actions: Actions): void {
  const follow = (event: PointerEvent) => {
    const { left, top, width, height } = board.getBoundingClientRect();
    const x = (event.clientX - left) / width;
    const y = (event.clientY - top) / height;
    actions.move(clamped({ x, y }));
  };
  board.addEventListener("pointermove", follow);
  board.addEventListener("pointerdown", (event) => {
    follow(event);
    actions.ripple();
  });
  board.addEventListener("keydown", (event) => {
    const direction = DIRECTIONS[event.key];
    if (direction) {
      const step = event.shiftKey ? LARGE_STEP : STEP;
      const { x, y } = actions.position;
      actions.move(clamped({ x: x + step * direction.x, y: y + step * direction.y }));
    } else if (event.key === "Enter" || event.key === " ") {
      actions.ripple();
    } else {
      return;
    }
    event.preventDefault(); // or the page scrolls
  });
}
