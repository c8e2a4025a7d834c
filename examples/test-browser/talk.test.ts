import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, picture } from "./chromium.js";
import { ConversationWindow } from "./conversation-window.js";
import { Demo } from "./demo.js";

const FIELD = "Write to somebody";

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

async function open(name: string, options = {}): Promise<ConversationWindow> {
  const window = await ConversationWindow.open(browser, demo.addresses.talk, options);
  await window.enter(name);
  return window;
}

test("messages go from one person to another, and to nobody else", async () => {
  const ada = await open("Ada");
  await ada.page.getByText("Nobody else is here.").waitFor();
  await picture(ada.page, "talk-empty");
  const bob = await open("Ada");
  await bob.page.getByRole("alert").getByText("Name already registered").waitFor();
  await bob.enter("-");
  await bob.page.getByRole("alert").getByText("Name not allowed").waitFor();
  await bob.enter("Bob");
  const eve = await open("Eve");

  await ada.choose("Bob");
  await ada.say("Can you keep a <secret>?");
  await bob.hasUnread("Ada", 1);
  await bob.choose("Ada");
  await bob.shows("Can you keep a <secret>?");
  await bob.say("Of course");
  await ada.shows("Can you keep a <secret>?", "Of course");
  await eve.choose("Ada");
  await eve.shows();

  await ada.choose("Ada");
  await ada.say("Remember the milk");
  await ada.shows("Remember the milk");
  await ada.choose("Bob");
  await picture(ada.page, "talk");
  await ada.close();
  await bob.close();
  await eve.close();
});

test("who is not here gets no message, and that is said", async () => {
  const ada = await open("Ada");
  const bob = await open("Bob");
  await ada.choose("Bob");
  await ada.goTo(FIELD, "Charles");
  await ada.say("Anybody there?");
  await ada.says("Not sent. Charles is not here.");
  await picture(ada.page, "talk-unknown");

  await ada.choose("Bob");
  await bob.page.getByRole("button", { name: "Change name" }).click();
  await ada.say("Still there?");
  await ada.says("Not sent. Bob is not here.");
  await expect.poll(() => ada.entry("Bob").textContent()).toContain("not here");
  await ada.close();
  await bob.close();
});

test("after a lost connection people have their names again, and what waited is sent", async () => {
  const small = { viewport: { width: 360, height: 640 }, colorScheme: "dark" } as const;
  const ada = await open("Ada", small);
  const bob = await open("Bob");
  await ada.choose("Bob");
  await ada.say("Before");
  await bob.choose("Ada");
  await bob.shows("Before");

  await demo.kill();
  await ada.isDisconnected();
  await bob.isDisconnected();
  await ada.say("Sent while away, and long enough for two lines");
  await picture(ada.page, "talk-small-dark-disconnected");
  await demo.startAgain();
  await bob.isLive();
  await ada.isLive();
  await bob.say("After");
  await expect.poll(() => bob.page.locator(".sending").count()).toBe(0);
  await bob.choose("Bob");
  await ada.close();
  await bob.close();
});
