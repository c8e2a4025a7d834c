import {
  CollectionDeltaProcessor,
  type Delta,
  type ItemsAreEqual,
  SnapshotCollection,
} from "snorky";
import type { Task } from "./task.js";

/**
 * The tasks as the web application has them. They come from three sides that may overtake each
 * other: the whole list, deltas, and answers to this page's own requests. So a state that is older
 * than the one that is here is ignored, and what was deleted while a request was on its way does
 * not come back with its answer.
 */
export class SavedTasks extends SnapshotCollection<Task> {
  /** Applies deltas to these tasks. */
  readonly processor = new CollectionDeltaProcessor({ Task: this });
  /** Whether there was a list yet. */
  loaded = false;
  /** Whether the list was replaced since `watch` was called. */
  replacedMeanwhile = false;
  private deletedMeanwhile = new Set<string>();

  /** Call it before a request whose answer will be given to `merge`. */
  watch(): void {
    this.replacedMeanwhile = false;
    this.deletedMeanwhile = new Set();
  }

  /** Takes over tasks as an answer has them. */
  merge(tasks: readonly Task[]): void {
    for (const task of tasks) {
      if (!this.deletedMeanwhile.has(task.id)) {
        this.processor.processDelta({ type: "insert", model: "Task", data: task });
      }
    }
  }

  /** Takes out tasks that are deleted. */
  drop(ids: readonly string[]): void {
    for (const id of ids) {
      this.processor.processDelta({ type: "delete", model: "Task", data: { id } });
    }
  }

  override replace(rows: Iterable<unknown>): void {
    const before = this.items;
    this.loaded = true;
    super.replace(rows);
    const now = new Set(this.items.map((task) => task.id));
    for (const { id } of before) {
      if (!now.has(id)) {
        this.deletedMeanwhile.add(id);
      }
    }
    this.replacedMeanwhile = true;
  }

  override applyDelta(delta: Delta, itemsAreEqual: ItemsAreEqual): void {
    if (delta.type === "delete") {
      this.deletedMeanwhile.add((delta.data as Task).id);
    } else if (this.isOld((delta.type === "insert" ? delta.data : delta.newData) as Task)) {
      return;
    }
    super.applyDelta(delta, itemsAreEqual);
  }

  private isOld({ id, version }: Task): boolean {
    const known = this.items.find((task) => task.id === id);
    return known !== undefined && known.version >= version;
  }
}
