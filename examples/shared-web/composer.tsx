import { type FormEvent, useState } from "react";

interface Props {
  /** What it is for, to be read aloud and as long as it is empty. */
  readonly label: string;
  readonly send: (text: string) => void;
}

/** The line in which one writes a message. */
export function Composer({ label, send }: Props) {
  const [text, setText] = useState("");

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (text.trim() !== "") {
      send(text.trim());
      setText("");
    }
  }

  return (
    <form className="composer" onSubmit={submit}>
      <input
        type="text"
        aria-label={label}
        placeholder={label}
        maxLength={1000}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: whoever opens a conversation wants to talk
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit">Send</button>
    </form>
  );
}
