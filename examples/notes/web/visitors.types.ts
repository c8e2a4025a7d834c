// Written by: snorky types io.snorky.examples.notes.Visitors
// Do not edit it: change the Java class, and have it written anew.

/** The state of a synced object "VISITORS". */
export interface VisitorsState {
  readonly pages: number;
}

/** Its actions: their arguments by name, null for those without any. */
export type VisitorsActions = Record<never, never>;

/** Its tasks, likewise. */
export type VisitorsTasks = Record<never, never>;
