import type { Task } from "./task.js";

/** Where the list is. */
export const TASKS = "/api/tasks";
const TIMEOUT_MILLIS = 10_000;

/** A request that was not served, and why: a sentence to show. */
export class ApiError extends Error {
  /** @param status of the answer; 0 if there was none */
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Sends a request for the tasks and a token. While the web application cannot get a token the tasks
 * come without.
 */
export async function fetchTasks(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  return response.status === 503 ? fetch(url, { ...init, headers: {} }) : response;
}

/** Adds a task; doing it twice adds it once. */
export async function addTask(id: string, title: string): Promise<Task> {
  return (await send("POST", TASKS, json({ id, title }))).json();
}

/** Changes what is given. Rejected with status 404 if the task is gone. */
export async function changeTask(
  id: string,
  fields: Partial<Pick<Task, "title" | "completed">>,
): Promise<Task> {
  return (await send("PATCH", `${TASKS}/${id}`, json(fields))).json();
}

/** Deletes a task, if it is there. */
export async function deleteTask(id: string): Promise<void> {
  await send("DELETE", `${TASKS}/${id}`);
}

/** Sets `completed` of all tasks; gives those that it changed. */
export async function completeAll(completed: boolean): Promise<Task[]> {
  return (await send("PATCH", TASKS, json({ completed }))).json();
}

/** Deletes the completed tasks; gives them. */
export async function deleteCompleted(): Promise<Task[]> {
  return (await send("DELETE", `${TASKS}?completed=true`)).json();
}

/** Where the Snorky server is, as the web application says. */
export async function fetchConfig(signal: AbortSignal): Promise<{ readonly websocket: string }> {
  return (await send("GET", "/config.json", { signal })).json();
}

function json(body: unknown): RequestInit {
  return { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

async function send(method: string, path: string, init: RequestInit = {}): Promise<Response> {
  const signal = init.signal ?? AbortSignal.timeout(TIMEOUT_MILLIS);
  let response: Response;
  try {
    response = await fetch(path, { ...init, method, signal });
  } catch {
    throw new ApiError(0, "The server cannot be reached.");
  }
  if (!response.ok) {
    throw new ApiError(response.status, await reason(response));
  }
  return response;
}

async function reason(response: Response): Promise<string> {
  try {
    return `The server refused it: ${(await response.json()).error}`;
  } catch {
    return `The server answered ${response.status}.`;
  }
}
