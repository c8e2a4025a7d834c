import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { runInNewContext } from "node:vm";
import type { PublishedMessage, Snorky as SnorkyClass, SocketClass } from "snorky";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Demo } from "./demo.js";

const require = createRequire(import.meta.url);

/** The class of the npm package, in Node. */
const SockJS: new (
  url: string,
  unused?: null,
  options?: { transports: string },
) => InstanceType<SocketClass> & {
  readonly transport: string;
  addEventListener(type: string, listener: () => void): void;
} = require("sockjs-client");

/** What a page has that loads the bundle. */
const { Snorky } = bundle();

function bundle(): { Snorky: typeof SnorkyClass } {
  const globals = { console, setTimeout, clearTimeout, AbortController };
  runInNewContext(readFileSync(require.resolve("snorky/snorky.bundle.js"), "utf8"), globals);
  return globals as unknown as { Snorky: typeof SnorkyClass };
}

const MESSAGE = { channel: ["a", 1], message: { text: "\ud800 \u2028 </script>" } };

let demo: Demo;

beforeAll(async () => {
  demo = await Demo.start();
});

afterAll(async () => {
  await demo?.stop();
});

/** Subscribes, publishes and waits for what was published. */
async function talk(socketClass: SocketClass): Promise<PublishedMessage> {
  const url = new URL("/sockjs", demo.addresses.websocket.replace(/^ws/, "http")).href;
  const snorky = new Snorky(socketClass, url, { pubsub: Snorky.PubSub });
  try {
    const { pubsub } = snorky.services;
    const heard = new Promise<PublishedMessage>((resolve) => {
      pubsub.messagePublished.add(resolve);
    });
    await pubsub.subscribe({ channel: MESSAGE.channel });
    await pubsub.publish(MESSAGE);
    return await heard;
  } finally {
    snorky.disconnect();
  }
}

test("SockJS itself is the class of the client's sockets", async () => {
  expect(await talk(SockJS)).toMatchObject(MESSAGE);
});

for (const transport of ["websocket", "xhr-streaming", "xhr-polling"]) {
  test(`a class made from it chooses ${transport}`, async () => {
    const used: string[] = [];
    class Chosen {
      constructor(url: string) {
        const socket = new SockJS(url, null, { transports: transport });
        socket.addEventListener("open", () => used.push(socket.transport));
        // biome-ignore lint/correctness/noConstructorReturn: SockJS cannot be extended in its way
        return socket;
      }
    }

    expect(await talk(Chosen as SocketClass)).toMatchObject(MESSAGE);

    expect(used).toEqual([transport]);
  });
}
