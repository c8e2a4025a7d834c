import { applyPatch, type Operation } from "../../src/sync/index.js";
import { type Frame, SyncServer } from "./sync-server.js";

/** An entry of a shared list; no two have the same key. */
export interface Entry {
  readonly key: string;
  text: string;
}

/** What the clients of a merging server edit together. */
export interface Shared {
  title: string;
  entries: Entry[];
}

/**
 * A server that knows entries by their keys, and so says without any indices what becomes of a patch
 * that was made for an older revision. It makes texts lower case, and replaces lists where that is shorter.
 */
export class MergingServer extends SyncServer {
  /** Keys of entries in patches that were refused. */
  readonly refused = new Set<string>();
  /** Whether the next write is refused. */
  refuses = () => false;
  private readonly past = new Map<number, Shared>();

  constructor(start: Shared) {
    super("NOTES", start, "rebase");
    this.past.set(this.v, start);
  }

  get shared(): Shared {
    return this.state as Shared;
  }

  override handle(...args: Parameters<SyncServer["handle"]>): void {
    super.handle(...args);
    this.past.set(this.v, this.shared);
  }

  override change(next: object): void {
    super.change(next);
    this.past.set(this.v, this.shared);
  }

  protected override between(before: object, after: object): Operation[] {
    const [old, now] = [before as Shared, after as Shared];
    const title: Operation = { op: "replace", path: "/title", value: now.title };
    const all: Operation = { op: "replace", path: "/entries", value: now.entries };
    const each = steps(old.entries, now.entries);
    const entries = each.length > now.entries.length ? [all] : each;
    return [...(old.title === now.title ? [] : [title]), ...entries];
  }

  protected override merged({ data, v = 0 }: Frame): Shared {
    const old = this.past.get(v) as Shared;
    const wanted = applyPatch(old, data);
    if (this.refuses()) {
      for (const { key } of wanted.entries) {
        this.refused.add(key);
      }
      throw new Error("not today");
    }
    return {
      title: (wanted.title === old.title ? this.shared : wanted).title,
      entries: mergedEntries(old.entries, wanted.entries, this.shared.entries),
    };
  }
}

function steps(before: readonly Entry[], after: readonly Entry[]): Operation[] {
  const isIn = (entries: readonly Entry[], { key }: Entry) => entries.some((e) => e.key === key);
  const removals = before.flatMap((entry, i): Operation[] =>
    isIn(after, entry) ? [] : [{ op: "remove", path: `/entries/${i}` }],
  );
  const others = after.flatMap((entry, i): Operation[] => {
    const old = before.find(({ key }) => key === entry.key);
    if (!old) {
      return [{ op: "add", path: `/entries/${i}`, value: entry }];
    }
    const isSame = old.text === entry.text;
    return isSame ? [] : [{ op: "replace", path: `/entries/${i}/text`, value: entry.text }];
  });
  return [...removals.reverse(), ...others];
}

function mergedEntries(old: Entry[], wanted: Entry[], now: Entry[]): Entry[] {
  const texts = new Map(old.map(({ key, text }) => [key, text]));
  const wantedKeys = new Set(wanted.map(({ key }) => key));
  const result = now.filter(({ key }) => wantedKeys.has(key) || !texts.has(key));
  wanted.forEach((entry, i) => {
    const { key, text } = entry;
    const at = result.findIndex((other) => other.key === key);
    const here = { ...entry, text: text.toLowerCase() };
    if (at >= 0 && text !== texts.get(key)) {
      result[at] = here;
    } else if (at < 0 && !texts.has(key)) {
      const place = (other: Entry) => result.findIndex((e) => e.key === other.key);
      result.splice(Math.max(-1, ...wanted.slice(0, i).map(place)) + 1, 0, here);
    }
  });
  return result;
}
