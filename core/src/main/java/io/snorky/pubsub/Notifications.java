package io.snorky.pubsub;

import io.snorky.Message;
import io.snorky.json.JsonWriter;
import io.snorky.log.Offset;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

/**
 * The notifications of a PubSub service: what the readers of its logs know them by.
 *
 * <p>Threads: immutable.
 */
final class Notifications {

    private static final int END_LENGTH = 2;

    private final byte[] head;
    private final String epoch;

    /**
     * @param service its name
     * @param epoch of its logs
     */
    Notifications(String service, String epoch) {
        head =
                new JsonWriter()
                        .raw("{\"service\":")
                        .string(service)
                        .raw(",\"message\":{\"type\":")
                        .toBytes();
        this.epoch = epoch;
    }

    String epoch() {
        return epoch;
    }

    String offset(long number) {
        return new Offset(epoch, number).text();
    }

    /**
     * A message of a channel as those get it who know of no offsets.
     *
     * @param message null, or what can be written as JSON
     */
    Published published(JsonNode channel, @Nullable Object message) {
        JsonWriter out = headOfMessage(channel);
        int begin = out.length();
        byte[] utf8 = out.value(message).raw("}}").toBytes();
        return new Published(utf8, begin, utf8.length - END_LENGTH - begin);
    }

    private JsonWriter headOfMessage(JsonNode channel) {
        return new JsonWriter()
                .raw(head)
                .raw("\"message\",\"channel\":")
                .value(channel)
                .raw(",\"message\":");
    }

    /** The same for those who do. */
    Message withOffset(Published published, long number) {
        byte[] plain = published.utf8();
        return Message.ofJson(
                        new JsonWriter(plain.length + 48)
                                .raw(plain, 0, plain.length - END_LENGTH)
                                .raw(",\"offset\":")
                                .string(offset(number))
                                .raw("}}")
                                .toBytes())
                .inLog(this, number);
    }

    /** Messages of a channel that its subscriber has missed are held no longer. */
    Message resync(JsonNode channel) {
        return Message.ofJson(
                new JsonWriter()
                        .raw(head)
                        .raw("\"resync\",\"channel\":")
                        .value(channel)
                        .raw("}}")
                        .toBytes());
    }

    /** An identity is in a channel now, or no longer. */
    Message presence(JsonNode channel, JsonNode identity, boolean isThere) {
        return Message.ofJson(
                new JsonWriter()
                        .raw(head)
                        .raw("\"presence\",\"channel\":")
                        .value(channel)
                        .raw(",\"identity\":")
                        .value(identity)
                        .raw(",\"status\":")
                        .string(isThere ? "joined" : "left")
                        .raw("}}")
                        .toBytes());
    }
}
