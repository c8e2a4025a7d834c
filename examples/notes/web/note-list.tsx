import { useEffect, useRef, useState } from "react";
import { noteOf, withChange, withMoved, withNote, without } from "./list.js";
import { type NoteActions, NoteItem } from "./note-item.js";
import type { Note } from "./notes.types.js";

interface Props {
  readonly notes: readonly Note[];
  readonly limit: number;
  /** Shows another list, and sends what is different. */
  readonly become: (notes: readonly Note[]) => void;
}

/** The notes, to be edited in place. */
export function NoteList({ notes, limit, become }: Props) {
  const focus = useRef<string | null>(null);
  const [moved, setMoved] = useState("");

  useEffect(() => {
    if (focus.current !== null) {
      document.getElementById(`note-${focus.current}`)?.focus();
      focus.current = null;
    }
  });

  const actions: NoteActions = {
    change: (id, change) => become(withChange(notes, id, change)),
    move: (from, by) => {
      const list = withMoved(notes, from, from + by);
      if (list !== notes) {
        setMoved(`Now note ${from + by + 1} of ${notes.length}`);
        become(list);
      }
    },
    addBehind: (index) => {
      if (notes.length < limit) {
        const note = noteOf("");
        focus.current = note.id;
        become(withNote(notes, note, index));
      }
    },
    remove: (index) => {
      focus.current = (notes[index + 1] ?? notes[index - 1])?.id ?? null;
      become(without(notes, notes[index]?.id ?? ""));
    },
  };

  return (
    <>
      <ol className="notes" aria-label="Notes">
        {notes.map((note, index) => (
          <NoteItem
            key={note.id}
            note={note}
            index={index}
            isLast={index === notes.length - 1}
            actions={actions}
          />
        ))}
      </ol>
      <p className="aloud" role="status">
        {moved}
      </p>
    </>
  );
}
