import { expect } from "vitest";
import { Window } from "./window.js";

/** A task as people see it. */
export interface Seen {
  readonly title: string;
  readonly completed: boolean;
}

/** The todo page. */
export class TodoWindow extends Window {
  readonly newTask = this.page.getByLabel("New task");

  async add(...titles: string[]): Promise<void> {
    for (const title of titles) {
      await this.newTask.fill(title);
      await this.newTask.press("Enter");
    }
  }

  async toggle(title: string): Promise<void> {
    await this.page.getByLabel(`Completed: ${title}`, { exact: true }).click();
  }

  async rename(title: string, newTitle: string): Promise<void> {
    await this.page.getByText(title, { exact: true }).dblclick();
    const editor = this.page.getByLabel(`Title of: ${title}`, { exact: true });
    await editor.fill(newTitle);
    await editor.press("Enter");
  }

  async delete(title: string): Promise<void> {
    const button = this.page.getByLabel(`Delete: ${title}`, { exact: true });
    await button.locator("..").hover();
    await button.click();
  }

  /** The tasks that are shown, from top to bottom. */
  async tasks(): Promise<Seen[]> {
    return this.page.locator(".task").evaluateAll((items) =>
      items.map((item) => ({
        title: item.querySelector(".title")?.textContent ?? "",
        completed: item.querySelector<HTMLInputElement>(".check")?.checked ?? false,
      })),
    );
  }

  async titles(): Promise<string[]> {
    return (await this.tasks()).map(({ title }) => title);
  }

  /** Waits until exactly these titles are shown. */
  async shows(...titles: string[]): Promise<void> {
    await expect.poll(() => this.titles()).toEqual(titles);
  }

  /** Waits until exactly these tasks are shown. */
  async showsTasks(tasks: readonly Seen[]): Promise<void> {
    await expect.poll(() => this.tasks()).toEqual(tasks);
  }
}

/** The tasks as the database has them. */
export async function tasksOf(todo: string): Promise<Seen[]> {
  const tasks = (await (await fetch(`${todo}api/tasks`)).json()) as Seen[];
  return tasks.map(({ title, completed }) => ({ title, completed }));
}

/** Waits until all windows show what the database has. */
export async function allAgree(windows: readonly TodoWindow[], todo: string): Promise<void> {
  const all = () => Promise.all([tasksOf(todo), ...windows.map((window) => window.tasks())]);
  await expect
    .poll(async () => new Set((await all()).map((tasks) => JSON.stringify(tasks))).size)
    .toBe(1);
}
