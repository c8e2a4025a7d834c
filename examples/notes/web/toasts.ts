import type { Toaster } from "snorky/sync";

/** A short message to the user. */
export interface Toast {
  readonly id: number;
  readonly kind: "info" | "success" | "warning" | "error";
  readonly text: string;
}

/** What there is to say. Another object after each change. */
export interface Said {
  readonly toasts: readonly Toast[];
  /** Why the server has hung up for good; null: it has not. */
  readonly goodBye: string | null;
}

const SHOWN = 4;

/** The page's short messages: a store for React's `useSyncExternalStore`. */
export class Toasts {
  private said: Said = { toasts: [], goodBye: null };
  private count = 0;
  private readonly listeners = new Set<() => void>();

  /** What the client and the server show messages with. A good-bye comes as one that stays. */
  readonly toaster: Toaster = Object.assign((text: string) => this.add("info", text), {
    success: (text: string) => this.add("success", text),
    warning: (text: string) => this.add("warning", text),
    error: (text: string) => this.add("error", text),
    loading: (text: string) => this.say({ ...this.said, goodBye: text }),
  });

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getSaid = (): Said => this.said;

  readonly dismiss = (id: number): void => {
    const toasts = this.said.toasts.filter((toast) => toast.id !== id);
    this.say({ ...this.said, toasts });
  };

  /** There is another connection. */
  readonly forgetGoodBye = (): void => this.say({ ...this.said, goodBye: null });

  private add(kind: Toast["kind"], text: string): void {
    const toast = { id: ++this.count, kind, text };
    this.say({ ...this.said, toasts: [...this.said.toasts, toast].slice(-SHOWN) });
  }

  private say(said: Said): void {
    this.said = said;
    for (const listener of this.listeners) {
      listener();
    }
  }
}
