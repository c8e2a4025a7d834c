import type { LiveState } from "snorky";

/** The top of the page, and the mark that says whether what is below is up to date. */
export function Header({ state }: { readonly state: LiveState }) {
  return (
    <header className="page-header">
      <h1>
        <img src="/icon.svg" alt="" width="32" height="32" />
        Tasks
      </h1>
      <p
        className="connection"
        data-state={state.type === "live" ? "live" : "waiting"}
        role="status"
      >
        {text(state)}
      </p>
    </header>
  );
}

function text(state: LiveState): string {
  switch (state.type) {
    case "live":
      return "Live";
    case "syncing":
      return "Connecting…";
    case "stale":
      return "Reconnecting… Last known tasks are shown.";
    case "stopped":
      return "Stopped";
  }
}
