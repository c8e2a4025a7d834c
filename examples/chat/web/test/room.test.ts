import { describe, expect, it } from "vitest";
import { lineOf, roomOf, withLine, withoutSending, withPresence } from "../room.js";

const NOON = new Date("2026-01-31T12:00:00Z");
const EMPTY = roomOf("Lobby", ["Bob", "Ada"]);

describe("a room", () => {
  it("has its members sorted, each once, whatever order they come in", () => {
    const room = withPresence(withPresence(EMPTY, "Aaron", "joined", NOON), "Bob", "joined", NOON);
    expect(room.members).toEqual(["Aaron", "Ada", "Bob"]);
    expect(withPresence(room, "Ada", "left", NOON).members).toEqual(["Aaron", "Bob"]);
  });

  it("keeps the latest lines, each with a number of its own", () => {
    let room = EMPTY;
    for (let i = 0; i < 250; i++) {
      room = withLine(room, lineOf("Ada", { text: String(i) }, NOON));
    }
    expect(room.lines.length).toBe(200);
    expect(room.lines[0]).toMatchObject({ text: "50" });
    expect(new Set(room.lines.map(({ id }) => id)).size).toBe(200);
  });

  it("forgets one message that was on its way, not all with the same words", () => {
    const room = { ...EMPTY, sending: ["yes", "no", "yes"] };
    expect(withoutSending(room, "yes").sending).toEqual(["no", "yes"]);
  });
});

describe("a line", () => {
  it.each([
    [{ text: "Hello" }, { type: "message", text: "Hello" }],
    [{ room: "Cats" }, { type: "offer", room: "Cats" }],
    [{ text: 5 }, { type: "message", text: '{"text":5}' }],
    [null, { type: "message", text: "null" }],
  ])("is made of whatever was sent: %j", (body, expected) => {
    expect(lineOf("Ada", body, NOON)).toMatchObject({ from: "Ada", time: NOON, ...expected });
  });
});
