package io.snorky.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** What {@code docs/sync.md} shows compiles, and does what it says. */
class SyncManualTest {

    @Synced("NOTES")
    static final class Notes extends SyncedObject {

        record Note(int id, String text) {}

        private String title = "My Notes";
        private List<Note> notes = List.of();

        @SyncedAs("size")
        int totalLength() {
            return notes.stream().mapToInt(note -> note.text().length()).sum();
        }

        @Action
        void rename(String title) {
            this.title = title;
            sync();
        }

        @Task
        void slowly(int steps) throws InterruptedException {
            for (int i = 0; i < steps; i++) {
                Thread.sleep(100);
                int id = i;
                update(() ->
                        notes =
                                Stream.concat(notes.stream(), Stream.of(new Note(id, "…")))
                                        .toList());
            }
        }

        @CancelHook("slowly")
        void stopped() {
            toast(ToastKind.INFO, "Stopped at", notes.size());
        }
    }

    static final class Exports extends SyncedObject {

        private final transient Path log = Path.of("log.gz");

        @Action
        void fetch() {
            download("notes.zip", Path.of("/var/exports/notes.zip"));
            download("log.txt", () -> new GZIPInputStream(Files.newInputStream(log)));
        }
    }

    @Test
    void notes_are_renamed_and_a_task_is_stopped() {
        var notes = new Notes();
        var sessions =
                SyncSessions.identified(session -> {
                    session.register(notes);
                    return new SessionState() {};
                });
        Tab tab = Tab.open(sessions).is("alice", "1");
        tab.hears("_SET:NOTES", "{'title':'My Notes','notes':[],'size':0}");
        tab.says("_ACTION:NOTES", "{'type':'rename','title':'Mine'}");
        assertThat(tab.next()).contains("Mine");
        assertThat(notes.title).isEqualTo("Mine");
        tab.says("_TASK_START:NOTES", "{'type':'slowly','steps':1000}")
                .says("_TASK_CANCEL:NOTES", "{'type':'slowly'}")
                .hears("_TOAST", "{'type':'info','message':'Stopped at 0'}");
    }

    @Test
    void exports_are_offered() {
        var sessions =
                SyncSessions.single(session -> {
                    session.register(new Exports());
                    return new SessionState() {};
                });
        Tab tab = Tab.open(sessions).hears("_SET:Exports", "{}");
        tab.says("_ACTION:Exports", "{'type':'fetch'}");
        assertThat(tab.next()).contains("'notes.zip','url':'download/");
        assertThat(tab.next()).contains("'log.txt','url':'download/");
    }

    static final class Library {
        private String title = "Empty";

        int total_length() {
            return title.length();
        }

        void rename(String newTitle) {
            title = newTitle;
        }

        void tidy() throws InterruptedException {
            new CountDownLatch(1).await();
        }

        void untidy() {
            rename("Untidy");
        }
    }

    record Rename(String title) {}

    @Test
    void what_knows_nothing_is_registered_by_hand() {
        var library = new Library();
        var sessions = SyncSessions.single(session -> new SessionState() {});
        Tab tab = Tab.open(sessions).hearsNothing();
        SyncHandle handle =
                sessions.sessions()
                        .getFirst()
                        .register(
                                library,
                                Exposing.as("LIBRARY")
                                        .only("title")
                                        .includeAs("total_length", "size")
                                        .action(
                                                "rename",
                                                Rename.class,
                                                it -> library.rename(it.title()))
                                        .task("tidy", library::tidy)
                                        .cancelHook("tidy", library::untidy));
        tab.hears("_SET:LIBRARY", "{'title':'Empty','size':5}")
                .says("_ACTION:LIBRARY", "{'type':'rename','title':'Full'}")
                .hearsNothing();
        assertThat(handle.sync()).isTrue();
        tab.hears("_SET:LIBRARY", "{'title':'Full','size':4}");
    }
}
