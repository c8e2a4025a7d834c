import type { Locator } from "playwright-core";
import { expect } from "vitest";
import { Window } from "./window.js";

/** The page of the calculator. */
export class CalculatorWindow extends Window {
  async calculate(a: string, operation: string, b: string): Promise<void> {
    await this.page.getByLabel("First number").fill(a);
    await this.page.getByLabel("Operation").selectOption(operation);
    await this.page.getByLabel("Second number").fill(b);
    await this.page.getByLabel("Second number").press("Enter");
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole("button", { name, exact: true }).click();
  }

  /** The line of the tape with that question, the latest one. */
  line(question: string): Locator {
    return this.page.locator("#tape li", { hasText: question }).first();
  }

  /** Waits for the answer to a question. */
  async answers(question: string, answer: string | RegExp): Promise<void> {
    const output = this.line(question).locator("output");
    await expect.poll(() => output.textContent()).toMatch(answer);
  }
}
