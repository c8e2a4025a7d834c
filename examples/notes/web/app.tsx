import { useEffect, useSyncExternalStore } from "react";
import { useIsConnected, useRemoteToast, useSession, useSynced } from "snorky/sync/react";
import { GoodBye } from "./good-bye.js";
import { Header } from "./header.js";
import { noteOf, withNote } from "./list.js";
import { NewNote } from "./new-note.js";
import { NoteList } from "./note-list.js";
import type { NotesActions, NotesState, NotesTasks } from "./notes.types.js";
import { RunningTasks } from "./running-tasks.js";
import { StatusBar } from "./status-bar.js";
import { ToastList } from "./toast-list.js";
import type { Toasts } from "./toasts.js";
import { Tools } from "./tools.js";

/** Before the server has sent its state: its limit is never 0. */
const NOTHING: NotesState = { limit: 0, notes: [], progress: null, runningTasks: [] };

/** The page. */
export function App({ toasts }: { readonly toasts: Toasts }) {
  const session = useSession();
  const isConnected = useIsConnected();
  const synced = useSynced<NotesState, NotesActions, NotesTasks>("NOTES", NOTHING);
  const { limit, notes, progress, runningTasks, syncNotes } = synced;
  const isLoaded = limit > 0;
  const { toasts: shown, goodBye } = useSyncExternalStore(toasts.subscribe, toasts.getSaid);
  useRemoteToast(session, toasts.toaster);
  useEffect(() => {
    const binding = session.errorReceived.add(({ message }) => toasts.toaster.error?.(message));
    return () => binding.detach();
  }, [session, toasts]);

  function comeBack(): void {
    toasts.forgetGoodBye();
    session.connect();
  }

  return (
    <>
      <Header isConnected={isConnected && isLoaded} isDismissed={goodBye !== null} />
      <main>
        {goodBye !== null && <GoodBye sentence={goodBye} comeBack={comeBack} />}
        <section className="card" aria-label="List">
          <NewNote
            isFull={isLoaded && notes.length >= limit}
            isDisabled={!isLoaded}
            add={(text) => syncNotes(withNote(notes, noteOf(text)))}
          />
          <Tools
            running={runningTasks}
            start={(type) => synced.startTask({ type })}
            upload={(name, data) => synced.sendBinary({ type: "upload", name }, data)}
            download={() => synced.sendAction({ type: "download" })}
            complain={(sentence) => toasts.toaster.warning?.(sentence)}
          />
          <RunningTasks
            running={runningTasks}
            progress={progress}
            cancel={(type) => synced.cancelTask({ type })}
          />
          {notes.length > 0 && <NoteList notes={notes} limit={limit} become={syncNotes} />}
          {notes.length === 0 && (
            <p className="empty">{isLoaded ? "No notes. Write the first above." : "Loading…"}</p>
          )}
          <StatusBar
            notes={notes}
            isConnected={isConnected}
            removeDone={() => syncNotes(notes.filter((note) => !note.done))}
          />
        </section>
        <p className="hint">
          Open this page in a second window and write in both. Enter adds a note below, Backspace
          removes an empty one, Alt with ↑ and ↓ moves it.
        </p>
      </main>
      <ToastList toasts={shown} dismiss={toasts.dismiss} />
    </>
  );
}
