import { DataSync, type LiveState, Snorky } from "snorky";
import { fetchConfig, fetchTasks, TASKS } from "./api.js";
import type { Task } from "./task.js";
import { TaskList } from "./task-list.js";
import { websocketAddress } from "./websocket-address.js";

/** How long to wait before the configuration is asked for again. */
const CONFIG_RETRY_MILLIS = 1_000;
const RETRY = { minDelay: 250, maxDelay: 5_000 };

/** The list of tasks, kept up to date by a Snorky server. */
export interface LiveTasks {
  readonly list: TaskList;
  readonly subscribe: (listener: () => void) => () => void;
  readonly getState: () => LiveState;
}

/** Connects. Waits for the web application if it is not there. */
export async function connect(): Promise<LiveTasks> {
  const { websocket } = await patiently(() => fetchConfig(AbortSignal.timeout(10_000)));
  const snorky = new Snorky(
    WebSocket,
    websocketAddress(websocket, location),
    { datasync: DataSync },
    { reconnect: RETRY },
  );
  const list = new TaskList(() => tasks.resync());
  const tasks = snorky.services.datasync.fetchAndSubscribe<Task>(TASKS, {
    model: "Task",
    collection: list.saved,
    fetch: fetchTasks,
    retry: RETRY,
  });
  return { list, subscribe: tasks.subscription.subscribe, getState: tasks.getState };
}

async function patiently<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, CONFIG_RETRY_MILLIS));
    }
  }
}
