import { type FormEvent, useEffect, useRef, useState } from "react";

/** Something to choose. */
interface Entry {
  readonly name: string;
  readonly note?: string | undefined;
  readonly unread: number;
}

interface Props {
  /** What it lists, to be read aloud. */
  readonly label: string;
  readonly entries: readonly Entry[];
  /** The name of what is chosen. */
  readonly selected: string | null;
  readonly select: (name: string) => void;
  /** What the field is for in which other names are written. */
  readonly adding: string;
  readonly add: (name: string) => void;
}

/** Conversations beside the one that shows, and how much is unread in each. */
export function SideList({ label, entries, selected, select, adding, add }: Props) {
  const [name, setName] = useState("");
  const chosen = useRef<HTMLButtonElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another one is chosen then
  useEffect(() => {
    chosen.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [selected]);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (name.trim() !== "") {
      add(name.trim());
      setName("");
    }
  }

  return (
    <nav className="side" aria-label={label}>
      <ul>
        {entries.map(({ name, note, unread }) => (
          <li key={name}>
            <button
              type="button"
              className="quiet"
              ref={name === selected ? chosen : null}
              aria-current={name === selected}
              onClick={() => select(name)}
            >
              <span className="entry-name">{name}</span>
              {note !== undefined && <span className="entry-note"> {note}</span>}
              {unread > 0 && (
                <span className="unread">
                  {unread}
                  <span className="aloud"> unread</span>
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
      <form className="add" onSubmit={submit}>
        <input
          type="text"
          aria-label={adding}
          placeholder={adding}
          maxLength={40}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <button type="submit" aria-label="Go there">
          →
        </button>
      </form>
    </nav>
  );
}
