import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, picture } from "./chromium.js";
import { Demo } from "./demo.js";
import { allAgree, TodoWindow } from "./todo-window.js";

let browser: Browser;
let demo: Demo;
let todo: string;

beforeAll(async () => {
  browser = await launch();
  demo = await Demo.start();
  todo = demo.addresses.todo;
});

afterAll(async () => {
  await demo?.stop();
  await browser?.close();
});

test("pages come back right by themselves after the server was killed", async () => {
  const one = await TodoWindow.open(browser, todo);
  const two = await TodoWindow.open(browser, todo);
  const three = await TodoWindow.open(browser, todo);
  const windows = [one, two, three];
  await one.add("Buy milk", "Call Ada");
  await two.toggle("Buy milk");
  await three.showsTasks([
    { title: "Buy milk", completed: true },
    { title: "Call Ada", completed: false },
  ]);

  await demo.kill();
  await Promise.all(windows.map((window) => window.isDisconnected()));
  await one.shows("Buy milk", "Call Ada");
  await one.add("Written while away");
  const alert = one.page.getByRole("alert");
  await alert.getByText("Not saved: “Written while away”.").waitFor();
  await one.shows("Buy milk", "Call Ada");
  await picture(one.page, "todo-disconnected");

  await demo.startAgain();
  await fetch(`${todo}api/tasks`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: '{"title": "From elsewhere"}',
  });
  await Promise.all(windows.map((window) => window.isLive()));
  await Promise.all(
    windows.map((window) => window.shows("Buy milk", "Call Ada", "From elsewhere")),
  );
  await alert.getByRole("button", { name: "Try again" }).click();
  await alert.waitFor({ state: "detached" });

  await expect.poll(() => three.titles()).toContain("Written while away");
  await allAgree(windows, todo);
  await Promise.all(windows.map((window) => window.close()));
});
