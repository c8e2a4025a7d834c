import { expect, test } from "vitest";
import { newId } from "../../../shared-web/new-id.js";
import { websocketAddress } from "../websocket-address.js";

test("a port and a path are those of the page's own host", () => {
  const page = { protocol: "http:", hostname: "localhost" };

  expect(websocketAddress(":5001/ws", page)).toBe("ws://localhost:5001/ws");
  expect(websocketAddress(":5001/ws", { ...page, protocol: "https:" })).toBe(
    "wss://localhost:5001/ws",
  );
  expect(websocketAddress("wss://example.org/ws", page)).toBe("wss://example.org/ws");
});

test("ids are random UUIDs", () => {
  expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(newId()).not.toBe(newId());
});
