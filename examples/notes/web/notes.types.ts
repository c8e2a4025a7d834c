// Written by `snorky types io.snorky.examples.notes.Notes`. Do not edit: change the Java class, write it anew.

/** The state of `Notes`, whose key is "NOTES". */
export interface NotesState {
  readonly limit: number;
  readonly notes: readonly Note[];
  readonly progress: Progress | null;
  readonly runningTasks: readonly (keyof NotesTasks)[];
}

/** The actions of `Notes`: their arguments by name, null for those without any. */
export type NotesActions = {
  readonly download: null;
  readonly upload: { readonly name: string };
};

/** The tasks of `Notes`, likewise. */
export type NotesTasks = {
  readonly importBooks: null;
  readonly sort: null;
};

export interface Note {
  readonly id: string;
  readonly text: string;
  readonly done: boolean;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
}
