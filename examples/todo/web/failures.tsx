import type { Failure } from "./task-list.js";

interface Props {
  readonly failures: readonly Failure[];
  readonly retry: () => void;
  readonly dismiss: () => void;
}

/** Says what could not be saved, and offers to try it again. */
export function Failures({ failures, retry, dismiss }: Props) {
  const last = failures.at(-1);
  if (!last) {
    return null;
  }
  const what = failures.length === 1 ? last.change.label : `${failures.length} changes`;
  return (
    <div className="alert" role="alert">
      <p>
        <strong>Not saved: {what}.</strong> {last.reason}
      </p>
      <button type="button" onClick={retry}>
        Try again
      </button>
      <button type="button" className="quiet" onClick={dismiss}>
        Discard
      </button>
    </div>
  );
}
