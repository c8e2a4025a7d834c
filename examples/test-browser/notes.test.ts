import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { Cable } from "./cable.js";
import { launch, picture } from "./chromium.js";
import { Demo } from "./demo.js";
import { NotesWindow } from "./notes-window.js";

const HELLO = [
  "Open this page in a second window",
  "Write here and watch it there",
  "Build Snorky",
];
const SMALL_DARK = { viewport: { width: 360, height: 640 }, colorScheme: "dark" } as const;

let browser: Browser;
let demo: Demo;
let cable: Cable;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

beforeEach(async () => {
  demo = await Demo.start();
  cable = await Cable.to(demo.addresses.notes);
});

afterEach(async () => {
  cable?.close();
  await demo?.stop();
});

function open(options = {}): Promise<NotesWindow> {
  return NotesWindow.open(browser, cable.address, options);
}

test("notes are written, ticked, moved and removed, by mouse and by keys", async () => {
  const ada = await open();
  await ada.shows(...HELLO);
  await ada.counts("2 of 3 open");

  await ada.add("Buy milk", "  ", "Call Bob");
  await ada.shows(...HELLO, "Buy milk", "Call Bob");
  await ada.field(4).fill("Buy oat milk");
  await ada.line(4).getByRole("checkbox").check();
  await ada.counts("3 of 5 open");
  await ada.press("Remove done");
  await ada.shows(HELLO[0] as string, HELLO[1] as string, "Call Bob");
  await ada.line(1).hover();
  await ada.press(`Move down: ${HELLO[0]}`);
  await ada.shows(HELLO[1] as string, HELLO[0] as string, "Call Bob");
  await picture(ada.page, "notes");

  const { keyboard } = ada.page;
  await ada.field(3).focus();
  await keyboard.press("Alt+ArrowUp");
  await keyboard.press("Alt+ArrowUp");
  await keyboard.press("Alt+ArrowUp");
  await ada.shows("Call Bob", HELLO[1] as string, HELLO[0] as string);
  await keyboard.press("End");
  await keyboard.type(", and Eve");
  await keyboard.press("Enter");
  await keyboard.type("Sleep");
  await ada.shows("Call Bob, and Eve", "Sleep", HELLO[1] as string, HELLO[0] as string);
  for (let i = 0; i < "Sleep".length + 1; i++) {
    await keyboard.press("Backspace");
  }
  await keyboard.press("Alt+ArrowDown"); // of the one that took its place
  await ada.shows("Call Bob, and Eve", HELLO[0] as string, HELLO[1] as string);
  await ada.close();
});

test("tasks run side by side, tell how far they are, and can be cancelled", async () => {
  const ada = await open();
  await ada.press("Import books");
  await ada.runs("Importing books");
  const bar = ada.page.getByRole("progressbar", { name: "Importing books" });
  await expect.poll(() => bar.getAttribute("value")).toBe("3");
  expect(await bar.getAttribute("max")).toBe("24");
  await ada.press("Sort");
  await ada.runs("Importing books", "Sorting");
  await ada.page.getByLabel("New note").fill("Written meanwhile"); // nothing is held up
  await ada.page.getByLabel("New note").press("Enter");
  await expect.poll(() => ada.texts()).toContain("Written meanwhile");
  await picture(ada.page, "notes-tasks");

  await ada.press("Cancel: Importing books");
  const said = await ada.says(/^Import stopped after \d+ of 24$/);
  await ada.says("Sorted");
  await ada.runs();
  const texts = await ada.texts();
  const books = texts.filter((text) => text.startsWith("Read "));
  expect(said).toBe(`Import stopped after ${books.length} of 24`);
  expect(texts.slice(0, -1)).toEqual(texts.slice(0, -1).toSorted());
  await ada.close();
});

test("a text file becomes notes, and all notes become one", async () => {
  const ada = await open();
  await ada.upload("groceries.md", "- [x] Milk\n\n- [ ] Tea\nBread <b>\n");
  await ada.says("3 from groceries.md");
  await ada.shows(...HELLO, "Milk", "Tea", "Bread <b>");
  await ada.counts("4 of 6 open");

  const download = ada.page.waitForEvent("download");
  await ada.press("Download");
  const file = await download;
  expect(file.suggestedFilename()).toBe("notes.md");
  expect(await readFile(await file.path(), "utf8")).toBe(
    `- [ ] ${HELLO[0]}\n- [ ] ${HELLO[1]}\n- [x] ${HELLO[2]}\n- [x] Milk\n- [ ] Tea\n- [ ] Bread <b>\n`,
  );

  await ada.upload("cat.png", Uint8Array.of(0x89, 0x50, 0x4e, 0x47));
  await ada.says("cat.png: no text (expected: text in UTF-8)");
  await ada.upload("large.txt", "x".repeat(100_001));
  await ada.says(/^large.txt is too large/);
  await picture(ada.page, "notes-files");
  await ada.close();
});

test("what is written without a connection is kept, and sent when there is one", async () => {
  const ada = await open(SMALL_DARK);
  await ada.add("Before");
  await ada.shows(...HELLO, "Before");

  cable.cut();
  await ada.isDisconnected();
  await ada.field(1).fill("Edited while away");
  await ada.add("Written while away, and long enough for two lines");
  await ada.line(4).getByRole("checkbox").check();
  await ada.field(5).press("Alt+ArrowUp");
  await ada.upload("away.txt", "Uploaded while away");
  const shown = [
    "Edited while away",
    HELLO[1] as string,
    HELLO[2] as string,
    "Written while away, and long enough for two lines",
    "Before",
  ];
  await ada.shows(...shown);
  await picture(ada.page, "notes-small-dark-disconnected");

  cable.mend();
  await ada.isLive();
  await ada.says("1 from away.txt");
  await ada.shows(...shown, "Uploaded while away");
  await ada.counts("4 of 6 open");

  const other = await otherPageOf(ada); // gets all from the server
  await other.shows(...shown, "Uploaded while away");
  await other.counts("4 of 6 open");
  await ada.close();
});

test("whose session is open in another place reads that, and comes back", async () => {
  const ada = await open();
  const other = await otherPageOf(ada);
  const alert = ada.page.getByRole("alert");
  await alert.getByText("This session is open in another place now.").waitFor();
  await ada.page.locator(".connection", { hasText: "Disconnected" }).waitFor();
  await other.add("From the other place");
  await other.shows(...HELLO, "From the other place");
  await ada.field(1).fill("Kept");
  await picture(ada.page, "notes-disconnected");

  await alert.getByRole("button", { name: "Use it here" }).click();

  await ada.isLive();
  await alert.waitFor({ state: "detached" });
  const all = ["Kept", HELLO[1] as string, HELLO[2] as string, "From the other place"];
  await ada.shows(...all);
  await other.page.getByRole("alert").waitFor();
  await other.press("Use it here");
  await other.isLive();
  await other.shows(...all);
  await ada.close();
});

test("a server that was restarted has its list, and the page shows it", async () => {
  const ada = await open();
  await ada.upload("a.txt", "Gone with the server");
  await ada.says("1 from a.txt"); // it has arrived there, and is not sent again
  await ada.shows(...HELLO, "Gone with the server");

  await demo.kill();
  await ada.isDisconnected();
  await demo.startAgain();
  await ada.isLive();

  await ada.shows(...HELLO);
  await ada.add("After");
  await ada.shows(...HELLO, "After");
  await ada.close();
});

test("it fits a small screen, and the dark", async () => {
  const ada = await open(SMALL_DARK);
  await ada.add("A note that is too long for one line of a small screen");
  await ada.press("Import books");
  await ada.field(2).click();
  await ada.runs("Importing books");
  await ada.press("Cancel: Importing books");
  await ada.says(/stopped/);
  await picture(ada.page, "notes-small-dark");
  const wide = await ada.page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBe(360);
  await ada.close();
});

test("two pages edit one list at once", async () => {
  const ada = await open({ viewport: { width: 520, height: 600 } });
  const bob = await open({ viewport: { width: 520, height: 600 } });
  const pages = [ada, bob];
  const all = async (...texts: string[]) => {
    await Promise.all(pages.map((page) => page.shows(...texts)));
  };
  await bob.page.getByText("2 pages connected").waitFor();
  await ada.page.getByText("2 pages connected").waitFor();

  await ada.add("Buy milk");
  await bob.add("Call Eve");
  await all(...HELLO, "Buy milk", "Call Eve");
  await bob.line(4).getByRole("checkbox").check();
  await ada.counts("3 of 5 open");

  await Promise.all([
    ada.writes(4, " and eggs"), // both at the same time
    bob.writes(5, " at noon"),
  ]);
  await all(...HELLO, "Buy milk and eggs", "Call Eve at noon");

  await Promise.all([
    ada.writes(5, "!".repeat(30)), // while others move
    (async () => {
      for (let i = 0; i < 5; i++) {
        await bob.field(1).press("Alt+ArrowDown");
      }
    })(),
  ]);
  await agree(ada, bob);
  expect(await ada.texts()).toContain(`Call Eve at noon${"!".repeat(30)}`);
  await picture(ada.page, "notes-two-pages-ada");
  await picture(bob.page, "notes-two-pages-bob");

  await ada.press("Import books");
  await bob.runs("Importing books");
  await bob.press("Cancel: Importing books");
  await ada.runs();
  await agree(ada, bob);

  await bob.upload("tea.txt", "Tea");
  await bob.says("1 from tea.txt");
  await expect.poll(() => ada.texts()).toContain("Tea");
  expect(await ada.page.getByText("1 from tea.txt").count()).toBe(0);
  await bob.close();
  await ada.page.getByText("1 page connected").waitFor();
  await ada.close();
});

/** Waits until both show the same. */
async function agree(one: NotesWindow, other: NotesWindow): Promise<void> {
  const texts = async () => [(await one.texts()).join("\n"), (await other.texts()).join("\n")];
  await expect.poll(async () => new Set(await texts()).size).toBe(1);
}

/** A second page of the same session, as when a tab is duplicated. */
async function otherPageOf(window: NotesWindow): Promise<NotesWindow> {
  const id = await window.page.evaluate(() => sessionStorage.getItem("_SESSION_ID") as string);
  const page = await window.page.context().newPage();
  await page.addInitScript((same) => sessionStorage.setItem("_SESSION_ID", same), id);
  const other = new NotesWindow(page);
  await page.goto(cable.address);
  await other.isLive();
  return other;
}
