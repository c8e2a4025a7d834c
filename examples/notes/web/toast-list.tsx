import { useEffect, useState } from "react";
import { CrossIcon } from "../../shared-web/icons.js";
import type { Toast } from "./toasts.js";

interface Props {
  readonly toasts: readonly Toast[];
  readonly dismiss: (id: number) => void;
}

interface ItemProps extends Omit<Props, "toasts"> {
  readonly toast: Toast;
}

const SHOWN_MILLIS = 5_000;

/** Short messages at the edge of the page, which go by themselves. */
export function ToastList({ toasts, dismiss }: Props) {
  return (
    <ul className="toasts" role="status" aria-label="Messages">
      {toasts.map((toast) => (
        <ToastItem key={toast.id} toast={toast} dismiss={dismiss} />
      ))}
    </ul>
  );
}

function ToastItem({ toast: { id, kind, text }, dismiss }: ItemProps) {
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) {
      return;
    }
    const timer = setTimeout(() => dismiss(id), SHOWN_MILLIS);
    return () => clearTimeout(timer);
  }, [id, isHeld, dismiss]);
  return (
    <li
      className="toast"
      data-kind={kind}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p>{text}</p>
      <button
        type="button"
        className="icon-button"
        aria-label="Dismiss"
        onClick={() => dismiss(id)}
      >
        <CrossIcon />
      </button>
    </li>
  );
}
