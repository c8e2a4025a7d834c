import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { TITLE_LIMIT } from "./task.js";

interface Props {
  readonly title: string;
  /**
   * Called once, when editing is over.
   *
   * @param title the new one, empty if there is none left; null if it stays as it was
   * @param byKey whether a key ended it, so that the focus is to stay near
   */
  readonly end: (title: string | null, byKey: boolean) => void;
}

/** Edits a title: Enter and leaving the field keep what is written, Escape does not. */
export function TaskEditor({ title, end }: Props) {
  const [draft, setDraft] = useState(title);
  const input = useRef<HTMLInputElement>(null);
  const ended = useRef(false);

  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);

  function endOnce(result: string | null, byKey: boolean): void {
    if (!ended.current) {
      ended.current = true; // the field also loses the focus as it goes
      end(result, byKey);
    }
  }

  function pressed(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) {
      return;
    }
    if (event.key === "Enter") {
      event.preventDefault(); // or the same key press goes on to the button that gets the focus
      endOnce(draft.trim(), true);
    } else if (event.key === "Escape") {
      endOnce(null, true);
    }
  }

  return (
    <input
      ref={input}
      type="text"
      aria-label={`Title of: ${title}`}
      maxLength={TITLE_LIMIT}
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onKeyDown={pressed}
      onBlur={() => endOnce(draft.trim(), false)}
    />
  );
}
