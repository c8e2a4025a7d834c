import { type Change, completingAll } from "./change.js";
import type { Task } from "./task.js";

interface Props {
  readonly tasks: readonly Task[];
  readonly make: (change: Change) => void;
}

/** Completes all tasks, or reopens them if all are completed. */
export function ToggleAll({ tasks, make }: Props) {
  const all = tasks.length > 0 && tasks.every((task) => task.completed);
  return (
    <input
      type="checkbox"
      className="check"
      aria-label="Mark all as completed"
      title="Mark all as completed"
      disabled={tasks.length === 0}
      checked={all}
      onChange={() => make(completingAll(!all))}
    />
  );
}
