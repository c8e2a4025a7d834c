import { Glide } from "./glide.js";
import type { Point } from "./point.js";

const ARROW = "M1 1 L1 17 L5.5 13 L8.5 20 L11.5 18.7 L8.5 12 L14.5 12 Z";
const SVG = "http://www.w3.org/2000/svg";

/** The size of the board, in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Somebody's pointer on the board: an arrow with a name. */
export class Pointer {
  readonly element = document.createElement("div");
  private readonly glide: Glide;

  constructor(
    readonly name: string,
    private goal: Point,
  ) {
    this.glide = new Glide(goal);
    this.element.className = "pointer";
    this.element.ariaHidden = "true"; // the list of people says who is here
    this.element.dataset.name = name;
    this.element.style.setProperty("--hue", hueOf(name));
    const tag = document.createElement("span");
    tag.textContent = name;
    this.element.append(arrow(), tag);
  }

  get target(): Point {
    return this.goal;
  }

  /** Sets where it should be; `advance` takes it there. */
  moveTo(goal: Point): void {
    this.goal = goal;
    this.glide.to(goal);
  }

  /** Moves on for some time in milliseconds. Gives false if it is where it should be. */
  advance(elapsed: number, board: Size): boolean {
    const isOnTheWay = this.glide.advance(elapsed);
    this.place(board);
    return isOnTheWay;
  }

  /** Shows it where it is. */
  place({ width, height }: Size): void {
    const { x, y } = this.glide.now;
    this.element.style.transform = `translate(${x * width}px, ${y * height}px)`;
    this.element.classList.toggle("flipped", x > 0.8);
  }
}

/** A colour for a name: the same on all pages. */
export function hueOf(name: string): string {
  let hash = 0;
  for (const character of name) {
    hash = (hash * 31 + (character.codePointAt(0) as number)) % 360;
  }
  return String((hash * 137) % 360);
}

function arrow(): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 16 22");
  path.setAttribute("d", ARROW);
  svg.append(path);
  return svg;
}
