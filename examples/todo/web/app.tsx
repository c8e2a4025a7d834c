import { useSyncExternalStore } from "react";
import { adding } from "./change.js";
import { Failures } from "./failures.js";
import { useFilter } from "./filter.js";
import { Footer } from "./footer.js";
import { Header } from "./header.js";
import type { LiveTasks } from "./live-tasks.js";
import { NewTask } from "./new-task.js";
import { TaskItem } from "./task-item.js";
import { ToggleAll } from "./toggle-all.js";

/** The page. */
export function App({ list, subscribe, getState }: LiveTasks) {
  const { loaded, tasks, failures } = useSyncExternalStore(list.subscribe, list.getView);
  const state = useSyncExternalStore(subscribe, getState);
  const filter = useFilter();
  const shown = tasks.filter(filter.shows);
  return (
    <>
      <Header state={state} />
      <main>
        <Failures failures={failures} retry={list.retry} dismiss={list.dismiss} />
        <section className="card" aria-label="Tasks">
          <div className="new-task">
            <ToggleAll tasks={tasks} make={list.make} />
            <NewTask add={(title) => list.make(adding(title))} />
          </div>
          {shown.length > 0 && (
            <ul className="tasks" aria-label={`${filter.name} tasks`}>
              {shown.map((task) => (
                <TaskItem key={task.id} task={task} make={list.make} />
              ))}
            </ul>
          )}
          {shown.length === 0 && <p className="empty">{emptiness(loaded, tasks.length)}</p>}
          <Footer tasks={tasks} filter={filter} make={list.make} />
        </section>
        <p className="hint">
          Open this page in a second window: what you change in one shows in the other. Double-click
          a task to edit it.
        </p>
      </main>
    </>
  );
}

function emptiness(loaded: boolean, count: number): string {
  if (!loaded) {
    return "Loading…";
  }
  return count === 0 ? "Nothing to do. Add the first task above." : "No task here.";
}
