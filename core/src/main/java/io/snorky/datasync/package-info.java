/**
 * Rows of a database, in sync on every screen. A trusted server authorises subscriptions and
 * publishes {@link io.snorky.datasync.Delta deltas} through {@link
 * io.snorky.datasync.DataSyncBackend}; {@link io.snorky.datasync.Dealer dealers} decide whom each
 * one is for; browsers acquire their subscriptions at the {@link
 * io.snorky.datasync.DataSyncService}, where to start.
 */
@NullMarked
package io.snorky.datasync;

import org.jspecify.annotations.NullMarked;
