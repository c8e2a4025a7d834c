import type { IdOf } from "./equality.js";

/**
 * Where the row with an id was seen last in a list. Each answer is checked against the list, so the
 * list may change in any way in between; where the guess is wrong the row is looked for.
 */
export class IdentityIndex {
  private readonly hints = new Map<unknown, number>();
  /** Whether a row that is not noted is not there. */
  private complete: boolean;

  /** @param exclusive whether all changes of the list are noted here */
  constructor(
    private readonly idOf: IdOf,
    private readonly exclusive: boolean,
  ) {
    this.complete = exclusive;
  }

  /** The place of the row with this id; -1 if there is none. */
  locate(list: readonly unknown[], id: unknown): number {
    const hint = this.hints.get(id);
    if (id === undefined || (hint === undefined && this.complete)) {
      return -1;
    }
    const place = this.search(list, id, hint ?? -1);
    if (place < 0) {
      this.hints.delete(id);
    } else {
      this.hints.set(id, place);
    }
    return place;
  }

  /** Notes the row that came to this place. */
  add(list: readonly unknown[], place: number): void {
    const id = this.idOf(list[place]);
    if (id === undefined) {
      return;
    }
    if (this.hints.has(id)) {
      this.complete = false; // two rows of one id: when one goes, the other is not noted
    }
    if (!this.exclusive && this.hints.size > 2 * list.length + 16) {
      this.hints.clear(); // full of rows that others have taken out
    }
    this.hints.set(id, place);
  }

  /** Notes all rows of the list and forgets all others. */
  addAll(list: readonly unknown[]): void {
    this.hints.clear();
    this.complete = this.exclusive;
    for (let place = 0; place < list.length; place++) {
      this.add(list, place);
    }
  }

  /** Forgets a row that was taken out. */
  forget(row: unknown): void {
    this.hints.delete(this.idOf(row));
  }

  /** Looks at the hint, then below it, where rows end up when others are taken out, then above. */
  private search(list: readonly unknown[], id: unknown, hint: number): number {
    for (let place = Math.min(hint, list.length - 1); place >= 0; place--) {
      if (this.idOf(list[place]) === id) {
        return place;
      }
    }
    for (let place = hint + 1; place < list.length; place++) {
      if (this.idOf(list[place]) === id) {
        return place;
      }
    }
    return -1;
  }
}
