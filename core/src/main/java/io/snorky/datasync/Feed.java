package io.snorky.datasync;

import io.snorky.Message;
import io.snorky.json.JsonWriter;
import io.snorky.log.Offset;

/**
 * The notifications of a DataSync service: what the readers of its log know it by.
 *
 * <p>Threads: immutable.
 */
final class Feed {

    private final byte[] head;
    private final String epoch;

    /**
     * @param service its name
     * @param epoch of its log
     */
    Feed(String service, String epoch) {
        head =
                new JsonWriter()
                        .raw("{\"service\":")
                        .string(service)
                        .raw(",\"message\":{\"type\":")
                        .toBytes();
        this.epoch = epoch;
    }

    /** A delta. */
    Message message(Delta delta, Form form, long offset) {
        JsonWriter out = new JsonWriter().raw(head).raw("\"delta\",\"delta\":");
        DeltaJson.write(delta, form.tag(), out);
        if (form.offset()) {
            out.raw(",\"offset\":").string(new Offset(epoch, offset).text());
        }
        return Message.ofJson(out.raw("}}").toBytes());
    }

    /** All deltas up to this offset have been sent. */
    Message position(long offset) {
        return Message.ofJson(
                        new JsonWriter()
                                .raw(head)
                                .raw("\"position\",\"offset\":")
                                .string(new Offset(epoch, offset).text())
                                .raw("}}")
                                .toBytes())
                .inLog(this, offset);
    }

    /** A subscription has fallen behind the log's beginning and is gone. */
    Message resync(String token) {
        return Message.ofJson(
                new JsonWriter()
                        .raw(head)
                        .raw("\"resync\",\"token\":")
                        .string(token)
                        .raw("}}")
                        .toBytes());
    }
}
