import { useEffect, useRef, useState } from "react";
import { CrossIcon, PencilIcon } from "../../shared-web/icons.js";
import { type Change, completing, deleting, renaming } from "./change.js";
import type { Task } from "./task.js";
import { TaskEditor } from "./task-editor.js";

interface Props {
  readonly task: Task;
  readonly make: (change: Change) => void;
}

/** One line of the list. */
export function TaskItem({ task, make }: Props) {
  const [editing, setEditing] = useState(false);
  const editButton = useRef<HTMLButtonElement>(null);
  const returnFocus = useRef(false);

  useEffect(() => {
    if (!editing && returnFocus.current) {
      returnFocus.current = false;
      editButton.current?.focus();
    }
  }, [editing]);

  function end(title: string | null, byKey: boolean): void {
    returnFocus.current = byKey;
    setEditing(false);
    if (title === "") {
      make(deleting(task));
    } else if (title !== null && title !== task.title) {
      make(renaming(task, title));
    }
  }

  if (editing) {
    return (
      <li className="task editing">
        <TaskEditor title={task.title} end={end} />
      </li>
    );
  }
  return (
    <li className={task.completed ? "task completed" : "task"}>
      <input
        type="checkbox"
        className="check"
        aria-label={`Completed: ${task.title}`}
        checked={task.completed}
        onChange={(event) => make(completing(task, event.target.checked))}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: for keyboards there is the button */}
      <span className="title" onDoubleClick={() => setEditing(true)}>
        {task.title}
      </span>
      <button
        type="button"
        className="icon-button"
        ref={editButton}
        aria-label={`Edit: ${task.title}`}
        title="Edit"
        onClick={() => setEditing(true)}
      >
        <PencilIcon />
      </button>
      <button
        type="button"
        className="icon-button danger"
        aria-label={`Delete: ${task.title}`}
        title="Delete"
        onClick={() => make(deleting(task))}
      >
        <CrossIcon />
      </button>
    </li>
  );
}
