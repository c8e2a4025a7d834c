package io.snorky.datasync;

/**
 * Bounds of a DataSync service.
 *
 * @param waitingSubscriptions subscriptions that nobody holds, of all back ends together
 * @param subscriptionsPerClient subscriptions that one client may hold
 * @param itemsPerSubscription items of one subscription
 * @param deltasPerBatch deltas published in one go
 */
public record DataSyncLimits(
        int waitingSubscriptions,
        int subscriptionsPerClient,
        int itemsPerSubscription,
        int deltasPerBatch) {

    /** 100,000 waiting, 1,000 a client, 1,000 items, 100,000 deltas. */
    public static final DataSyncLimits DEFAULT = new DataSyncLimits(100_000, 1_000, 1_000, 100_000);
}
