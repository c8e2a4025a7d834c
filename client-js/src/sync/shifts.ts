import { isRecord } from "../checks.js";
import { mayBeOne, nameOf } from "./element.js";

/** An element of a list that came (+1) or went (-1), so that those after it have other places. */
export interface Shift {
  readonly list: readonly string[];
  readonly index: number;
  readonly by: 1 | -1;
}

/**
 * The elements of lists that come and go from one state to the other, one after the other.
 *
 * @param path where the two are
 */
export function shiftsBetween(
  before: unknown,
  after: unknown,
  path: readonly string[] = [],
): Shift[] {
  const shifts: Shift[] = [];
  compare(before, after, path, shifts);
  return shifts;
}

function compare(before: unknown, after: unknown, path: readonly string[], out: Shift[]): void {
  if (before === after) {
    return;
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    compareLists(before, after, path, out);
  } else if (isRecord(before) && isRecord(after)) {
    for (const name of Object.keys(after).filter((member) => Object.hasOwn(before, member))) {
      compare(before[name], after[name], [...path, name], out);
    }
  }
}

function compareLists(
  before: readonly unknown[],
  after: readonly unknown[],
  list: readonly string[],
  out: Shift[],
): void {
  const { front, back } = sameEnds(before, after);
  const old = before.slice(front, before.length - back).map(nameOf);
  const now = after.slice(front, after.length - back).map(nameOf);
  const wasAt = new Map(old.map((name, i) => [name, i]));
  const willBeAt = new Map(now.map((name, i) => [name, i]));
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    const [here, there] = [old[i], now[j]];
    const goes = here !== undefined && !((willBeAt.get(here) ?? -1) >= j);
    const comes = there !== undefined && !((wasAt.get(there) ?? -1) >= i);
    const both = here !== undefined && there !== undefined;
    const place = front + j;
    if (both && (here === there || (goes && comes && mayBeOne(here, there)))) {
      compare(before[front + i++], after[front + j++], [...list, String(place)], out);
    } else if (here !== undefined && (goes || !comes)) {
      out.push({ list, index: place, by: -1 });
      i++;
    } else {
      out.push({ list, index: place, by: 1 });
      j++;
    }
  }
}

/** How many elements at the front and the back are the same, and say the same. */
function sameEnds(before: readonly unknown[], after: readonly unknown[]) {
  const shorter = Math.min(before.length, after.length);
  let front = 0;
  while (front < shorter && before[front] === after[front]) {
    front++;
  }
  let back = 0;
  while (back < shorter - front && before.at(-1 - back) === after.at(-1 - back)) {
    back++;
  }
  return { front, back };
}
