import { newId } from "../../shared-web/new-id.js";
import type { Note } from "./notes.types.js";

type Notes = readonly Note[];

/** A new note. */
export function noteOf(text: string): Note {
  return { id: newId(), text: oneLine(text), done: false };
}

/** The list with a note behind another one, or at the end. */
export function withNote(notes: Notes, note: Note, behind = notes.length - 1): Notes {
  return notes.toSpliced(behind + 1, 0, note);
}

/** The list with something about a note changed; the others stay the same objects. */
export function withChange(notes: Notes, id: string, change: Partial<Omit<Note, "id">>): Notes {
  return notes.map((note) => (note.id === id ? { ...note, ...change } : note));
}

export function without(notes: Notes, id: string): Notes {
  return notes.filter((note) => note.id !== id);
}

/** The list with a note at another place. */
export function withMoved(notes: Notes, from: number, to: number): Notes {
  const note = notes[from];
  return note && to >= 0 && to < notes.length
    ? notes.toSpliced(from, 1).toSpliced(to, 0, note)
    : notes;
}

/** A text without line breaks. */
export function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, " ");
}
