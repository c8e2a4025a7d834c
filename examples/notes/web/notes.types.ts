// Written by: snorky types io.snorky.examples.notes.Notes
// Do not edit it: change the Java class, and have it written anew.

/** The state of a synced object "NOTES". */
export interface NotesState {
  readonly limit: number;
  readonly progress: Progress | null;
  readonly notes: readonly Note[];
  readonly runningTasks: readonly (keyof NotesTasks)[];
}

/** Its actions: their arguments by name, null for those without any. */
export interface NotesActions {
  readonly download: null;
  readonly upload: {
    readonly data?: string | undefined;
    readonly name: string;
  };
}

/** Its tasks, likewise. */
export interface NotesTasks {
  readonly importBooks: null;
  readonly sort: null;
}

export interface Note {
  readonly id: string;
  readonly text: string;
  readonly done: boolean;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
}
