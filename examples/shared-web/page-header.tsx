import { type ReactNode, useEffect, useState } from "react";
import type { Snorky } from "snorky";

interface Props {
  readonly title: string;
  readonly snorky: Snorky;
  /** What the mark says without a connection. */
  readonly lost: string;
  /** What else is at the top. */
  readonly children?: ReactNode;
}

const CONNECTING = { state: "waiting", text: "Connecting…" };
const LIVE = { state: "live", text: "Live" };

/** The top of a page, with the mark that says whether there is a connection. */
export function PageHeader({ title, snorky, lost, children }: Props) {
  const [{ state, text }, setMark] = useState(CONNECTING);
  useEffect(() => {
    const showLive = () => setMark(LIVE);
    const showLost = () => setMark({ state: "waiting", text: lost });
    if (snorky.isConnected) {
      showLive();
    }
    snorky.connected.add(showLive);
    snorky.disconnected.add(showLost);
    return () => {
      snorky.connected.remove(showLive);
      snorky.disconnected.remove(showLost);
    };
  }, [snorky, lost]);
  return (
    <header className="page-header">
      <h1>
        <img src="icon.svg" alt="" width="32" height="32" />
        {title}
      </h1>
      {children}
      <p className="connection" data-state={state} role="status">
        {text}
      </p>
    </header>
  );
}
