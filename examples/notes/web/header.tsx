import { useEffect, useState } from "react";

interface Props {
  readonly isConnected: boolean;
  /** Whether the page is not to come back by itself. */
  readonly isDismissed: boolean;
}

/** The top of the page, with the mark that says whether there is a connection. */
export function Header({ isConnected, isDismissed }: Props) {
  const [wasConnected, setWasConnected] = useState(false);
  useEffect(() => setWasConnected((was) => was || isConnected), [isConnected]);
  return (
    <header className="page-header">
      <h1>
        <img src="icon.svg" alt="" width="32" height="32" />
        Notes
      </h1>
      <p className="connection" data-state={isConnected ? "live" : "waiting"} role="status">
        {isConnected
          ? "Live"
          : isDismissed
            ? "Disconnected"
            : wasConnected
              ? "Reconnecting… What you write is kept."
              : "Connecting…"}
      </p>
    </header>
  );
}
