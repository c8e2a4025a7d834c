package io.snorky.datasync;

/**
 * Bounds of a DataSync service; each more than zero.
 *
 * @param waitingSubscriptions subscriptions that nobody holds, of all back ends together
 * @param subscriptionsPerClient subscriptions that one client may hold
 * @param itemsPerSubscription items of one subscription
 * @param queryCharacters of a query's JSON text, about
 * @param queryDepth of lists and objects in each other in a query
 * @param deltasPerBatch deltas published in one go
 */
public record DataSyncLimits(
        int waitingSubscriptions,
        int subscriptionsPerClient,
        int itemsPerSubscription,
        int queryCharacters,
        int queryDepth,
        int deltasPerBatch) {

    /**
     * 100,000 waiting, 1,000 a client, 1,000 items, 16,384 characters, depth 32, 100,000 deltas.
     */
    public static final DataSyncLimits DEFAULT =
            new DataSyncLimits(100_000, 1_000, 1_000, 16_384, 32, 100_000);

    public DataSyncLimits {
        require("waitingSubscriptions", waitingSubscriptions);
        require("subscriptionsPerClient", subscriptionsPerClient);
        require("itemsPerSubscription", itemsPerSubscription);
        require("queryCharacters", queryCharacters);
        require("queryDepth", queryDepth);
        require("deltasPerBatch", deltasPerBatch);
    }

    private static void require(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: more than zero)");
        }
    }
}
