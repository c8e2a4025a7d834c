import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, picture } from "./chromium.js";
import { Demo } from "./demo.js";
import { ScriptedPointer } from "./scripted-pointer.js";
import { Window } from "./window.js";

const POINTERS = 50;
const STEPS = 30;
const STEP_MILLIS = 100;

/** The page of the board. */
class BoardWindow extends Window {
  async enter(name: string): Promise<void> {
    await this.page.getByLabel("Your name").fill(name);
    await this.page.getByRole("button", { name: "Come in" }).click();
    await this.page.locator("#board").waitFor();
  }

  get board() {
    return this.page.getByRole("application");
  }

  /** Where somebody's pointer shows, as parts of the board's width and height, to three digits. */
  position(name: string): Promise<[x: number, y: number]> {
    return this.page.locator(`.pointer[data-name="${name}"]`).evaluate((pointer) => {
      const { width, height } = (pointer.parentElement as HTMLElement).getBoundingClientRect();
      const { e, f } = new DOMMatrix(getComputedStyle(pointer).transform);
      return [e / (width - 2), f / (height - 2)].map((part) => Number(part.toFixed(3)));
    }) as Promise<[number, number]>;
  }

  async people(): Promise<string[]> {
    return this.page
      .getByRole("list", { name: "Who is here" })
      .getByRole("listitem")
      .allTextContents();
  }
}

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

test("pointers move on all pages, by mouse and by keys", async () => {
  const ada = await BoardWindow.open(browser, demo.addresses.cursors);
  await picture(ada.page, "cursors-name");
  await ada.enter("Ada");
  const bob = await BoardWindow.open(browser, demo.addresses.cursors);
  await bob.enter("Bob");
  await expect.poll(() => ada.people()).toEqual(["Ada (you)", "Bob"]);
  await expect.poll(() => bob.people()).toEqual(["Ada", "Bob (you)"]);

  const { x, y, width, height } = await box(ada.page);
  await ada.page.mouse.move(x + width / 4, y + height / 2, { steps: 10 });
  await expect.poll(() => bob.position("Ada")).toEqual(await ada.position("Ada"));
  expect((await bob.position("Ada"))[0]).toBeCloseTo(0.25, 2);

  await bob.board.focus();
  for (let i = 0; i < 12; i++) {
    await bob.page.keyboard.press("Shift+ArrowLeft");
    await bob.page.keyboard.press("Shift+ArrowUp");
  }
  await bob.page.keyboard.press("ArrowRight");
  await bob.page.keyboard.press("ArrowDown");
  expect(await bob.position("Bob")).toEqual([0.02, 0.02]);
  await expect.poll(() => ada.position("Bob")).toEqual([0.02, 0.02]);

  await bob.page.keyboard.press("Enter");
  await ada.page.locator(".ripple").waitFor();
  await ada.page.locator(".ripple").waitFor({ state: "detached" });
  await ada.page.mouse.down();
  await bob.page.locator(".ripple").waitFor();
  await picture(ada.page, "cursors");

  await demo.kill();
  await ada.isDisconnected();
  await ada.page.mouse.move(x + width / 2, y + height / 4, { steps: 5 });
  await picture(ada.page, "cursors-disconnected");
  await demo.startAgain();
  await ada.isLive();
  await bob.isLive();
  await expect.poll(() => bob.position("Ada")).toEqual(await ada.position("Ada"));
  await expect.poll(() => ada.position("Bob")).toEqual([0.02, 0.02]);
  await bob.page.getByRole("button", { name: "Change name" }).click();
  await bob.enter("Grace");
  await expect.poll(() => ada.people()).toEqual(["Ada (you)", "Grace"]);
  await expect.poll(() => bob.people()).toEqual(["Ada", "Grace (you)"]);
  await bob.close();
  await expect.poll(() => ada.people()).toEqual(["Ada (you)"]);
  await ada.close();
});

test(`${POINTERS} pointers glide, arrive where their owners left them, and frames go on`, async () => {
  const window = await BoardWindow.open(browser, demo.addresses.cursors);
  await window.enter("Ada");
  const pointers = await Promise.all(
    Array.from({ length: POINTERS }, (_, i) =>
      ScriptedPointer.connect(demo.addresses.websocket, `Pointer ${i}`),
    ),
  );
  await expect.poll(() => window.page.locator(".pointer").count()).toBe(POINTERS + 1);

  const frames = framesDuring(window.page, STEPS * STEP_MILLIS);
  await Promise.all(pointers.map((pointer, i) => pointer.wander(i, STEPS, STEP_MILLIS)));
  await picture(window.page, "cursors-50");
  const { count, longest, mutations } = await frames;
  console.log(`${count} frames in ${STEPS * STEP_MILLIS} ms, the longest ${longest} ms`);
  expect(count).toBeGreaterThan((STEPS * STEP_MILLIS) / 1000 / 0.05); // 20 a second at least
  expect(mutations, "changes of attributes other than style and class").toBe(0);

  for (const pointer of pointers) {
    await expect
      .poll(() => window.position(pointer.name), { message: pointer.name })
      .toEqual(pointer.position);
  }
  for (const pointer of pointers) {
    pointer.close();
  }
  await expect.poll(() => window.page.locator(".pointer").count()).toBe(1);
  await window.close();
});

test("it fits a small screen, and the dark", async () => {
  const options = { viewport: { width: 360, height: 640 }, colorScheme: "dark" } as const;
  const window = await BoardWindow.open(browser, demo.addresses.cursors, options);
  await window.enter("Ada");
  const grace = await ScriptedPointer.connect(demo.addresses.websocket, "Grace Hopper");
  await grace.wander(3, 2, STEP_MILLIS);
  await expect.poll(() => window.position("Grace Hopper")).toEqual(grace.position);
  await picture(window.page, "cursors-small-dark-board");
  const overflow = await window.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
  grace.close();
  await window.close();
});

async function box(page: Page) {
  return (await page.locator("#board").boundingBox()) as {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
}

/** Counts the frames that a page draws for some time, and changes that are no movement. */
function framesDuring(page: Page, millis: number) {
  return page.evaluate((duration) => {
    let mutations = 0;
    const observer = new MutationObserver((changes) => {
      mutations += changes.filter(
        ({ type, attributeName }) =>
          type !== "attributes" || !["style", "class"].includes(attributeName as string),
      ).length;
    });
    observer.observe(document.querySelector("#board") as Element, {
      attributes: true,
      childList: true,
      subtree: true,
    });
    return new Promise<{ count: number; longest: number; mutations: number }>((resolve) => {
      const begin = performance.now();
      let before = begin;
      let count = 0;
      let longest = 0;
      const frame = (now: number) => {
        count++;
        longest = Math.max(longest, Math.round(now - before));
        before = now;
        if (now - begin < duration) {
          requestAnimationFrame(frame);
        } else {
          observer.disconnect();
          resolve({ count, longest, mutations });
        }
      };
      requestAnimationFrame(frame);
    });
  }, millis);
}
