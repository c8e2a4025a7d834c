package io.snorky.sync;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/** The session that the running thread works for. */
final class Ambient {

    private static final ThreadLocal<@Nullable SyncSession> SESSION = new ThreadLocal<>();

    private Ambient() {}

    static Optional<SyncSession> session() {
        return Optional.ofNullable(SESSION.get());
    }

    static void run(SyncSession session, Runnable task) {
        SyncSession before = SESSION.get();
        SESSION.set(session);
        try {
            task.run();
        } finally {
            if (before == null) {
                SESSION.remove();
            } else {
                SESSION.set(before);
            }
        }
    }
}
