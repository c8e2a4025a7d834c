import type { Point } from "./point.js";
import { Pointer, type Size } from "./pointer.js";
import { ripple } from "./ripple.js";

/** A pause between frames counts as this long at most, in milliseconds. */
const LONGEST_FRAME = 100;
const STILL = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * Shows pointers. Each glides to where its owner last said it is: once a frame, all that are on
 * their way are moved, by `transform` only, so that nothing is laid out anew.
 */
export class Board {
  private readonly pointers = new Map<unknown, Pointer>();
  private readonly onTheWay = new Set<Pointer>();
  private size: Size = { width: 0, height: 0 };
  private lastFrame: number | null = null;

  constructor(readonly element: HTMLElement) {
    new ResizeObserver(([entry]) => {
      this.size = (entry as ResizeObserverEntry).contentRect;
      for (const pointer of this.pointers.values()) {
        pointer.place(this.size);
      }
    }).observe(element);
  }

  /** The names of those who are here, without repetition, sorted. */
  get names(): string[] {
    const names = new Set(Array.from(this.pointers.values(), ({ name }) => name));
    return [...names].sort((a, b) => a.localeCompare(b));
  }

  /** Adds a pointer under a handle. */
  add(handle: unknown, name: string, at: Point): Pointer {
    this.remove(handle);
    const pointer = new Pointer(name, at);
    this.pointers.set(handle, pointer);
    pointer.place(this.size);
    this.element.append(pointer.element);
    return pointer;
  }

  /** Has a pointer go somewhere: at once, or gliding there. */
  move(handle: unknown, to: Point, atOnce: boolean = STILL.matches): void {
    const pointer = this.pointers.get(handle);
    if (!pointer) {
      return;
    }
    pointer.moveTo(to);
    if (atOnce) {
      pointer.advance(Number.POSITIVE_INFINITY, this.size);
    } else {
      this.onTheWay.add(pointer);
      this.start();
    }
  }

  /** Shows a ripple where a pointer is going. */
  ripple(handle: unknown): void {
    const pointer = this.pointers.get(handle);
    if (pointer) {
      ripple(this.element, pointer, this.size, STILL.matches);
    }
  }

  remove(handle: unknown): void {
    const pointer = this.pointers.get(handle);
    if (pointer) {
      this.pointers.delete(handle);
      this.onTheWay.delete(pointer);
      pointer.element.remove();
    }
  }

  private start(): void {
    if (this.lastFrame === null) {
      this.lastFrame = performance.now();
      requestAnimationFrame(this.frame);
    }
  }

  private readonly frame = (now: number): void => {
    const elapsed = Math.min(now - (this.lastFrame ?? now), LONGEST_FRAME);
    this.lastFrame = now;
    for (const pointer of this.onTheWay) {
      if (!pointer.advance(Math.max(elapsed, 0), this.size)) {
        this.onTheWay.delete(pointer);
      }
    }
    if (this.onTheWay.size > 0) {
      requestAnimationFrame(this.frame);
    } else {
      this.lastFrame = null; // nothing moves: no frames are asked for
    }
  };
}
