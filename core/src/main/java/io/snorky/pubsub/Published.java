package io.snorky.pubsub;

import io.snorky.Message;
import io.snorky.json.JsonText;

/**
 * A message of a channel, encoded as the notification that knows of no offset.
 *
 * <p>Threads: immutable.
 */
final class Published {

    private final byte[] utf8;
    private final int begin;
    private final int length;

    /**
     * @param utf8 the notification
     * @param begin of the message in it
     * @param length of the message in it
     */
    Published(byte[] utf8, int begin, int length) {
        this.utf8 = utf8;
        this.begin = begin;
        this.length = length;
    }

    byte[] utf8() {
        return utf8;
    }

    Message message() {
        return Message.ofJson(utf8);
    }

    /** What was published. */
    JsonText value() {
        return new JsonText(utf8, begin, length);
    }

    int length() {
        return length;
    }
}
