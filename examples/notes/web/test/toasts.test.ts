import { showToast } from "snorky/sync";
import { expect, test } from "vitest";
import { Toasts } from "../toasts.js";

test("messages are shown, the latest four of them, until they are dismissed", () => {
  const toasts = new Toasts();
  let told = 0;
  const unsubscribe = toasts.subscribe(() => told++);
  for (const kind of ["default", "info", "success", "warning", "error"]) {
    showToast(toasts.toaster, kind, kind);
  }
  unsubscribe();

  expect(told).toBe(5);
  expect(toasts.getSaid().toasts.map(({ kind, text }) => [kind, text])).toEqual([
    ["info", "info"],
    ["success", "success"],
    ["warning", "warning"],
    ["error", "error"],
  ]);
  toasts.dismiss(toasts.getSaid().toasts[0]?.id ?? 0);
  expect(toasts.getSaid().toasts.map(({ text }) => text)).toEqual(["success", "warning", "error"]);
});

test("a good-bye stays until there is another connection", () => {
  const toasts = new Toasts();

  showToast(toasts.toaster, "loading", "This was all.");
  expect(toasts.getSaid()).toEqual({ toasts: [], goodBye: "This was all." });

  toasts.forgetGoodBye();
  expect(toasts.getSaid().goodBye).toBeNull();
});
