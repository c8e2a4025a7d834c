package io.snorky.examples.conformance;

import io.snorky.sync.SessionState;
import io.snorky.sync.Synced;
import io.snorky.sync.SyncedObject;

/** Counts the comings and goings of its session. */
@Synced("STATS")
final class Stats extends SyncedObject implements SessionState {

    private int connectCount;
    private int disconnectCount;

    @Override
    public void onConnect() {
        update(() -> connectCount++);
    }

    @Override
    public void onDisconnect() {
        update(() -> disconnectCount++);
    }
}
