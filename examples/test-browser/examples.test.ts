import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, picture } from "./chromium.js";
import { Demo } from "./demo.js";
import { Window } from "./window.js";

class ExamplesWindow extends Window {}

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

test("the page of examples links to each, and says which of them run", async () => {
  const { examples, websocket, backend, ...each } = demo.addresses;
  const all = (status: string) => Object.keys(each).map(() => status);
  const window = await ExamplesWindow.open(browser, examples);
  const cards = window.page.locator(".example");
  const status = () => cards.locator(".status").allTextContents();
  await expect.poll(status).toEqual(all("Running"));
  await picture(window.page, "examples");

  const links = await cards
    .locator("a")
    .evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href));
  expect(links).toEqual(Object.values(each));

  await demo.kill();
  await window.isDisconnected();
  await expect.poll(status).toEqual(all("Not reachable"));
  await demo.startAgain();
  await window.isLive();
  await expect.poll(status).toEqual(all("Running"));
  await window.close();
});

test("pages fit a small screen, and the dark", async () => {
  const options = { viewport: { width: 360, height: 640 }, colorScheme: "dark" } as const;
  for (const title of ["Buy milk", "Call Ada"]) {
    await fetch(`${demo.addresses.todo}api/tasks`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ title }),
    });
  }
  const { websocket, backend, ...pages } = demo.addresses;
  for (const [name, address] of Object.entries(pages)) {
    const window = await ExamplesWindow.open(browser, address, options);
    await picture(window.page, `${name}-small-dark`);
    const overflow = await window.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, name).toBe(0);
    await window.close();
  }
});
