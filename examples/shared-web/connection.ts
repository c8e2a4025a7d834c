import type { Snorky } from "snorky";

/** How soon a lost connection is made anew, in milliseconds. */
export const RECONNECT = { minDelay: 250, maxDelay: 5_000 };

/** The address of the Snorky server that the page came from. */
export function serverAddress(page: { readonly protocol: string; readonly host: string }): string {
  return `${page.protocol === "https:" ? "wss" : "ws"}://${page.host}/ws`;
}

/** Keeps the mark at the top of a page up to date that says whether there is a connection. */
export function markConnection(snorky: Snorky, mark: HTMLElement, lost = "Reconnecting…"): void {
  const show = (state: string, text: string) => {
    mark.dataset.state = state;
    mark.textContent = text;
  };
  snorky.connected.add(() => show("live", "Live"));
  snorky.disconnected.add(() => show("waiting", lost));
}
