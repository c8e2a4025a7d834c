import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CalculatorWindow } from "./calculator-window.js";
import { launch, picture } from "./chromium.js";
import { Demo } from "./demo.js";

let browser: Browser;
let demo: Demo;
let window: CalculatorWindow;

beforeAll(async () => {
  browser = await launch();
  demo = await Demo.start();
  window = await CalculatorWindow.open(browser, demo.addresses.calculator);
});

afterAll(async () => {
  await window?.close();
  await demo?.stop();
  await browser?.close();
});

test("the server calculates, and says what it cannot", async () => {
  await picture(window.page, "calculator-empty");
  await window.calculate("6", "×", "7");
  await window.answers("6 × 7", "42");
  await window.calculate("355", "÷", "113");
  await window.answers("355 ÷ 113", "3.1415929203539825");

  await window.calculate("1", "÷", "0");
  await window.answers("1 ÷ 0", "b: 0.0 (expected: not zero)");
  await window.calculate("apples", "+", "2");
  await window.answers("apples + 2", "Invalid params");
  await window.press("An unknown command");
  await window.answers("An unknown command", "Unknown command");
  await window.press("A bug");
  await window.answers("A bug", "Internal error");
  await picture(window.page, "calculator");
});

test("a long count shows how far it is, and holds nothing up", async () => {
  await window.page.getByLabel("Primes below").fill("10000000");
  await window.press("Count");
  const line = window.line("Primes below 10000000");
  const bar = line.getByRole("progressbar");
  await expect
    .poll(() => bar.evaluate((it) => (it as HTMLProgressElement).value))
    .toBeGreaterThan(1);
  expect(await window.page.getByRole("button", { name: "Count" }).isDisabled()).toBe(true);
  await window.calculate("20", "+", "3");
  await window.answers("20 + 3", "23");
  expect(await line.getAttribute("data-state")).toBe("pending");
  await picture(window.page, "calculator-counting");

  await window.answers("Primes below 10000000", "664579");
  await bar.waitFor({ state: "detached" });
  expect(await window.page.getByRole("button", { name: "Count" }).isEnabled()).toBe(true);
});

test("what is asked after a command that blocks waits for it", async () => {
  await window.press("Sleep a second");
  await window.calculate("1", "−", "8");
  expect(await window.line("1 − 8").getAttribute("data-state")).toBe("pending");
  await window.answers("1 − 8", "-7");
  await window.answers("Sleep a second", "Slept for 1000 ms");
});

test("what was under way when the connection was lost is said, what is asked then waits", async () => {
  await window.press("Count");
  await window.line("Primes below").getByRole("progressbar").waitFor();
  await demo.kill();
  await window.isDisconnected();
  await window.answers("Primes below", "No answer: the connection was lost");
  await window.calculate("2", "+", "2");
  await picture(window.page, "calculator-disconnected");
  await demo.startAgain();
  await window.isLive();
  await window.answers("2 + 2", "4");
});
