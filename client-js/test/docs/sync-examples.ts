/** The README's examples of synced objects, so that the compiler reads them. Nobody runs this. */
import { createElement } from "react";
import { create as createTyped } from "zustand";
import { Session, type Toaster, SyncedStore as TypedStore } from "../../src/sync/index.js";
import {
  SessionProvider,
  type SyncedReducer,
  useSyncedReducer,
  useSynced as useTyped,
} from "../../src/sync/react.js";
import { synced } from "../../src/sync/zustand.js";

interface State {
  title: string;
  notes: { text: string; done: boolean }[];
}

declare function render(state: State, isSynced: boolean): void;
declare const url: string;
declare const toast: Toaster;
declare const reducer: SyncedReducer<State, { type: string }>;

class SyncedStore extends TypedStore<State> {}
interface NotesStore {
  title: string;
  rename(title: string): void;
}

const create = () => createTyped<NotesStore>();
const useSynced: typeof useTyped<State> = useTyped;

export function plain() {
  const session = new Session({ url: "wss://example.com/sync", wsAuth: true });
  const notes = new SyncedStore(session, "NOTES", { title: "", notes: [] });
  notes.attach();
  session.connect();

  notes.subscribe(() => render(notes.getSnapshot(), notes.isSynced));
  notes.edit((draft) => {
    draft.notes.push({ text: "Milk", done: false });
  });
  notes.flush(); // or sync({debounceMs: 300, maxWaitMs: 2000})
  notes.sendAction({ type: "rename", title: "Shopping" });
  notes.startTask({ type: "importAll", from: "file.csv" });
  notes.cancelTask({ type: "importAll" });
}

export function react() {
  function Title() {
    const notes = useSynced("NOTES", { title: "", notes: [] });
    return createElement("input", {
      value: notes.title,
      onChange: (event) => notes.setTitle(event.target.value),
      onBlur: () => notes.syncTitle(notes.title),
    });
  }

  const page = createElement(SessionProvider, { url, toast, wsAuth: true }, createElement(Title));

  return page;
}

export function useReduced() {
  const [state, dispatch] = useSyncedReducer("NOTES", reducer, { title: "", notes: [] });

  return { state, dispatch };
}

export function zustand(session: Session) {
  const useNotes = create()(
    synced(
      (set, _get, api) => ({
        title: "",
        rename: (title) => {
          set({ title });
          api.sync();
        },
        ...api.sync.createDelegators()({ save: "saveAll" }),
      }),
      { key: "NOTES", session },
    ),
  );

  return useNotes;
}
