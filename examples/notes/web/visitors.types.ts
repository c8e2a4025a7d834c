// Written by `snorky types io.snorky.examples.notes.Visitors`. Do not edit: change the Java class, write it anew.

/** The state of `Visitors`, whose key is "VISITORS". */
export interface VisitorsState {
  readonly pages: number;
}
