import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, picture } from "./chromium.js";
import { Demo } from "./demo.js";
import { PubSubWindow } from "./pubsub-window.js";

const SCRIPT = resolve(import.meta.dirname, "../pubsub/publish.sh");

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

test("a message from a window, a shell or a back end reaches all windows", async () => {
  const one = await PubSubWindow.open(browser, demo.addresses.pubsub);
  const two = await PubSubWindow.open(browser, demo.addresses.pubsub);

  await one.send("Hello <b>there</b>");
  await two.shows("Hello <b>there</b>");
  await two.send("Hello yourself");
  await one.shows("Hello yourself", "Hello <b>there</b>");

  const message = 'From a shell: "quoted" \\ & ünïcode';
  await promisify(execFile)(SCRIPT, [message], { env: demo.environment });
  await two.shows(message, "Hello yourself", "Hello <b>there</b>");
  const answer = await demo.call("pubsub_backend", "publish", { channel: "messages", message: 5 });
  expect(answer).toMatchObject({ message: { type: "response", data: null } });
  await one.shows("5", message, "Hello yourself", "Hello <b>there</b>");
  await picture(one.page, "pubsub");

  await demo.kill();
  await one.isDisconnected();
  await one.send("Sent while away");
  await picture(one.page, "pubsub-disconnected");
  await demo.startAgain();
  await one.isLive();
  await one.shows("Sent while away", "5", message, "Hello yourself", "Hello <b>there</b>");
  await one.close();
  await two.close();
});
