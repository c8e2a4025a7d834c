import { expect, test } from "vitest";
import { noteOf, oneLine, withChange, withMoved, withNote, without } from "../list.js";

const [a, b, c] = [noteOf("a"), noteOf("b"), noteOf("c")];

test("a new note has an id of its own, and one line", () => {
  expect(noteOf("Milk\r\n and eggs\n")).toMatchObject({ text: "Milk and eggs ", done: false });
  expect(a.id).not.toBe(b.id);
  expect(oneLine("as it is ")).toBe("as it is ");
});

test("notes are added, behind another one or at the end, and removed", () => {
  expect(withNote([a, b], c)).toEqual([a, b, c]);
  expect(withNote([a, b], c, 0)).toEqual([a, c, b]);
  expect(withNote([], c)).toEqual([c]);
  expect(without([a, b, c], b.id)).toEqual([a, c]);
});

test("what does not change stays the same object", () => {
  const list = withChange([a, b], b.id, { done: true });

  expect(list).toEqual([a, { ...b, done: true }]);
  expect(list[0]).toBe(a);
});

test("a note moves within the list, not out of it", () => {
  const list = [a, b, c];

  expect(withMoved(list, 0, 1)).toEqual([b, a, c]);
  expect(withMoved(list, 2, 0)).toEqual([c, a, b]);
  expect(withMoved(list, 0, -1)).toBe(list);
  expect(withMoved(list, 2, 3)).toBe(list);
});
