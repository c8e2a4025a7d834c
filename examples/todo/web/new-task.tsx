import { type FormEvent, useState } from "react";
import { TITLE_LIMIT } from "./task.js";

/** The line in which new tasks are written. */
export function NewTask({ add }: { readonly add: (title: string) => void }) {
  const [title, setTitle] = useState("");

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (title.trim() !== "") {
      add(title.trim());
      setTitle("");
    }
  }

  return (
    <form onSubmit={submit}>
      <input
        type="text"
        aria-label="New task"
        placeholder="What needs to be done?"
        maxLength={TITLE_LIMIT}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
        // biome-ignore lint/a11y/noAutofocus: adding tasks is what one comes here for
        autoFocus
      />
      <button type="submit" disabled={title.trim() === ""}>
        Add
      </button>
    </form>
  );
}
