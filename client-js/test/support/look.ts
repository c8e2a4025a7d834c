import type { Delta } from "../../src/index.js";
import type { Item, Row } from "./world.js";

/** How a change looks to each item of a subscription: deletes first, inserts last. */
export function look(change: Delta<Row>, items: readonly Item[]): Delta<Row>[] {
  const looks = items.flatMap((item) => lookOf(change, item));
  return ["delete", "update", "insert"].flatMap((type) =>
    looks.filter((delta) => delta.type === type),
  );
}

function lookOf(change: Delta<Row>, { sees, tag }: Item): Delta<Row>[] {
  const { type, model, version } = change;
  const extras = {
    ...(tag === undefined ? {} : { tag }),
    ...(version === undefined ? {} : { version }),
  };
  if (type !== "update") {
    return sees(change.data) ? [{ ...change, ...extras }] : [];
  }
  const { oldData, newData } = change;
  if (sees(oldData) && sees(newData)) {
    return [{ ...change, ...extras }];
  }
  if (sees(oldData)) {
    return [{ type: "delete", model, data: oldData, ...extras }];
  }
  return sees(newData) ? [{ type: "insert", model, data: newData, ...extras }] : [];
}
