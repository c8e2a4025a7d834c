import type { Change } from "./change.js";
import { SavedTasks } from "./saved-tasks.js";
import type { Task } from "./task.js";

/** A change that was not saved, and why. */
export interface Failure {
  readonly change: Change;
  readonly reason: string;
}

/** What the page shows. The same object until something else is to be shown. */
export interface ListView {
  /** False until there is a list to show. */
  readonly loaded: boolean;
  /** In the order of creation: what is saved, and on top what is being saved. */
  readonly tasks: readonly Task[];
  /** Changes that were not saved; their effect is not among the tasks. */
  readonly failures: readonly Failure[];
}

/**
 * The list that the user works on. A change shows at once and is then saved; until its answer is
 * here it is laid over the saved tasks, whatever happens to these meanwhile. Changes are saved one
 * after the other, so that they arrive in the order in which they were made.
 */
export class TaskList {
  readonly saved = new SavedTasks();
  private unsaved: readonly Change[] = [];
  private failures: readonly Failure[] = [];
  private view: ListView | null = null;
  private readonly listeners = new Set<() => void>();
  private saving = false;

  /** @param resync fetches the tasks anew */
  constructor(private readonly resync: () => void) {
    this.saved.subscribe(() => this.changed());
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getView = (): ListView => {
    this.view ??= {
      loaded: this.saved.loaded,
      tasks: this.tasks(),
      failures: this.failures,
    };
    return this.view;
  };

  /** Whether closing the page would lose something. */
  get isUnsaved(): boolean {
    return this.unsaved.length > 0 || this.failures.length > 0;
  }

  /** Shows a change and saves it. */
  readonly make = (change: Change): void => {
    this.unsaved = [...this.unsaved, change];
    this.changed();
    void this.saveAll();
  };

  /** Makes the failed changes again. */
  readonly retry = (): void => {
    const { failures } = this;
    this.dismiss();
    for (const { change } of failures) {
      this.make(change);
    }
  };

  /** Forgets the failed changes. */
  readonly dismiss = (): void => {
    this.failures = [];
    this.changed();
  };

  private async saveAll(): Promise<void> {
    if (this.saving) {
      return;
    }
    this.saving = true;
    for (let change = this.unsaved[0]; change; change = this.unsaved[0]) {
      await this.save(change);
    }
    this.saving = false;
  }

  private async save(change: Change): Promise<void> {
    this.saved.watch();
    try {
      const { saved, deleted } = await change.save();
      this.unsaved = this.unsaved.slice(1);
      this.saved.merge(saved);
      this.saved.drop(deleted);
      if (this.saved.replacedMeanwhile) {
        this.resync(); // the new list may be older than the answer, or the answer than the list
      }
    } catch (error) {
      this.unsaved = this.unsaved.slice(1);
      this.failures = [...this.failures, { change, reason: (error as Error).message }];
    }
    this.changed();
  }

  private tasks(): readonly Task[] {
    const saved = this.saved.items.toSorted((one, other) => one.number - other.number);
    return this.unsaved.reduce<readonly Task[]>((tasks, change) => change.apply(tasks), saved);
  }

  private changed(): void {
    this.view = null;
    for (const listener of this.listeners) {
      listener();
    }
  }
}
