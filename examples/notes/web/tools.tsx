import type { NotesTasks } from "./notes.types.js";
import { Upload } from "./upload.js";

interface Props {
  /** The tasks that run; none runs twice at a time. */
  readonly running: readonly (keyof NotesTasks)[];
  readonly start: (task: keyof NotesTasks) => void;
  readonly upload: (name: string, data: ArrayBuffer) => void;
  readonly download: () => void;
  /** Tells the user what is wrong with a file. */
  readonly complain: (sentence: string) => void;
}

/** What can be done with the list as a whole. */
export function Tools({ running, start, upload, download, complain }: Props) {
  return (
    <div className="tools">
      <button
        type="button"
        className="quiet"
        disabled={running.includes("importBooks")}
        onClick={() => start("importBooks")}
      >
        Import books
      </button>
      <button
        type="button"
        className="quiet"
        disabled={running.includes("sort")}
        onClick={() => start("sort")}
      >
        Sort
      </button>
      <Upload upload={upload} complain={complain} />
      <button type="button" className="quiet" onClick={download}>
        Download
      </button>
    </div>
  );
}
