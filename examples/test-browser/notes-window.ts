import type { Locator } from "playwright-core";
import { expect } from "vitest";
import { Window } from "./window.js";

/** The page of the notes. */
export class NotesWindow extends Window {
  async press(name: string): Promise<void> {
    await this.page.getByRole("button", { name, exact: true }).click();
  }

  async add(...texts: string[]): Promise<void> {
    for (const text of texts) {
      await this.page.getByLabel("New note").fill(text);
      await this.page.getByLabel("New note").press("Enter");
    }
  }

  /** The line at a place, from 1. */
  line(place: number): Locator {
    return this.page.locator(".note").nth(place - 1);
  }

  /** Where the text of a note is written. */
  field(place: number): Locator {
    return this.line(place).getByRole("textbox");
  }

  /** Writes at the end of a note, letter by letter. */
  async writes(place: number, text: string): Promise<void> {
    await this.field(place).focus();
    await this.page.keyboard.press("End");
    await this.page.keyboard.type(text, { delay: 20 });
  }

  texts(): Promise<string[]> {
    return this.page
      .locator(".note textarea")
      .evaluateAll((all) => all.map((each) => (each as HTMLTextAreaElement).value));
  }

  /** Waits until these are the notes. */
  async shows(...texts: string[]): Promise<void> {
    await expect.poll(() => this.texts()).toEqual(texts);
  }

  /** Waits until it says how many are not done. */
  async counts(text: string): Promise<void> {
    await expect.poll(() => this.page.locator(".count").textContent()).toBe(text);
  }

  /** Waits for a short message. */
  async says(text: string | RegExp): Promise<string> {
    const toast = this.page.locator(".toast p").getByText(text);
    await toast.waitFor();
    return (await toast.textContent()) ?? "";
  }

  /** Waits until these tasks run. */
  async runs(...tasks: string[]): Promise<void> {
    const names = this.page.locator(".task progress");
    await expect
      .poll(() => names.evaluateAll((all) => all.map((each) => each.ariaLabel)))
      .toEqual(tasks);
  }

  /** Chooses a file to be uploaded. */
  async upload(name: string, content: string | Uint8Array): Promise<void> {
    const buffer = Buffer.from(content);
    const file = { name, mimeType: "text/plain", buffer };
    await this.page.getByLabel("Upload a text file").setInputFiles(file);
  }
}
