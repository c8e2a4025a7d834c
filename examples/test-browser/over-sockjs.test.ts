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

const BY_REQUESTS = ["websocket", "xhr-streaming", "xhr-polling", "eventsource"];

/** They need frames and scripts of the server, which the policy of the todo page does not let in. */
const BY_FRAMES_AND_SCRIPTS = [
  "iframe-eventsource",
  "iframe-htmlfile",
  "iframe-xhr-polling",
  "jsonp-polling",
];

for (const transport of [...BY_REQUESTS, ...BY_FRAMES_AND_SCRIPTS]) {
  test(`the PubSub example runs over ${transport}`, async () => {
    const { pubsub } = demo.addresses;
    const one = await PubSubWindow.open(withSockJs(browser, transport), pubsub);
    const two = await PubSubWindow.open(browser, pubsub);
    await one.send(`By ${transport}`);
    await two.shows(`By ${transport}`);
    await two.send("By WebSocket");
    await one.shows("By WebSocket", `By ${transport}`);
    await one.close();
    await two.close();
  });
}

for (const transport of [...BY_REQUESTS, ...BY_FRAMES_AND_SCRIPTS]) {
  test(`the todo example runs over ${transport}`, async () => {
    const { todo } = demo.addresses;
    const bypassCSP = BY_FRAMES_AND_SCRIPTS.includes(transport);
    const one = await TodoWindow.open(withSockJs(browser, transport, { bypassCSP }), todo);
    const two = await TodoWindow.open(browser, todo);
    await one.add(`Try ${transport}`);
    await allAgree([one, two], todo);
    await two.toggle(`Try ${transport}`);
    await allAgree([one, two], todo);
    await two.delete(`Try ${transport}`);
    await allAgree([one, two], todo);
    await one.close();
    await two.close();
  });
}
