/** Shows a short message, e.g. `toast` of sonner or react-hot-toast. What is missing is not used. */
export interface Toaster {
  // biome-ignore lint/suspicious/noExplicitAny: each library has types of its own
  (message: string, options?: any): unknown;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  message?(message: string, options?: any): unknown;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  info?(message: string, options?: any): unknown;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  success?(message: string, options?: any): unknown;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  warning?(message: string, options?: any): unknown;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  error?(message: string, options?: any): unknown;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  loading?(message: string, options?: any): unknown;
}

/** The kinds of messages; `loading` stays until it is closed. */
export type ToastKind = "message" | "info" | "success" | "warning" | "error" | "loading";

const KINDS: ReadonlySet<unknown> = new Set<ToastKind>([
  "message",
  "info",
  "success",
  "warning",
  "error",
]);

/** Shows a message of a kind, in the plain way if the toaster has none for it. */
export function show(toast: Toaster | undefined, kind: unknown, message: string): void {
  const options = kind === "loading" ? { duration: Number.POSITIVE_INFINITY } : undefined;
  const known = KINDS.has(kind) || kind === "loading" ? (kind as ToastKind) : undefined;
  const special = known && toast?.[known];
  if (special) {
    special.call(toast, message, options);
  } else {
    toast?.(message, options);
  }
}
