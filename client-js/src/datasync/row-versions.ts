import type { Delta, UpdateDelta } from "./delta.js";
import { type IdOf, memberFunction } from "./equality.js";

/** Where a row has its version: the name of a member, or a function. Undefined where it has none. */
// biome-ignore lint/suspicious/noExplicitAny: pages know their rows
export type VersionOf = string | ((row: any) => number | undefined);

/** How many deleted rows are remembered, in each collection. */
export const TOMBSTONES = 10_000;

/** @throws TypeError that says what would be right */
export function versionFunction(versionOf: VersionOf | undefined): (row: unknown) => unknown {
  if (versionOf === undefined || typeof versionOf === "function") {
    return versionOf ?? (() => undefined);
  }
  return memberFunction("versionOf", versionOf);
}

/**
 * The version that each row was last seen in. Web applications of several processes may publish
 * changes of one row in another order than they were made; what is older is no news.
 */
export class RowVersions {
  private readonly present = new Map<unknown, number>();
  /** Rows that were deleted, the oldest first. */
  private readonly gone = new Map<unknown, number>();

  /** @param versionOf gives the version of a row that came without a delta */
  constructor(
    private readonly idOf: IdOf,
    private readonly versionOf: (row: unknown) => unknown = () => undefined,
  ) {}

  /** Forgets all rows but these. */
  reset(rows: Iterable<unknown>): void {
    this.present.clear();
    this.gone.clear();
    for (const row of rows) {
      const version = this.versionOf(row);
      if (typeof version === "number") {
        this.present.set(this.idOf(row), version);
      }
    }
  }

  /**
   * What a delta has that is new, which is noted: nearly always all of it, or nothing. A delta
   * without a version is always new. Of an update that gave a row another id, one half may be.
   */
  newsIn(delta: Delta): Delta | undefined {
    const { version } = delta;
    if (version === undefined) {
      return delta;
    }
    switch (delta.type) {
      case "insert":
        return this.comes(delta.data, version) ? delta : undefined;
      case "delete":
        return this.goes(delta.data, version) ? delta : undefined;
      case "update":
        return this.newsInUpdate(delta, version);
    }
  }

  private newsInUpdate(delta: UpdateDelta, version: number): Delta | undefined {
    const { model, oldData, newData } = delta;
    const renamed = this.idOf(oldData) !== this.idOf(newData);
    const goes = renamed && this.goes(oldData, version);
    const comes = this.comes(newData, version);
    if (comes) {
      return renamed && !goes ? { type: "insert", model, data: newData, version } : delta;
    }
    return goes ? { type: "delete", model, data: oldData, version } : undefined;
  }

  private comes(row: unknown, version: number): boolean {
    const id = this.idOf(row);
    if (id === undefined) {
      return true;
    }
    if (this.isOld(id, version)) {
      return false;
    }
    this.gone.delete(id);
    this.present.set(id, version);
    return true;
  }

  private goes(row: unknown, version: number): boolean {
    const id = this.idOf(row);
    if (id === undefined) {
      return true;
    }
    if (this.isOld(id, version)) {
      return false;
    }
    this.present.delete(id);
    this.gone.delete(id); // comes last again
    this.gone.set(id, version);
    if (this.gone.size > TOMBSTONES) {
      this.gone.delete(this.gone.keys().next().value);
    }
    return true;
  }

  private isOld(id: unknown, version: number): boolean {
    return version < (this.present.get(id) ?? this.gone.get(id) ?? 0);
  }
}
