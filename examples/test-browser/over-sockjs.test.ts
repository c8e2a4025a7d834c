import type { Browser } from "playwright-core";
import { afterAll, beforeAll, test } from "vitest";
import { launch } from "./chromium.js";
import { Demo } from "./demo.js";
import { PubSubWindow } from "./pubsub-window.js";
import { withSockJs } from "./sockjs.js";
import { allAgree, TodoWindow } from "./todo-window.js";

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

for (const transport of ["websocket", "xhr-streaming", "xhr-polling", "eventsource"]) {
  test(`the examples run over ${transport}`, async () => {
    const there = withSockJs(browser, transport);
    const { pubsub, todo } = demo.addresses;
    const one = await PubSubWindow.open(there, pubsub);
    const two = await PubSubWindow.open(browser, pubsub);
    await one.send(`By ${transport}`);
    await two.shows(`By ${transport}`);
    await two.send("By WebSocket");
    await one.shows("By WebSocket", `By ${transport}`);
    await one.close();
    await two.close();

    const three = await TodoWindow.open(there, todo);
    const four = await TodoWindow.open(browser, todo);
    await three.add(`Try ${transport}`);
    await allAgree([three, four], todo);
    await four.toggle(`Try ${transport}`);
    await allAgree([three, four], todo);
    await four.delete(`Try ${transport}`);
    await allAgree([three, four], todo);
    await three.close();
    await four.close();
  });
}
