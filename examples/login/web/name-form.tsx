import { type FormEvent, useState } from "react";
import { lastName } from "./person.js";

interface Props {
  /** What follows once there is a name: the words on the button. */
  readonly action: string;
  readonly hint: string;
  /** Why there is none, if somebody had one and lost it. */
  readonly problem?: string | null;
  /** Takes the name. Rejected with what is to be shown. */
  readonly take: (name: string) => Promise<unknown>;
}

/** Asks people who they are. */
export function NameForm({ action, hint, problem = null, take }: Props) {
  const [name, setName] = useState(lastName);
  const [refusal, setRefusal] = useState(problem);
  const [isWaiting, setWaiting] = useState(false);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setWaiting(true);
    setRefusal(null);
    try {
      await take(name.trim());
    } catch (error) {
      setRefusal((error as Error).message);
      setWaiting(false);
    }
  }

  return (
    <form className="card name-form" onSubmit={submit}>
      <label htmlFor="name">Your name</label>
      <div className="name-line">
        <input
          id="name"
          type="text"
          required
          maxLength={24}
          autoComplete="off"
          // biome-ignore lint/a11y/noAutofocus: there is nothing else to do here
          autoFocus
          aria-describedby="name-hint"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <button type="submit" disabled={isWaiting}>
          {action}
        </button>
      </div>
      {refusal !== null && (
        <p className="refusal" role="alert">
          {refusal}
        </p>
      )}
      <p id="name-hint" className="name-hint">
        {hint}
      </p>
    </form>
  );
}
