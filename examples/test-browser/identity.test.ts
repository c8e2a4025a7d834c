import { createHmac } from "node:crypto";
import { Snorky } from "snorky";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { freePort } from "./conformance.js";
import { StandAlone } from "./stand-alone.js";

const SECRET = "a secret of more than thirty-two bytes";

let server: StandAlone;

beforeAll(async () => {
  const port = await freePort();
  server = await StandAlone.start(
    port,
    `
frontend:
  port: ${port}
  jwt: {secret: "${SECRET}", audiences: [chat], leeway: 0 s}
backend: {port: ${await freePort()}, keys: [swordfish]}
pubsub:
  channels: [{pattern: "room/*", history: {max-messages: 10}, presence: true}]
dealers: [{name: AllTasks, model: Task}]
`,
  );
});

afterAll(() => server?.stop());

function token(name: string, seconds: number, audience = "chat"): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const exp = Math.floor(Date.now() / 1000) + seconds;
  const signed = `${encode({ alg: "HS256" })}.${encode({ sub: name, aud: audience, exp })}`;
  return `${signed}.${createHmac("sha256", SECRET).update(signed).digest("base64url")}`;
}

function connect(source: () => string) {
  return new Snorky(
    WebSocket as never,
    server.address,
    { pubsub: Snorky.PubSub },
    { token: source, onError: () => undefined },
  );
}

test("a page is whom its token names, in all that it does from its first message on", async () => {
  const page = connect(() => token("ada", 60));
  const { members, messages } = (await page.services.pubsub.subscribe({
    channel: "room/1",
    history: 5,
    presence: true,
  })) as { members: unknown[]; messages: unknown[] };

  expect(members).toEqual(["ada"]);
  expect(messages).toEqual([]);
  expect(page.identity).toBe("ada");
  page.disconnect();
});

test("a token is renewed before it ends, and the connection stays", async () => {
  let asked = 0;
  const renewals: boolean[] = [];
  const ends: number[] = [];
  const page = connect(() => token("ada", asked++ === 0 ? 3 : 60));
  page.identified.add(({ renewed }) => renewals.push(renewed));
  page.disconnected.add(({ code }) => ends.push(code));

  await expect.poll(() => renewals).toEqual([false, true]);

  expect(asked).toBe(2);
  expect(ends).toEqual([]);
  page.disconnect();
});

test("a token that is not renewed ends the connection, which comes back with another", async () => {
  const first = token("ada", 2);
  const ends: number[] = [];
  const page = connect(() => (ends.length === 0 ? first : token("ada", 60)));
  page.disconnected.add(({ code }) => ends.push(code));

  await expect.poll(() => ends).toEqual([4404]);
  await expect.poll(() => page.identity).toBe("ada");
  page.disconnect();
});

test("a bad token is refused without a reason, which is in the log, and the token is not", async () => {
  const bad = token("mallory", 60, "shop");
  const page = connect(() => bad);
  const end = new Promise((resolve) => {
    page.disconnected.add(({ code, reason }) => resolve({ code, reason }));
  });

  expect(await end).toEqual({ code: 4401, reason: "Not authenticated" });
  page.disconnect();
  await expect.poll(() => server.log).toContain('aud: "shop" (expected: one of "chat")');
  expect(server.log).not.toContain(bad);
});
