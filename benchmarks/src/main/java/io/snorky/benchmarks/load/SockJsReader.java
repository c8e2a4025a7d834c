package io.snorky.benchmarks.load;

import java.nio.charset.StandardCharsets;

/**
 * Takes the messages out of the frames of SockJS. Of escapes it knows those of what is sent here:
 * quotes and backslashes.
 *
 * <p>Threads: one at a time.
 */
final class SockJsReader {

    /** Is told of what is in the frames. */
    interface Sink {

        /** Whether the first frame has not come. */
        boolean isOpening();

        /** The first frame. */
        void opened();

        /**
         * A message.
         *
         * @param payload holds it in its first bytes until this returns
         */
        void heard(byte[] payload, long length);

        /** The last frame. */
        void close(String reason);
    }

    private final Sink sink;
    private byte[] message = new byte[1024];

    SockJsReader(Sink sink) {
        this.sink = sink;
    }

    /** Reads what is in an array from one place to another. */
    void read(byte[] text, int from, int to) {
        switch (from < to ? text[from] : 0) {
            case 'o' -> {
                if (!sink.isOpening()) {
                    throw new LoadException("frame: o (expected: only one for a session)");
                }
                sink.opened();
            }
            case 'a' -> array(text, from + 1, to);
            case 'h' -> {}
            case 'c' -> sink.close("by the server, " + string(text, from, to));
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
            sink.heard(message, length);
            at += at + 1 < to && text[at + 1] == ',' ? 2 : 1;
        }
        if (at != to - 1 || text[at] != ']') {
            throw new LoadException(
                    "frame: " + string(text, from, to) + " (expected: an array of texts)");
        }
    }
}
