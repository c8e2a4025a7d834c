package io.snorky.benchmarks.load;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads the answers that come over a connection of HTTP/1.1 one after the other, however they are
 * cut into pieces.
 *
 * <p>Threads: one at a time.
 */
final class HttpReader {

    /** Is told of the answers. */
    interface Sink {

        /** An answer begins. */
        void head(int status);

        /** A piece of its body, which is to be read at once. */
        void body(ByteBuffer piece);

        /** The answer is complete. */
        void end();
    }

    private enum State {
        HEAD,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER
    }

    private static final String START = "HTTP/1.1 ";
    private static final Pattern LENGTH = Pattern.compile("\ncontent-length: *(\\d+)");
    private static final int NO_CONTENT = 204;

    private final Sink sink;
    private final StringBuilder text = new StringBuilder();
    private State state = State.HEAD;
    private long left;

    HttpReader(Sink sink) {
        this.sink = sink;
    }

    /** Takes all that a buffer has. */
    void read(ByteBuffer in) {
        while (in.hasRemaining()) {
            switch (state) {
                case HEAD -> {
                    if (readUntil(in, "\r\n\r\n")) {
                        head(take());
                    }
                }
                case CHUNK_SIZE -> {
                    if (readUntil(in, "\r\n")) {
                        left = Long.parseLong(take().strip(), 16);
                        state = left == 0 ? State.TRAILER : State.CHUNK;
                    }
                }
                case CHUNK_END -> {
                    if (readUntil(in, "\r\n")) {
                        take();
                        state = State.CHUNK_SIZE;
                    }
                }
                case TRAILER -> {
                    if (readUntil(in, "\r\n") && take().equals("\r\n")) {
                        end();
                    }
                }
                case BODY, CHUNK -> readBody(in);
            }
        }
    }

    private boolean readUntil(ByteBuffer in, String end) {
        int length = end.length();
        while (in.hasRemaining()) {
            text.append((char) in.get());
            int start = text.length() - length;
            if (start >= 0 && text.indexOf(end, start) == start) {
                return true;
            }
        }
        return false;
    }

    private String take() {
        String taken = text.toString();
        text.setLength(0);
        return taken;
    }

    private void head(String head) {
        if (!head.startsWith(START)) {
            throw new LoadException("answer: " + head + " (expected: " + START + "…)");
        }
        int status = Integer.parseInt(head.substring(START.length(), START.length() + 3));
        String fields = head.toLowerCase(Locale.ROOT);
        var length = LENGTH.matcher(fields);
        left = length.find() ? Long.parseLong(length.group(1)) : 0;
        boolean chunked = fields.contains("\ntransfer-encoding: chunked");
        state = chunked ? State.CHUNK_SIZE : State.BODY;
        sink.head(status);
        if (status == NO_CONTENT || !chunked && left == 0) {
            end();
        }
    }

    private void readBody(ByteBuffer in) {
        int count = (int) Math.min(left, in.remaining());
        int end = in.position() + count;
        sink.body(in.slice(in.position(), count));
        in.position(end);
        left -= count;
        if (left == 0 && state == State.CHUNK) {
            state = State.CHUNK_END;
        } else if (left == 0) {
            end();
        }
    }

    private void end() {
        state = State.HEAD;
        sink.end();
    }
}
