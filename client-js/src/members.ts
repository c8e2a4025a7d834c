import { canonical } from "./canonical.js";

/** What became of an identity. */
export type Status = "joined" | "left";

/** Who is somewhere: identities, which are any JSON values. */
export class Members {
  private byText = new Map<string, unknown>();

  /** All of them. */
  all(): unknown[] {
    return [...this.byText.values()];
  }

  /** Somebody has come or gone. @returns whether that was news */
  set(identity: unknown, status: Status): boolean {
    const text = canonical(identity);
    if (status === "left") {
      return this.byText.delete(text);
    }
    const isNew = !this.byText.has(text);
    this.byText.set(text, identity);
    return isNew;
  }

  /** These are there now. Tells who else was before, and who was not. */
  replace(identities: readonly unknown[], tell: (identity: unknown, status: Status) => void): void {
    const before = this.byText;
    this.byText = new Map(identities.map((identity) => [canonical(identity), identity]));
    for (const identity of without(before, this.byText)) {
      tell(identity, "left");
    }
    for (const identity of without(this.byText, before)) {
      tell(identity, "joined");
    }
  }
}

function without(some: ReadonlyMap<string, unknown>, others: ReadonlyMap<string, unknown>) {
  return [...some].filter(([text]) => !others.has(text)).map(([, identity]) => identity);
}
