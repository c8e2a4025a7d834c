export type {
  ActionOf,
  ActionsParams,
  AnyActions,
  ExposedAction,
  ExposedActions,
  NameOf,
} from "./actions.js";
export { type IdStorage, pageIds } from "./browser.js";
export { diff } from "./diff.js";
export { type Draft, produce, type Recipe } from "./draft.js";
export type { Envelope, SyncError } from "./frames.js";
export { applyPatch, type Operation, PatchError } from "./patch.js";
export {
  type EventHandler,
  Session,
  type SessionOptions,
  type SyncSocketClass,
} from "./session.js";
export type { Shift } from "./shifts.js";
export { type StoreOptions, SyncedStore } from "./store.js";
export type { TimingOptions } from "./timing.js";
export { show as showToast, type Toaster, type ToastKind } from "./toast.js";
