import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch } from "./chromium.js";
import { Conformance } from "./conformance.js";
import { LIBRARY, serveLibrary } from "./sockjs.js";

/** What the page sees of the client's class. */
interface SockJs {
  transport: string;
  onopen: () => void;
  onmessage: (event: { data: string }) => void;
  onclose: (event: { code: number; reason: string }) => void;
  send(text: string): void;
  close(): void;
}

type SockJsClass = new (
  url: string,
  unused: null,
  options: { transports: string[]; timeout?: number },
) => SockJs;

let browser: Browser;
let server: Conformance;
let pages: Server;
let elsewhere: string;

beforeAll(async () => {
  browser = await launch();
  server = await Conformance.start();
  pages = createServer((_, response) => {
    response.setHeader("Content-Type", "text/html").end("<!doctype html><body></body>");
  }).listen(0, "127.0.0.1");
  await once(pages, "listening");
  elsewhere = `http://127.0.0.1:${(pages.address() as AddressInfo).port}/`;
});

afterAll(async () => {
  await server?.stop();
  await browser?.close();
  pages?.close();
});

/** Sends 500 messages to the service and compares what comes back. */
async function echo({ url, transport }: { url: string; transport: string }) {
  const { SockJS } = window as unknown as { SockJS: SockJsClass };
  const ranges: [number, number][] = [
    [0x00, 0x1f],
    [0x200c, 0x200f],
    [0x2028, 0x202f],
    [0x2060, 0x206f],
    [0xd800, 0xdfff],
    [0xfff0, 0xffff],
  ];
  let special = "";
  for (const [from, to] of ranges) {
    for (let unit = from; unit <= to; unit++) {
      special += `${String.fromCharCode(unit)},`;
    }
  }
  const sent = [special, "x".repeat(100_000), "100 %, %41, %80, %", "</script><!--<script>", "😀"];
  while (sent.length < 500) {
    sent.push(`message ${sent.length}: "ünïcode" \\ / 'quoted'`);
  }
  const got: string[] = [];
  return new Promise<{ transport: string; got: number; wrong: number; end: string }>((resolve) => {
    const socket = new SockJS(url, null, { transports: [transport], timeout: 20_000 });
    const finish = (end: string) =>
      resolve({
        transport: socket.transport,
        got: got.length,
        wrong: sent.findIndex((message, i) => got[i] !== message),
        end,
      });
    socket.onopen = () => {
      for (const message of sent) {
        socket.send(message);
      }
    };
    socket.onmessage = ({ data }) => {
      got.push(data);
      if (got.length === sent.length) {
        finish("complete");
        socket.close();
      }
    };
    socket.onclose = ({ code, reason }) => finish(`closed with ${code} ${reason}`);
  });
}

/** Waits for what a service that hangs up at once says. */
async function hangUp({ url, transport }: { url: string; transport: string }) {
  const { SockJS } = window as unknown as { SockJS: SockJsClass };
  return new Promise<string>((resolve) => {
    const socket = new SockJS(url, null, { transports: [transport], timeout: 20_000 });
    socket.onclose = ({ code, reason }) => resolve(`${code} ${reason}`);
  });
}

/** Opens a page that does nothing by itself, with the client. */
async function open(address: string) {
  const context = await browser.newContext();
  await serveLibrary(context);
  const page = await context.newPage();
  await page.goto(address);
  await page.addScriptTag({ content: LIBRARY });
  return page;
}

const TRANSPORTS = [
  "websocket",
  "xhr-streaming",
  "xhr-polling",
  "eventsource",
  "iframe-eventsource",
  "iframe-htmlfile",
  "iframe-xhr-polling",
  "jsonp-polling",
];

for (const transport of TRANSPORTS) {
  test(`500 messages go both ways over ${transport}`, async () => {
    const url = `http://127.0.0.1:${server.port}`;
    for (const address of [`${url}/echo`, elsewhere]) {
      const page = await open(address); // of the server's origin, and of another
      const result = await page.evaluate(echo, { url: `${url}/echo`, transport });
      expect(result).toEqual({ transport, got: 500, wrong: -1, end: "complete" });
      const goodbye = await page.evaluate(hangUp, { url: `${url}/close`, transport });
      expect(goodbye).toBe("3000 Go away!");
      await page.context().close();
    }
  });
}
