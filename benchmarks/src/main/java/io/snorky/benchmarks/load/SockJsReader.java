package io.snorky.benchmarks.load;

import java.nio.charset.StandardCharsets;

/**
 * Takes the messages out of the frames of SockJS. Of escapes it knows those of what is sent here:
 * quotes and backslashes.
 *
 * <p>Threads: one at a time.
 */
final class SockJsReader {

    private final Connection connection;
    private byte[] message = new byte[1024];

    /**
     * @param connection is opened by the first frame, told of messages, and closed by the last
     */
    SockJsReader(Connection connection) {
        this.connection = connection;
    }

    /** Reads what is in an array from one place to another. */
    void read(byte[] text, int from, int to) {
        switch (from < to ? text[from] : 0) {
            case 'o' -> {
                if (!connection.isOpening()) {
                    throw new LoadException("frame: o (expected: only one for a session)");
                }
                connection.opened();
            }
            case 'a' -> array(text, from + 1, to);
            case 'h' -> {}
            case 'c' -> connection.close("by the server, " + string(text, from, to));
            default ->
                    throw new LoadException(
                            "frame: " + string(text, from, to) + " (expected: of SockJS)");
        }
    }

    private static String string(byte[] text, int from, int to) {
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }

    private void array(byte[] text, int from, int to) {
        if (message.length < to - from) {
            message = new byte[to - from];
        }
        int at = from + 1;
        while (at < to && text[at] == '"') {
            int length = 0;
            for (at++; at < to && text[at] != '"'; at++) {
                if (text[at] == '\\') {
                    at++;
                }
                message[length++] = text[at];
            }
            connection.heard(message, length);
            at += at + 1 < to && text[at + 1] == ',' ? 2 : 1;
        }
        if (at != to - 1 || text[at] != ']') {
            throw new LoadException(
                    "frame: " + string(text, from, to) + " (expected: an array of texts)");
        }
    }
}
