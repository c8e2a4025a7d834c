package io.snorky.examples.conformance;

import io.snorky.server.PortBuilder;
import io.snorky.server.WebSocketOptions;
import io.snorky.sync.KeyScope;
import io.snorky.sync.SessionState;
import io.snorky.sync.SyncHandle;
import io.snorky.sync.SyncLimits;
import io.snorky.sync.SyncSession;
import io.snorky.sync.SyncSessions;

import java.time.Duration;

/** The sessions with synced objects. They are kept while the server runs. */
final class SyncedSessions {

    private static final SyncLimits LIMITS =
            SyncLimits.DEFAULT.withIdleTimeout(Duration.ofDays(365));

    private SyncedSessions() {}

    static void offer(PortBuilder at, WebSocketOptions options) {
        at.sync(
                        "/sync/ws",
                        options,
                        SyncSessions.identifiedBuilder(SyncedSessions::begin)
                                .limits(LIMITS)
                                .build())
                .sync(
                        "/sync/global",
                        options,
                        SyncSessions.singleBuilder(SyncedSessions::begin).limits(LIMITS).build())
                .sync("/sync/shared", options, showing(SyncHandle.share(new Notes())));
    }

    /** Sessions that all show the same object. */
    private static SyncSessions showing(SyncHandle shared) {
        return SyncSessions.identifiedBuilder(
                        session -> {
                            session.show(shared);
                            return new SessionState() {};
                        })
                .limits(LIMITS)
                .build();
    }

    private static SessionState begin(SyncSession session) {
        session.register(new Notes());
        var stats = new Stats();
        KeyScope.run("lab", () -> session.register(stats));
        return stats;
    }
}
