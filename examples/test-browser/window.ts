import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";

/** What the browser itself writes when a server does not answer. */
const LOST_CONNECTION = /^(WebSocket connection to|Failed to load resource)/;

/** A page in a browser context of its own, as on a computer of its own. */
export class Window {
  private readonly problems: string[] = [];
  private loads = 0;

  constructor(readonly page: Page) {
    page.on("pageerror", (error) => this.problems.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error" && !LOST_CONNECTION.test(message.text())) {
        this.problems.push(message.text());
      }
    });
    page.on("load", () => this.loads++);
  }

  /** Opens a page and waits until it is connected. */
  static async open<W extends Window>(
    this: new (
      page: Page,
    ) => W,
    browser: Browser,
    address: string,
    options: BrowserContextOptions = {},
  ): Promise<W> {
    const context = await browser.newContext({ viewport: { width: 820, height: 720 }, ...options });
    const window = new this(await context.newPage());
    // a page over JSONP may be loading as long as it is there
    await window.page.goto(address, { waitUntil: "domcontentloaded" });
    await window.isLive();
    return window;
  }

  /** Waits until the mark says that the page follows every change. */
  async isLive(): Promise<void> {
    await this.page.locator(".connection[data-state=live]").waitFor();
  }

  /** Waits until the mark says that it does not. */
  async isDisconnected(): Promise<void> {
    await this.page.locator(".connection", { hasText: "Reconnecting…" }).waitFor();
  }

  /** Closes the page, and fails if anything went wrong in it or it was loaded more than once. */
  async close(): Promise<void> {
    await this.page.context().close();
    expect(this.problems).toEqual([]);
    expect(this.loads).toBe(1);
  }
}
