import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";

const PACKAGE = createRequire(import.meta.url).resolve("sockjs-client/package.json");

/** The real client, as it is served to browsers. */
export const LIBRARY = readFileSync(join(dirname(PACKAGE), "dist/sockjs.min.js"), "utf8");

/** Serves the client wherever the page in the iframe expects it. */
export async function serveLibrary(context: BrowserContext): Promise<void> {
  await context.route("https://cdn.jsdelivr.net/npm/sockjs-client@*/**", (route) =>
    route.fulfill({ contentType: "text/javascript", body: LIBRARY }),
  );
}

/**
 * The same browser, but pages that make a WebSocket get a SockJS with that transport instead, to
 * the path `/sockjs` of the same server.
 */
export function withSockJs(
  browser: Browser,
  transport: string,
  settings: BrowserContextOptions = {},
): Browser {
  const replacement = `
    ${LIBRARY};
    {
      const { SockJS } = window;
      window.WebSocket = function (address) {
        const url = address.replace(/^ws/, "http").replace(/\\/ws$/, "/sockjs");
        return new SockJS(url, null, { transports: [${JSON.stringify(transport)}] });
      };
    }`;
  return new Proxy(browser, {
    get(target, name) {
      if (name !== "newContext") {
        const member: unknown = Reflect.get(target, name);
        return typeof member === "function" ? member.bind(target) : member;
      }
      return async (options: BrowserContextOptions = {}) => {
        const context = await target.newContext({ ...options, ...settings });
        await context.addInitScript(replacement);
        await serveLibrary(context);
        return context;
      };
    },
  });
}
