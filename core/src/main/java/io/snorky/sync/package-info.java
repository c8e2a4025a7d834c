/**
 * Synced objects: Java objects whose state browsers mirror. Start at {@link
 * io.snorky.sync.SyncedObject} and {@link io.snorky.sync.SyncSessions}.
 */
@NullMarked
package io.snorky.sync;

import org.jspecify.annotations.NullMarked;
