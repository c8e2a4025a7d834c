import { newId } from "../../shared-web/new-id.js";
import { ApiError, addTask, changeTask, completeAll, deleteCompleted, deleteTask } from "./api.js";
import type { Task } from "./task.js";

/** What the web application says a change has come to. */
export interface Outcome {
  readonly saved: readonly Task[];
  readonly deleted: readonly string[];
}

/** Something the user does to the list. Saving it twice does the same as saving it once. */
export interface Change {
  /** What it is about, for messages. */
  readonly label: string;
  /** The list as it will be when the change is saved. */
  apply(tasks: readonly Task[]): readonly Task[];
  save(): Promise<Outcome>;
}

export function adding(title: string): Change {
  const task = {
    id: newId(),
    number: Number.MAX_SAFE_INTEGER,
    title,
    completed: false,
    version: 0,
  };
  return {
    label: `“${title}”`,
    apply: (tasks) => (tasks.some(({ id }) => id === task.id) ? tasks : [...tasks, task]),
    save: async () => saved([await addTask(task.id, title)]),
  };
}

export function renaming(task: Task, title: string): Change {
  return changing(task, `“${title}”`, { title });
}

export function completing(task: Task, completed: boolean): Change {
  return changing(task, `“${task.title}”`, { completed });
}

export function deleting({ id, title }: Task): Change {
  return {
    label: `Deleting “${title}”`,
    apply: (tasks) => tasks.filter((task) => task.id !== id),
    save: async () => {
      await deleteTask(id);
      return deleted([id]);
    },
  };
}

export function completingAll(completed: boolean): Change {
  return {
    label: completed ? "Completing all tasks" : "Reopening all tasks",
    apply: (tasks) => tasks.map((task) => ({ ...task, completed })),
    save: async () => saved(await completeAll(completed)),
  };
}

export function clearingCompleted(): Change {
  return {
    label: "Clearing the completed tasks",
    apply: (tasks) => tasks.filter((task) => !task.completed),
    save: async () => deleted((await deleteCompleted()).map(({ id }) => id)),
  };
}

function changing(
  { id }: Task,
  label: string,
  fields: { title?: string; completed?: boolean },
): Change {
  return {
    label,
    apply: (tasks) => tasks.map((task) => (task.id === id ? { ...task, ...fields } : task)),
    save: async () => {
      try {
        return saved([await changeTask(id, fields)]);
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) {
          return deleted([id]); // somebody else was faster
        }
        throw error;
      }
    },
  };
}

function saved(tasks: readonly Task[]): Outcome {
  return { saved: tasks, deleted: [] };
}

function deleted(ids: readonly string[]): Outcome {
  return { saved: [], deleted: ids };
}
