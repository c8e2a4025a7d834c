/**
 * Snorky without a network: clients, services, RPC, PubSub, Chat, Messaging, Cursors, DataSync,
 * synced objects. Start at {@link io.snorky}.
 */
module io.snorky.core {
    requires transitive tools.jackson.databind;
    requires static jakarta.validation;
    requires transitive org.jspecify;

    exports io.snorky;
    exports io.snorky.chat;
    exports io.snorky.cursors;
    exports io.snorky.datasync;
    exports io.snorky.identity;
    exports io.snorky.json;
    exports io.snorky.messaging;
    exports io.snorky.pubsub;
    exports io.snorky.rpc;
    exports io.snorky.schema;
    exports io.snorky.sync;
    exports io.snorky.transport;
}
