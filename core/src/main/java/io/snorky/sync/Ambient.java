package io.snorky.sync;

import io.snorky.Client;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/** The session, and the browser, that the running thread works for. */
final class Ambient {

    private record Work(SyncSession session, @Nullable Client asker) {}

    private static final ThreadLocal<@Nullable Work> WORK = new ThreadLocal<>();

    private Ambient() {}

    static Optional<SyncSession> session() {
        return Optional.ofNullable(WORK.get()).map(Work::session);
    }

    /** Who asked for what is being done, if somebody did. */
    static Optional<Client> asker() {
        return Optional.ofNullable(WORK.get()).map(Work::asker);
    }

    /**
     * @param asker null if nobody asked for it
     */
    static void run(SyncSession session, @Nullable Client asker, Runnable task) {
        Work before = WORK.get();
        WORK.set(new Work(session, asker));
        try {
            task.run();
        } finally {
            if (before == null) {
                WORK.remove();
            } else {
                WORK.set(before);
            }
        }
    }
}
