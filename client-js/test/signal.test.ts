import { describe, expect, it, vi } from "vitest";
import { Signal } from "../src/index.js";

describe("A signal", () => {
  it("calls its listeners in the order they were added, with all arguments", () => {
    const signal = new Signal<[string, number]>();
    const calls: unknown[] = [];
    signal.add((text, number) => calls.push(["first", text, number]));
    signal.add((text, number) => calls.push(["second", text, number]));

    signal.dispatch("a", 1);

    expect(calls).toEqual([
      ["first", "a", 1],
      ["second", "a", 1],
    ]);
  });

  it("calls listeners of higher priority first", () => {
    const signal = new Signal();
    const calls: string[] = [];
    signal.add(() => calls.push("low"), undefined, -1);
    signal.add(() => calls.push("normal"));
    signal.add(() => calls.push("high"), undefined, 5);
    signal.add(() => calls.push("normal too"));

    signal.dispatch();

    expect(calls).toEqual(["high", "normal", "normal too", "low"]);
  });

  it("calls a listener with its context as this", () => {
    const signal = new Signal<[number]>();
    const counter = { total: 0 };
    function add(this: typeof counter, amount: number) {
      this.total += amount;
    }
    signal.add(add, counter);

    signal.dispatch(5);

    expect(counter.total).toBe(5);
  });

  it("adds the same listener and context only once, and another context again", () => {
    const signal = new Signal();
    const listener = vi.fn();
    signal.add(listener);
    signal.add(listener);
    signal.add(listener, {});

    signal.dispatch();

    expect(listener).toHaveBeenCalledTimes(2);
    expect(signal.getNumListeners()).toBe(2);
  });

  it("calls a listener that was added once for the next dispatch alone", () => {
    const signal = new Signal<[number]>();
    const listener = vi.fn();
    signal.addOnce(listener);

    signal.dispatch(1);
    signal.dispatch(2);

    expect(listener.mock.calls).toEqual([[1]]);
  });

  it("takes listeners out: by function and context, by binding, and all", () => {
    const signal = new Signal();
    const context = {};
    const listener = vi.fn();
    signal.add(listener, context);
    signal.remove(listener);
    expect(signal.has(listener, context)).toBe(true);
    signal.remove(listener, context);
    expect(signal.has(listener, context)).toBe(false);

    signal.add(listener).detach();
    signal.add(listener, 1);
    signal.add(listener, 2);
    signal.removeAll();
    signal.dispatch();

    expect(listener).not.toHaveBeenCalled();
  });

  it("reports a listener that throws and calls the others", () => {
    const report = vi.fn();
    const signal = new Signal(report);
    const other = vi.fn();
    const error = new Error("mine");
    signal.add(() => {
      throw error;
    });
    signal.add(other);

    signal.dispatch();

    expect(other).toHaveBeenCalledOnce();
    expect(report).toHaveBeenCalledWith(error, "a signal's listener threw");
  });

  it("writes to the console if nobody else is told what listeners throw", () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const signal = new Signal();
    const error = new Error("mine");
    signal.add(() => {
      throw error;
    });

    signal.dispatch();

    expect(log).toHaveBeenCalledWith("Snorky: a signal's listener threw:", error);
  });

  it("survives a reporter that throws", () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const signal = new Signal(() => {
      throw new Error("the reporter's");
    });
    signal.add(() => {
      throw new Error("the listener's");
    });

    signal.dispatch();

    expect(log.mock.calls.map(([, error]) => (error as Error).message)).toEqual([
      "the listener's",
      "the reporter's",
    ]);
  });

  it("does not call a listener that was removed during the dispatch", () => {
    const signal = new Signal();
    const second = vi.fn();
    signal.add(() => signal.remove(second));
    signal.add(second);

    signal.dispatch();

    expect(second).not.toHaveBeenCalled();
  });

  it("first calls a listener that was added during a dispatch at the next one", () => {
    const signal = new Signal();
    const late = vi.fn();
    signal.addOnce(() => signal.add(late));

    signal.dispatch();
    expect(late).not.toHaveBeenCalled();
    signal.dispatch();

    expect(late).toHaveBeenCalledOnce();
  });

  it("leaves the listeners after one that halts out of this dispatch, nested ones apart", () => {
    const signal = new Signal<[string]>();
    const calls: string[] = [];
    signal.add((name) => {
      if (name === "outer") {
        signal.halt();
        signal.dispatch("inner");
      }
    });
    signal.add((name) => calls.push(name));

    signal.dispatch("outer");
    signal.dispatch("later");

    expect(calls).toEqual(["inner", "later"]);
  });

  it("does nothing while it is not active, nor for a halt outside of a dispatch", () => {
    const signal = new Signal();
    const listener = vi.fn();
    signal.add(listener);
    signal.halt();
    signal.active = false;
    signal.dispatch();
    signal.active = true;
    signal.dispatch();

    expect(listener).toHaveBeenCalledOnce();
  });

  it("refuses a listener that is no function", () => {
    const signal = new Signal();

    expect(() => signal.add(5 as never)).toThrow("listener: 5 (expected: a function)");
  });
});
