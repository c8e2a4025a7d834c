import { useObserved } from "snorky/sync/react";
import type { Note } from "./notes.types.js";
import type { VisitorsState } from "./visitors.types.js";

interface Props {
  readonly notes: readonly Note[];
  readonly isConnected: boolean;
  readonly removeDone: () => void;
}

const NOBODY: VisitorsState = { pages: 0 };

/** How much there is to do, and how many pages show it: another object, which is only looked at. */
export function StatusBar({ notes, isConnected, removeDone }: Props) {
  const { pages } = useObserved("VISITORS", NOBODY);
  const open = notes.filter((note) => !note.done).length;
  return (
    <footer className="status">
      <p className="count">
        <strong>{open}</strong> of {notes.length} open
      </p>
      {isConnected && pages > 0 && (
        <p className="pages">
          {pages === 1 ? "1 page" : `${pages} pages`}
          <span className="wide"> connected</span>
        </p>
      )}
      <button type="button" className="quiet" disabled={open === notes.length} onClick={removeDone}>
        Remove done
      </button>
    </footer>
  );
}
