import { applyPatch, type Operation } from "./patch.js";

/**
 * Fewer operations that do the same, to the state that they are for and to one that others have changed:
 * no element comes or goes that did not before. So what they lead to is not compared with what was, but
 * only those are left out that others of them make void.
 */
export function folded(operations: readonly Operation[]): Operation[] {
  return withoutOverwritten(intoAdded(operations));
}

/** What is changed in something that was added right before is added as it is then, or not at all. */
function intoAdded(operations: readonly Operation[]): Operation[] {
  const result: Operation[] = [];
  for (const operation of operations) {
    const last = result.at(-1);
    if (last?.op === "add" && changes(operation, last.path)) {
      result.pop();
      if (operation.op !== "remove" || operation.path !== last.path) {
        const path = `/value${operation.path.slice(last.path.length)}`;
        result.push({ ...last, ...applyPatch({ value: last.value }, [{ ...operation, path }]) });
      }
    } else {
      result.push(operation);
    }
  }
  return result;
}

/** Whether it changes what is at the path, and nothing else. */
function changes({ op, path }: Operation, what: string): boolean {
  switch (op) {
    case "add":
      return path.startsWith(`${what}/`);
    case "remove":
    case "replace":
      return path === what || path.startsWith(`${what}/`);
    default:
      return false;
  }
}

/** Between two elements that come or go all paths lead to the same, whatever is replaced. */
function withoutOverwritten(operations: readonly Operation[]): Operation[] {
  const overwritten = new Set<string>();
  const result: Operation[] = [];
  for (const operation of operations.slice().reverse()) {
    const { op, path } = operation;
    if (op === "replace" && isIn(path, overwritten)) {
      continue;
    }
    result.push(operation);
    if (op !== "replace") {
      overwritten.clear();
    }
    if (op === "replace" || op === "remove") {
      overwritten.add(path);
    }
  }
  return result.reverse();
}

/** Whether one of the paths leads there, or to something that it is in. */
function isIn(path: string, paths: ReadonlySet<string>): boolean {
  let to = path;
  while (to !== "" && !paths.has(to)) {
    to = to.slice(0, to.lastIndexOf("/"));
  }
  return paths.has(to);
}
