import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, test } from "vitest";
import { launch, picture } from "./chromium.js";
import { Demo } from "./demo.js";
import { TodoWindow } from "./todo-window.js";

// The picture of the README, docs/images/todo.png, is todo-two-windows.png of this test.

const WINDOW = { viewport: { width: 520, height: 500 }, deviceScaleFactor: 2 };

let browser: Browser;
let demo: Demo;

beforeAll(async () => {
  browser = await launch();
  demo = await Demo.start();
});

afterAll(async () => {
  await demo?.stop();
  await browser?.close();
});

test("two windows show the same, each through a filter of its own", async () => {
  const one = await TodoWindow.open(browser, demo.addresses.todo, WINDOW);
  const two = await TodoWindow.open(browser, demo.addresses.todo, WINDOW);

  await one.add("Try Snorky", "Open a second window", "Tick a task in one of them");
  await two.shows("Try Snorky", "Open a second window", "Tick a task in one of them");
  await two.add("Watch the other one");
  await two.toggle("Try Snorky");
  await two.toggle("Open a second window");
  await two.newTask.fill("Tell somebody about it");
  await two.page.getByRole("link", { name: "Active" }).click();
  await one.page.mouse.move(0, 0);
  await two.page.mouse.move(0, 0);

  await two.shows("Tick a task in one of them", "Watch the other one");
  await one.showsTasks([
    { title: "Try Snorky", completed: true },
    { title: "Open a second window", completed: true },
    { title: "Tick a task in one of them", completed: false },
    { title: "Watch the other one", completed: false },
  ]);
  const desk = await browser.newPage({ viewport: { width: 1200, height: 620 } });
  await desk.setContent(await deskWith([one.page, two.page]));
  await picture(desk, "todo-two-windows");
  await desk.close();
  await one.close();
  await two.close();
});

/** A page that shows pictures of these as windows beside each other. */
async function deskWith(pages: readonly Page[]): Promise<string> {
  const windows = await Promise.all(
    pages.map(async (page) => {
      const image = await page.screenshot({ animations: "disabled" });
      const source = `data:image/png;base64,${image.toString("base64")}`;
      return `<figure><figcaption><i></i><i></i><i></i></figcaption><img src="${source}"></figure>`;
    }),
  );
  return `<style>
    body { margin: 0; height: 100vh; display: flex; justify-content: center; align-items: center;
      gap: 48px; background: linear-gradient(120deg, #d7ebe8, #e3e6f3); }
    figure { margin: 0; width: 520px; border-radius: 12px; overflow: hidden; background: #fff;
      box-shadow: 0 0 0 1px rgb(23 33 43 / 10%), 0 24px 60px rgb(23 33 43 / 22%); }
    figcaption { display: flex; gap: 8px; padding: 11px 14px; background: #e6eaed; }
    i { width: 11px; height: 11px; border-radius: 50%; background: #b9c3cb; }
    img { display: block; width: 100%; }
  </style>${windows.join("")}`;
}
