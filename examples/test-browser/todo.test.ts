import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { launch, picture } from "./chromium.js";
import { Demo } from "./demo.js";
import { allAgree, TodoWindow, tasksOf } from "./todo-window.js";

let browser: Browser;
let demo: Demo;
let todo: string;
let one: TodoWindow;
let two: TodoWindow;

beforeAll(async () => {
  browser = await launch();
  demo = await Demo.start();
  todo = demo.addresses.todo;
});

afterAll(async () => {
  await demo?.stop();
  await browser?.close();
});

beforeEach(async () => {
  await fetch(`${todo}api/tasks`, {
    method: "PATCH",
    headers: { "Content-Type": "application/json" },
    body: '{"completed": true}',
  });
  await fetch(`${todo}api/tasks?completed=true`, { method: "DELETE" });
  one = await TodoWindow.open(browser, todo);
  two = await TodoWindow.open(browser, todo);
});

afterEach(async () => {
  await one?.close();
  await two?.close();
});

test("what is added, edited, toggled and deleted in one window shows in the other", async () => {
  await one.add("Buy milk", "Call Ada", "Water the plants");
  await two.shows("Buy milk", "Call Ada", "Water the plants");

  await two.rename("Call Ada", "Call Grace");
  await one.shows("Buy milk", "Call Grace", "Water the plants");

  await one.toggle("Buy milk");
  await two.showsTasks([
    { title: "Buy milk", completed: true },
    { title: "Call Grace", completed: false },
    { title: "Water the plants", completed: false },
  ]);
  await picture(one.page, "todo");

  await two.delete("Water the plants");
  await one.shows("Buy milk", "Call Grace");

  const three = await TodoWindow.open(browser, todo);
  await allAgree([one, two, three], todo);
  await three.close();
});

test("all tasks are completed and reopened, and the completed ones cleared, in both windows", async () => {
  await one.add("one", "two", "three");
  await two.shows("one", "two", "three");

  await two.page.getByLabel("Mark all as completed").click();
  await expect.poll(() => one.tasks()).toEqual(all(true, "one", "two", "three"));
  await one.page.getByLabel("Mark all as completed").click();
  await expect.poll(() => two.tasks()).toEqual(all(false, "one", "two", "three"));

  await one.toggle("two");
  await two.page.getByRole("button", { name: "Clear completed" }).click();
  await one.shows("one", "three");
  await two.shows("one", "three");
  expect(await one.page.locator(".count").textContent()).toBe("2 tasks left");
  expect(await tasksOf(todo)).toEqual(all(false, "one", "three"));
});

test("a filter shows a part, and follows changes from the other window", async () => {
  await one.add("open", "done");
  await one.toggle("done");
  await two.shows("open", "done");

  await two.page.getByRole("link", { name: "Active" }).click();
  await two.shows("open");
  await one.toggle("open");
  await two.shows();
  expect(await two.page.locator(".empty").textContent()).toBe("No task here.");

  await two.page.getByRole("link", { name: "Completed" }).click();
  await two.shows("open", "done");
  await picture(two.page, "todo-completed");
  await two.page.goBack();
  await two.shows();
});

test("everything can be done with the keyboard", async () => {
  const { keyboard } = one.page;
  await keyboard.type("Buy milk");
  await keyboard.press("Enter");
  await one.shows("Buy milk");

  const edit = one.page.getByLabel("Edit: Buy milk");
  await edit.focus();
  await keyboard.press("Enter");
  await keyboard.type("Something else");
  await keyboard.press("Escape");
  await one.shows("Buy milk");
  await expect.poll(() => edit.evaluate((it) => it === document.activeElement)).toBe(true);

  await keyboard.press("Enter");
  await picture(one.page, "todo-editing");
  await keyboard.type("Buy oat milk");
  await keyboard.press("Enter");
  await two.shows("Buy oat milk");

  await one.page.getByLabel("Completed: Buy oat milk").focus();
  await keyboard.press("Space");
  await two.showsTasks(all(true, "Buy oat milk"));

  await one.page.getByLabel("Delete: Buy oat milk").focus();
  await keyboard.press("Enter");
  await two.shows();
});

test("leaving the field keeps what is written, and a task without a title is deleted", async () => {
  await one.add("Buy milk", "Call Ada");
  await one.page.getByText("Buy milk").dblclick();
  await one.page.getByLabel("Title of: Buy milk").fill("  Buy tea ");
  await one.newTask.click();
  await two.shows("Buy tea", "Call Ada");

  await one.rename("Buy tea", " ");
  await two.shows("Call Ada");
});

test("titles are text, whatever they hold", async () => {
  const title = '<img src=x onerror="alert(1)"> & “quotes” 🚀 مرحبا';

  await one.add(title, "x".repeat(500));

  await two.shows(title, "x".repeat(500));
  await picture(two.page, "todo-long-title");
});

function all(completed: boolean, ...titles: string[]) {
  return titles.map((title) => ({ title, completed }));
}
