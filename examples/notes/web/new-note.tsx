import { type FormEvent, useState } from "react";
import { TEXT_LIMIT } from "./note-item.js";

interface Props {
  /** Whether there is no room for another one. */
  readonly isFull: boolean;
  /** Whether the list is not there yet. */
  readonly isDisabled: boolean;
  readonly add: (text: string) => void;
}

/** The line in which new notes are written. */
export function NewNote({ isFull, isDisabled, add }: Props) {
  const [text, setText] = useState("");
  const canAdd = text.trim() !== "" && !isFull && !isDisabled;

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (canAdd) {
      add(text.trim());
      setText("");
    }
  }

  return (
    <form className="new-note" onSubmit={submit}>
      <input
        type="text"
        aria-label="New note"
        placeholder={isFull ? "The list is full" : "Write a note"}
        maxLength={TEXT_LIMIT}
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
        // biome-ignore lint/a11y/noAutofocus: adding notes is what one comes here for
        autoFocus
      />
      <button type="submit" disabled={!canAdd}>
        Add
      </button>
    </form>
  );
}
