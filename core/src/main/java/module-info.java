/**
 * Snorky without a network: clients, services, RPC, PubSub, DataSync. Start at {@link io.snorky}.
 */
module io.snorky.core {
    requires transitive tools.jackson.databind;
    requires static transitive org.jspecify;

    exports io.snorky;
    exports io.snorky.datasync;
    exports io.snorky.json;
    exports io.snorky.pubsub;
    exports io.snorky.rpc;
    exports io.snorky.transport;
}
