import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, picture } from "./chromium.js";
import { ConversationWindow } from "./conversation-window.js";
import { Demo } from "./demo.js";

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

function open(): Promise<ConversationWindow> {
  return ConversationWindow.open(browser, demo.addresses.chat);
}

/** Another tab of the same person: it shares what the browser keeps. */
async function tabOf(window: ConversationWindow): Promise<ConversationWindow> {
  const tab = new ConversationWindow(await window.page.context().newPage());
  await tab.page.goto(demo.addresses.chat);
  return tab;
}

test("people meet in the lobby, make rooms, and see who comes and goes", async () => {
  const ada = await open();
  await picture(ada.page, "chat-name");
  await ada.enter("Ada");
  await ada.hasMembers("Ada (you)");
  await picture(ada.page, "chat-empty");
  const bob = await open();
  await bob.enter("ada");
  await bob.page.getByRole("alert").getByText("Somebody else is Ada").waitFor();
  await picture(bob.page, "chat-name-taken");
  await bob.enter("Bob");
  await ada.hasMembers("Ada (you)", "Bob");
  await bob.hasMembers("Ada", "Bob (you)");

  await ada.say("Hello <b>Bob</b>");
  await bob.say("Hello Ada!");
  await bob.say("Shall we talk about cats?");
  await ada.shows("Hello <b>Bob</b>", "Hello Ada!", "Shall we talk about cats?");
  await ada.goTo("Join or make a room", "Cats");
  await bob.page.getByRole("button", { name: "Join", exact: true }).click();
  await bob.hasMembers("Ada", "Bob (you)");
  await bob.say("They sleep all day.");
  await ada.shows("They sleep all day.");

  await ada.choose("Lobby");
  await bob.say("And all night.");
  await bob.say("I envy them.");
  await ada.hasUnread("Cats", 2);
  expect(await ada.page.title()).toBe("(2) Chat · Snorky");
  await picture(ada.page, "chat");
  await ada.choose("Cats");
  await ada.hasUnread("Cats", 0);
  await bob.page.getByRole("button", { name: "Leave" }).click();
  await ada.says("Bob left");
  await ada.hasMembers("Ada (you)");
  await ada.close();
  await bob.close();
});

test("tabs of one person are one person, and what one has read is read in the other", async () => {
  const ada = await open();
  await ada.enter("Ada");
  const second = await tabOf(ada);
  expect(await second.page.getByLabel("Your name").inputValue()).toBe("Ada");
  await second.enter("Ada");
  await second.hasMembers("Ada (you)");
  await ada.goTo("Join or make a room", "Cats");
  await second.goTo("Join or make a room", "Cats");
  await second.choose("Lobby");
  await ada.choose("Lobby");
  const bob = await open();
  await bob.enter("Bob");
  await bob.goTo("Join or make a room", "Cats");
  await bob.say("one");
  await bob.say("two");
  await ada.hasUnread("Cats", 2);
  await second.hasUnread("Cats", 2);

  await second.choose("Cats");
  await second.shows("one", "two");
  await ada.hasUnread("Cats", 0);
  await second.say("three");
  await ada.choose("Cats");
  await ada.shows("one", "two", "three");

  await second.page.close();
  await ada.page.reload();
  await ada.hasMembers("Ada (you)", "Bob");
  await ada.entry("Cats").waitFor();
  await ada.page.context().close();
  await bob.close();
});

test("after a lost connection everybody is back in their rooms, and what waited is sent", async () => {
  const ada = await open();
  const bob = await open();
  await ada.enter("Ada");
  await bob.enter("Bob");
  await ada.goTo("Join or make a room", "Cats");
  await bob.goTo("Join or make a room", "Cats");
  await ada.hasMembers("Ada (you)", "Bob");
  await ada.say("Here comes the storm");
  await bob.shows("Here comes the storm");

  await demo.kill();
  await ada.isDisconnected();
  await ada.say("Sent while away");
  await ada.says("Sending…");
  await picture(ada.page, "chat-disconnected");
  await demo.startAgain();
  await ada.isLive();
  await bob.isLive();
  await ada.says("Connection lost.");
  await ada.hasMembers("Ada (you)", "Bob");
  await bob.hasMembers("Ada", "Bob (you)");
  await ada.say("Back again");
  await bob.says("Back again");
  await ada.shows("Here comes the storm", "Sent while away", "Back again");
  await ada.page.getByRole("button", { name: "Change name" }).click();
  await bob.hasMembers("Bob (you)");
  await ada.enter("Grace");
  await ada.hasMembers("Bob", "Grace (you)");
  await ada.close();
  await bob.close();
});

test("it fits a small screen, and the dark, and needs no mouse", async () => {
  const options = { viewport: { width: 360, height: 640 }, colorScheme: "dark" } as const;
  const ada = await ConversationWindow.open(browser, demo.addresses.chat, options);
  await ada.page.keyboard.type("Ada");
  await ada.page.keyboard.press("Enter");
  await ada.hasMembers("Ada (you)");
  await ada.page.keyboard.type("Typed without a mouse");
  await ada.page.keyboard.press("Enter");
  await ada.shows("Typed without a mouse");
  for (const room of ["Cats", "Dogs", "A room with quite a long name"]) {
    await ada.goTo("Join or make a room", room);
    await ada.page.getByLabel(`Message to ${room}`).waitFor();
  }
  await ada.say("A message that takes more than one line on a screen as small as this one");
  await ada.says("A message");
  const bob = await open();
  await bob.enter("Bob");
  await bob.goTo("Join or make a room", "A room with quite a long name");
  await bob.say("x".repeat(100));
  await ada.says("xxx");
  await picture(ada.page, "chat-small-dark-room");
  const overflow = await ada.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
  await ada.close();
  await bob.close();
});
