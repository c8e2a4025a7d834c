import { expect } from "vitest";
import { Window } from "./window.js";

/** The page of the PubSub example. */
export class PubSubWindow extends Window {
  async send(message: string): Promise<void> {
    await this.page.getByLabel("Message", { exact: true }).fill(message);
    await this.page.getByRole("button", { name: "Send" }).click();
  }

  /** Waits until exactly these messages are shown, the last one first. */
  async shows(...messages: string[]): Promise<void> {
    await expect.poll(() => this.page.locator("#messages li").allTextContents()).toEqual(messages);
  }
}
