package io.snorky.server.twin;

import io.snorky.sync.Synced;

/** Holds something whose name is the one that its own state gets in TypeScript. */
@Synced
final class Twin {
    record TwinState(int number) {}

    TwinState state = new TwinState(1);
}
