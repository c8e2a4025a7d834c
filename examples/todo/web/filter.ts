import { useSyncExternalStore } from "react";
import type { Task } from "./task.js";

/** Which tasks are shown, and the addresses that say so. */
export const FILTERS = [
  { name: "All", hash: "#/", shows: () => true },
  { name: "Active", hash: "#/active", shows: (task: Task) => !task.completed },
  { name: "Completed", hash: "#/completed", shows: (task: Task) => task.completed },
] as const;

export type Filter = (typeof FILTERS)[number];

/** The filter that the page's address names. */
export function useFilter(): Filter {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return FILTERS.find((filter) => filter.hash === hash) ?? FILTERS[0];
}

function subscribe(listener: () => void): () => void {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
}
