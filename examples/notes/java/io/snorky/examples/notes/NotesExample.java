package io.snorky.examples.notes;

import io.snorky.server.SnorkyServer;
import io.snorky.server.StaticFiles;
import io.snorky.sync.SessionState;
import io.snorky.sync.SyncHandle;
import io.snorky.sync.SyncSessions;

import java.time.Duration;

/** A server with the notes: the page and the WebSocket of its objects at port 5001. */
public final class NotesExample {

    private static final String PAGE = "io/snorky/examples/notes/web";

    private NotesExample() {}

    /** A session for each page. All show the same notes, and the same count of pages. */
    public static SyncSessions sessions() {
        return sessions(Notes.PACE);
    }

    static SyncSessions sessions(Duration pace) {
        var visitors = new Visitors();
        SyncHandle shownNotes = SyncHandle.share(new Notes(pace));
        SyncHandle shownVisitors = SyncHandle.share(visitors);
        return SyncSessions.identified(session -> {
            session.show(shownNotes);
            session.show(shownVisitors);
            return new SessionState() {
                @Override
                public void onConnect() {
                    visitors.came();
                }

                @Override
                public void onDisconnect() {
                    visitors.left();
                }
            };
        });
    }

    /** Runs the server until the process is told to end. */
    public static void main(String[] arguments) throws InterruptedException {
        var page = StaticFiles.onClassPath(NotesExample.class.getClassLoader(), PAGE);

        try (var sessions = sessions();
                var server =
                        SnorkyServer.builder()
                                .listen(5001, at -> at.sync("/sync", sessions).files("/", page))
                                .start()) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            System.out.println("notes http://127.0.0.1:5001/");
            server.awaitShutdown();
        }
    }
}
