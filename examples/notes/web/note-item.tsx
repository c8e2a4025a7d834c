import type { KeyboardEvent } from "react";
import { CrossIcon, DownIcon, UpIcon } from "../../shared-web/icons.js";
import { oneLine } from "./list.js";
import type { Note } from "./notes.types.js";

/** Characters of a note at most; the server refuses more. */
export const TEXT_LIMIT = 500;

/** What can be done with a note. */
export interface NoteActions {
  readonly change: (id: string, change: Partial<Omit<Note, "id">>) => void;
  readonly move: (from: number, by: -1 | 1) => void;
  /** Adds an empty one behind it. */
  readonly addBehind: (index: number) => void;
  readonly remove: (index: number) => void;
}

interface Props {
  readonly note: Note;
  readonly index: number;
  readonly isLast: boolean;
  readonly actions: NoteActions;
}

/** One line of the list. What is written there shows on other pages letter by letter. */
export function NoteItem({ note, index, isLast, actions }: Props) {
  const { id, text, done } = note;
  const name = text === "" ? `note ${index + 1}` : text;

  function pressed(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) {
      return;
    }
    if (event.key === "Enter") {
      actions.addBehind(index);
    } else if (event.key === "Backspace" && text === "") {
      actions.remove(index);
    } else if (event.altKey && event.key === "ArrowUp") {
      actions.move(index, -1);
    } else if (event.altKey && event.key === "ArrowDown") {
      actions.move(index, 1);
    } else {
      return;
    }
    event.preventDefault();
  }

  return (
    <li className={done ? "note done" : "note"}>
      <input
        type="checkbox"
        className="check"
        aria-label={`Done: ${name}`}
        checked={done}
        onChange={(event) => actions.change(id, { done: event.target.checked })}
      />
      <div className="text" data-text={text}>
        <textarea
          id={`note-${id}`}
          rows={1}
          aria-label={`Note ${index + 1}`}
          maxLength={TEXT_LIMIT}
          value={text}
          onChange={(event) => actions.change(id, { text: oneLine(event.target.value) })}
          onKeyDown={pressed}
        />
      </div>
      <div className="buttons">
        <button
          type="button"
          className="icon-button"
          aria-label={`Move up: ${name}`}
          title="Move up (Alt+↑)"
          aria-disabled={index === 0}
          onClick={() => actions.move(index, -1)}
        >
          <UpIcon />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={`Move down: ${name}`}
          title="Move down (Alt+↓)"
          aria-disabled={isLast}
          onClick={() => actions.move(index, 1)}
        >
          <DownIcon />
        </button>
        <button
          type="button"
          className="icon-button danger"
          aria-label={`Delete: ${name}`}
          title="Delete"
          onClick={() => actions.remove(index)}
        >
          <CrossIcon />
        </button>
      </div>
    </li>
  );
}
