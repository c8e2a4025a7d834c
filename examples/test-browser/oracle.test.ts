import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch } from "./chromium.js";
import { Demo } from "./demo.js";
import { allAgree, TodoWindow, tasksOf } from "./todo-window.js";

const STEPS = 25;
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

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

test(`whatever three windows do at the same time, all end with what is saved (SEED=${SEED})`, {
  timeout: 180_000,
}, async () => {
  const { todo } = demo.addresses;
  const windows = await Promise.all([0, 1, 2].map(() => TodoWindow.open(browser, todo)));

  await Promise.all(windows.map((window, i) => act(window, generator(SEED + i))));
  await demo.kill();
  await Promise.all(windows.map((window, i) => window.add(`not saved by ${i}`)));
  await demo.startAgain();
  await Promise.all(windows.map((window, i) => act(window, generator(SEED + 10 + i))));
  await Promise.all(windows.map((window) => window.isLive()));
  await Promise.all(windows.map((window) => retryAll(window)));

  await allAgree(windows, todo);
  const saved = await tasksOf(todo);
  for (let i = 0; i < windows.length; i++) {
    expect(saved.filter(({ title }) => title === `not saved by ${i}`)).toHaveLength(1);
  }
  await Promise.all(windows.map((window) => window.close()));
});

/** Does random things. What another window does first may leave nothing to do. */
async function act(window: TodoWindow, random: () => number): Promise<void> {
  for (let step = 0; step < STEPS; step++) {
    const titles = await window.titles();
    const title = titles[Math.floor(random() * titles.length)];
    const choice = random();
    const name = `task ${Math.floor(random() * 1e9).toString(36)}`;
    if (title === undefined || title === "" || choice < 0.4) {
      await window.add(name);
    } else {
      await press(window, title, choice);
    }
  }
}

async function press(window: TodoWindow, title: string, choice: number): Promise<void> {
  const { page } = window;
  const button =
    choice < 0.7
      ? page.getByLabel(`Completed: ${title}`, { exact: true })
      : choice < 0.95
        ? page.getByLabel(`Delete: ${title}`, { exact: true })
        : page.getByLabel("Mark all as completed");
  await button.evaluateAll((found) => {
    (found[0] as HTMLElement | undefined)?.click();
  });
}

async function retryAll(window: TodoWindow): Promise<void> {
  const retry = window.page.getByRole("button", { name: "Try again" });
  await retry.click();
  await retry.waitFor({ state: "detached" });
}

/** Numbers from 0 to below 1 (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
