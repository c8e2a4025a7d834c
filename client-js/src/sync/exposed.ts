import { isRecord } from "../checks.js";
import type { ExposedActions } from "./actions.js";

/** What the server may call of an object in the page. */
export class Exposed {
  /** Takes what nobody has registered, and says whether it knew it. */
  catchAll: ((action: { type: string }) => boolean) | null = null;
  private readonly byName = new Map<string, ExposedActions[string]>();

  constructor(private readonly key: string) {}

  /**
   * @returns takes them out
   * @throws Error if one of the names is taken; none is registered then
   */
  register(actions: ExposedActions): () => void {
    const taken = Object.keys(actions).find((name) => this.byName.has(name));
    if (taken !== undefined) {
      throw new Error(`The action ${taken} of ${this.key} is exposed already (expected: once)`);
    }
    for (const [name, action] of Object.entries(actions)) {
      this.byName.set(name, action);
    }
    return () => {
      for (const [name, action] of Object.entries(actions)) {
        if (this.byName.get(name) === action) {
          this.byName.delete(name);
        }
      }
    };
  }

  /** Calls what an event is for. */
  call(data: unknown): void {
    if (!isRecord(data) || typeof data.type !== "string") {
      throw new TypeError(`_ACTION:${this.key}: its data is malformed (expected: a "type")`);
    }
    const { type, ...args } = data;
    const action = this.byName.get(type as string);
    if (action) {
      action(args);
    } else if (!this.catchAll?.(data as { type: string })) {
      throw new Error(`${type} (expected: an action that the page exposes)`);
    }
  }
}
