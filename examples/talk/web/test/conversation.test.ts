import { expect, it } from "vitest";
import { conversationWith, messageOf, withMessage, withState } from "../conversation.js";

it("keeps the latest messages, and what became of each", () => {
  let conversation = conversationWith("Bob");
  for (let i = 0; i < 250; i++) {
    conversation = withMessage(conversation, messageOf(String(i), true));
  }
  const last = conversation.messages.at(-1) as { readonly id: number };
  const changed = withState(conversation, last.id, { refused: "Bob is not here." });

  expect(changed.messages.length).toBe(200);
  expect(changed.messages.at(0)).toMatchObject({ text: "50", state: "sending" });
  expect(changed.messages.at(-1)).toMatchObject({
    text: "249",
    state: { refused: "Bob is not here." },
  });
});
