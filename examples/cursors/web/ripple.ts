import type { Pointer, Size } from "./pointer.js";

const MILLIS = 900;

/** Shows a ring that grows where a pointer is going, and fades. */
export function ripple(board: HTMLElement, pointer: Pointer, size: Size, still: boolean): void {
  const { x, y } = pointer.target;
  const ring = document.createElement("div");
  ring.className = "ripple";
  ring.style.setProperty("--hue", pointer.element.style.getPropertyValue("--hue"));
  board.append(ring);
  const place = `translate(${x * size.width}px, ${y * size.height}px)`;
  const animation = ring.animate(
    [
      { transform: `${place} scale(${still ? 1 : 0.2})`, opacity: 0.9 },
      { transform: `${place} scale(1)`, opacity: 0 },
    ],
    { duration: MILLIS, easing: "ease-out" },
  );
  animation.onfinish = () => ring.remove();
}
