import { expect, test } from "vitest";
import type { Change, Outcome } from "../change.js";
import type { Task } from "../task.js";
import { TaskList } from "../task-list.js";

const MILK: Task = { id: "1", number: 1, title: "Buy milk", completed: false, version: 1 };
const TEA: Task = { id: "2", number: 2, title: "Buy tea", completed: false, version: 1 };

test("a change shows at once, and its answer stays when it is saved", async () => {
  const { list, titles } = listOf(MILK);
  const rename = renaming(MILK, "Buy oat milk");

  list.make(rename);
  expect(titles()).toEqual(["Buy oat milk"]);
  await rename.answer({ saved: [{ ...MILK, title: "Buy Oat Milk", version: 2 }], deleted: [] });

  expect(titles()).toEqual(["Buy Oat Milk"]);
  expect(list.isUnsaved).toBe(false);
});

test("changes are saved one after the other", async () => {
  const { list, titles } = listOf(MILK, TEA);
  const first = renaming(MILK, "one");
  const second = renaming(TEA, "two");

  list.make(first);
  list.make(second);
  expect(titles()).toEqual(["one", "two"]);
  expect([first.saves, second.saves]).toEqual([1, 0]);
  await first.answer({ saved: [{ ...MILK, title: "one", version: 2 }], deleted: [] });

  expect([first.saves, second.saves]).toEqual([1, 1]);
});

test("a change that is not saved is taken back, told, and can be made again", async () => {
  const { list, titles } = listOf(MILK);
  const rename = renaming(MILK, "Buy oat milk");

  list.make(rename);
  await rename.refuse("The server cannot be reached.");
  expect(titles()).toEqual(["Buy milk"]);
  expect(list.getView().failures).toEqual([
    { change: rename, reason: "The server cannot be reached." },
  ]);
  expect(list.isUnsaved).toBe(true);

  list.retry();
  expect(titles()).toEqual(["Buy oat milk"]);
  expect(list.getView().failures).toEqual([]);
  await rename.answer({ saved: [{ ...MILK, title: "Buy oat milk", version: 2 }], deleted: [] });
  expect(titles()).toEqual(["Buy oat milk"]);
});

test("a change lies on top of what others do meanwhile", () => {
  const { list, titles } = listOf(MILK);
  list.make(renaming(MILK, "Buy oat milk"));

  list.saved.processor.processDelta(updated(MILK, { title: "Buy soy milk", version: 2 }));
  list.saved.processor.processDelta({ type: "insert", model: "Task", data: TEA });

  expect(titles()).toEqual(["Buy oat milk", "Buy tea"]);
});

test("an answer that was overtaken by newer deltas changes nothing", async () => {
  const { list, titles } = listOf(MILK, TEA);
  const rename = renaming(MILK, "mine");
  list.make(rename);

  list.saved.processor.processDelta(updated(MILK, { title: "theirs, later", version: 3 }));
  await rename.answer({ saved: [{ ...MILK, title: "mine", version: 2 }], deleted: [] });

  expect(titles()).toEqual(["theirs, later", "Buy tea"]);
});

test("an answer does not bring back what was deleted meanwhile", async () => {
  const { list, titles } = listOf(MILK, TEA);
  const rename = renaming(MILK, "mine");
  list.make(rename);

  list.saved.processor.processDelta({ type: "delete", model: "Task", data: MILK });
  await rename.answer({ saved: [{ ...MILK, title: "mine", version: 2 }], deleted: [] });

  expect(titles()).toEqual(["Buy tea"]);
});

test("a delta that was overtaken by an answer changes nothing", async () => {
  const { list, titles } = listOf(MILK);
  const rename = renaming(MILK, "mine, later");
  list.make(rename);
  await rename.answer({ saved: [{ ...MILK, title: "mine, later", version: 3 }], deleted: [] });

  list.saved.processor.processDelta(updated(MILK, { title: "theirs", version: 2 }));

  expect(titles()).toEqual(["mine, later"]);
});

test("when a new list arrives while a change is being saved, the list is fetched again", async () => {
  const { list, titles, resyncs } = listOf(MILK);
  const rename = renaming(MILK, "mine");
  list.make(rename);

  list.saved.replace([TEA]);
  await rename.answer({ saved: [{ ...MILK, title: "mine", version: 2 }], deleted: [] });

  expect(titles()).toEqual(["Buy tea"]);
  expect(resyncs()).toBe(1);
});

test("tasks are in the order of their creation, whatever order they came in", () => {
  const { titles } = listOf(TEA, MILK);

  expect(titles()).toEqual(["Buy milk", "Buy tea"]);
});

function listOf(...tasks: Task[]) {
  let resyncs = 0;
  const list = new TaskList(() => {
    resyncs++;
  });
  list.saved.replace(tasks);
  const titles = () => list.getView().tasks.map(({ title }) => title);
  return { list, titles, resyncs: () => resyncs };
}

function updated(task: Task, fields: Partial<Task>) {
  return { type: "update", model: "Task", oldData: task, newData: { ...task, ...fields } } as const;
}

/** A change whose answer the test gives. */
interface HeldChange extends Change {
  readonly saves: number;
  answer(outcome: Outcome): Promise<void>;
  refuse(reason: string): Promise<void>;
}

function renaming({ id }: Task, title: string): HeldChange {
  let answer: (outcome: Outcome) => void = () => {};
  let refuse: (error: Error) => void = () => {};
  let saves = 0;
  return {
    label: title,
    get saves() {
      return saves;
    },
    apply: (tasks) => tasks.map((task) => (task.id === id ? { ...task, title } : task)),
    save() {
      saves++;
      return new Promise((resolve, reject) => {
        answer = resolve;
        refuse = reject;
      });
    },
    answer(outcome) {
      answer(outcome);
      return settled();
    },
    refuse(reason) {
      refuse(new Error(reason));
      return settled();
    },
  };
}

/** Ends when all that waits for promises has run. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
