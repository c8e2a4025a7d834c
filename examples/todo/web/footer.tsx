import { type Change, clearingCompleted } from "./change.js";
import { FILTERS, type Filter } from "./filter.js";
import type { Task } from "./task.js";

interface Props {
  readonly tasks: readonly Task[];
  readonly filter: Filter;
  readonly make: (change: Change) => void;
}

/** How much is left, which tasks are shown, and what to do with the completed ones. */
export function Footer({ tasks, filter, make }: Props) {
  if (tasks.length === 0) {
    return null;
  }
  const left = tasks.filter((task) => !task.completed).length;
  return (
    <footer className="list-footer">
      <p className="count">
        <strong>{left}</strong> {left === 1 ? "task" : "tasks"} left
      </p>
      <nav className="filters" aria-label="Filter">
        {FILTERS.map(({ name, hash }) => (
          <a key={hash} href={hash} aria-current={hash === filter.hash ? "page" : undefined}>
            {name}
          </a>
        ))}
      </nav>
      <button
        type="button"
        className="quiet"
        disabled={left === tasks.length}
        onClick={() => make(clearingCompleted())}
      >
        Clear completed
      </button>
    </footer>
  );
}
