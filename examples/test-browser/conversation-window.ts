import type { Locator } from "playwright-core";
import { expect } from "vitest";
import { Window } from "./window.js";

/** A page where people have names and talk: Chat and Talk. */
export class ConversationWindow extends Window {
  async enter(name: string): Promise<void> {
    await this.page.getByLabel("Your name").fill(name);
    await this.page.getByRole("button", { name: "Come in" }).click();
  }

  /** Chooses a room or a person. */
  async choose(name: string): Promise<void> {
    await this.entry(name).click();
  }

  /** Goes to a room or a person by name. */
  async goTo(field: string, name: string): Promise<void> {
    await this.page.getByLabel(field).fill(name);
    await this.page.getByLabel(field).press("Enter");
  }

  async say(text: string): Promise<void> {
    await this.page.getByLabel("Message to").fill(text);
    await this.page.getByLabel("Message to").press("Enter");
  }

  entry(name: string): Locator {
    return this.page.locator(".side li button", { hasText: name });
  }

  /** Waits until this many messages of a room or a person are unread. */
  async hasUnread(name: string, count: number): Promise<void> {
    const expected = count === 0 ? [] : [`${count} unread`];
    await expect
      .poll(() => this.entry(name).locator(".unread").allTextContents())
      .toEqual(expected);
  }

  /** Waits until exactly these messages have come or arrived, and none is on its way. */
  async shows(...messages: string[]): Promise<void> {
    const texts = this.page.locator(".message > p:first-of-type");
    await expect.poll(() => texts.allTextContents()).toEqual(messages);
    await expect.poll(() => this.page.locator(".sending").count()).toBe(0);
  }

  /** Waits until a line says that. */
  async says(text: string | RegExp): Promise<void> {
    await this.page.locator(".log li", { hasText: text }).first().waitFor();
  }

  /** Waits until these are said to be here. */
  async hasMembers(...names: string[]): Promise<void> {
    await expect.poll(() => this.page.locator(".members li").allTextContents()).toEqual(names);
  }
}
