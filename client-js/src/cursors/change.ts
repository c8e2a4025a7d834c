import type { Snorky } from "../snorky.js";

/** What may be changed of a cursor of one's own. */
export interface CursorUpdate {
  /** Any JSON value; stays as it is if left out. */
  readonly position?: unknown;
  /** Any JSON value; stays as it is if left out. */
  readonly status?: unknown;
}

/** What is to be sent of a cursor, and those who wait for it to have arrived. */
export class Change {
  data: CursorUpdate = {};
  /** Kept when the server has this or something later. */
  readonly promise: Promise<void>;
  private settle: { resolve(value: undefined): void; reject(error: unknown): void }[] = [];

  constructor(snorky: Snorky) {
    this.promise = snorky.createPromise<undefined>((resolve, reject) => {
      this.settle.push({ resolve, reject });
    });
  }

  /** Takes what an older one was to do along; what is new counts. */
  absorb(older: Change): void {
    this.data = { ...older.data, ...this.data };
    this.settle.push(...older.settle);
    older.settle = [];
  }

  done(): void {
    for (const { resolve } of this.settle.splice(0)) {
      resolve(undefined);
    }
  }

  fail(error: unknown): void {
    for (const { reject } of this.settle.splice(0)) {
      reject(error);
    }
  }
}
