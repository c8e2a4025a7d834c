import type { NotesTasks, Progress } from "./notes.types.js";

type Name = keyof NotesTasks;

interface Props {
  readonly running: readonly Name[];
  /** How far the import is. */
  readonly progress: Progress | null;
  readonly cancel: (task: Name) => void;
}

const LABELS: Readonly<Record<Name, string>> = {
  importBooks: "Importing books",
  sort: "Sorting",
};

/** The tasks that run on the server, whoever has started them, and the way to stop them. */
export function RunningTasks({ running, progress, cancel }: Props) {
  if (running.length === 0) {
    return null;
  }
  return (
    <ul className="tasks" aria-label="Running tasks">
      {running.map((task) => {
        const far = task === "importBooks" ? progress : null;
        return (
          <li key={task} className="task">
            <span>
              {LABELS[task]}
              {far && ` ${far.done} of ${far.total}`}
            </span>
            <progress aria-label={LABELS[task]} {...(far && { value: far.done, max: far.total })} />
            <button
              type="button"
              className="quiet"
              aria-label={`Cancel: ${LABELS[task]}`}
              onClick={() => cancel(task)}
            >
              Cancel
            </button>
          </li>
        );
      })}
    </ul>
  );
}
