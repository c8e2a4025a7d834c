import { type ReactNode, useLayoutEffect, useRef } from "react";

interface Props {
  readonly isEmpty: boolean;
  /** What it says then. */
  readonly empty: string;
  /** Its lines, `li` elements. */
  readonly children: ReactNode;
}

/** As near to the end as this it counts as at the end, in pixels. */
const NEAR = 40;

/** Lines of which the last one shows, unless somebody has scrolled up to read. */
export function Log({ isEmpty, empty, children }: Props) {
  const log = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);

  useLayoutEffect(() => {
    if (log.current && isAtEnd.current) {
      log.current.scrollTop = log.current.scrollHeight;
    }
  });

  function scrolled({ scrollTop, scrollHeight, clientHeight }: HTMLElement): void {
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR;
  }

  return (
    <div
      ref={log}
      className="log"
      role="log"
      aria-label="Messages"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: so that the keyboard can scroll it
      tabIndex={0}
      onScroll={(event) => scrolled(event.currentTarget)}
    >
      <ol className="lines">
        {children}
        {isEmpty && <li className="note">{empty}</li>}
      </ol>
    </div>
  );
}
