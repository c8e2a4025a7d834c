import type { ChangeEvent } from "react";

/** Bytes of a file at most. */
const LIMIT = 100_000;

interface Props {
  readonly upload: (name: string, data: ArrayBuffer) => void;
  /** Tells the user what is wrong with a file. */
  readonly complain: (sentence: string) => void;
}

/** The button that takes a text file. */
export function Upload({ upload, complain }: Props) {
  async function chosen({ target }: ChangeEvent<HTMLInputElement>): Promise<void> {
    const file = target.files?.[0];
    target.value = ""; // or the same file cannot be chosen again
    if (!file) {
      return;
    }
    if (file.size > LIMIT) {
      complain(`${file.name} is too large: ${file.size} bytes, ${LIMIT} are taken.`);
      return;
    }
    try {
      upload(file.name, await file.arrayBuffer());
    } catch {
      complain(`${file.name} cannot be read.`);
    }
  }

  return (
    <label className="upload">
      Upload a text file
      <input type="file" className="aloud" accept=".txt,.md,text/plain" onChange={chosen} />
    </label>
  );
}
