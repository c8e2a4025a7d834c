package io.snorky.benchmarks.load;

import io.snorky.benchmarks.load.Dialect.Step;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A session of SockJS as its client has it by {@code xhr-streaming}: one link on which one long
 * answer comes after the other, and one for requests that send, one at a time; what is to be sent
 * meanwhile goes out together with the next.
 */
final class XhrConnection extends Connection {

    private static final int OK = 200;
    private static final int NO_CONTENT = 204;

    private final String url;
    private final Receiving receiving = new Receiving();
    private final Sending sending = new Sending();

    XhrConnection(Loop loop, List<Step> steps, Listener listener) {
        super(loop, steps, listener);
        url = loop.newSessionUrl();
    }

    @Override
    void open() {
        loop().connect(receiving.link);
    }

    @Override
    void send(ByteBuffer messages) {
        sending.send(messages);
    }

    @Override
    void say(String text) {
        Wire wire = Wire.SOCKJS_XHR_STREAMING;
        send(ByteBuffer.wrap(wire.frame(wire.payload(text))));
    }

    /** There is no goodbye: the client drops the answer. */
    @Override
    void sayGoodbye() {
        close("as asked");
    }

    @Override
    void stall() {
        receiving.link.stall();
    }

    @Override
    void resume() {
        receiving.link.resume();
    }

    @Override
    void cutLinks() {
        receiving.link.cut();
        sending.cut();
    }

    private byte[] requestHead(String path, int length) {
        return """
        POST %s HTTP/1.1
        Host: 127.0.0.1:%d
        Origin: http://127.0.0.1:%2$d
        Content-Type: text/plain;charset=UTF-8
        Content-Length: %d

        """
                .formatted(url + path, loop().port(), length)
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void check(int status, int expected) {
        if (status != expected) {
            throw new LoadException("answer: status " + status + " (expected: " + expected + ")");
        }
    }

    /** Its link is opened again if the server closes it between two answers, as browsers do. */
    private final class Receiving implements Link.User, HttpReader.Sink {

        private Link link = loop().newLink(this);
        private final HttpReader answers = new HttpReader(this);
        private final SockJsReader frames = new SockJsReader(XhrConnection.this);
        private byte[] line = new byte[4096];
        private int length;
        private boolean betweenAnswers;

        private void ask() {
            link.send(ByteBuffer.wrap(requestHead("/xhr_streaming", 0)));
        }

        @Override
        public void connected() {
            ask();
        }

        @Override
        public void received(ByteBuffer in) {
            answers.read(in);
            paused();
        }

        @Override
        public void head(int status) {
            check(status, OK);
            betweenAnswers = false;
        }

        @Override
        public void body(ByteBuffer piece) {
            int end = length + piece.remaining();
            if (line.length < end) {
                line = Arrays.copyOf(line, 2 * end);
            }
            piece.get(line, length, piece.remaining());
            int start = 0;
            for (int i = length; i < end; i++) {
                if (line[i] == '\n') {
                    frames.read(line, start, i);
                    start = i + 1;
                }
            }
            length = end - start;
            System.arraycopy(line, start, line, 0, length);
        }

        @Override
        public void end() {
            if (length > 0) {
                throw new LoadException("answer: ends in a frame (expected: after one)");
            }
            betweenAnswers = true;
            ask();
        }

        @Override
        public void lost(String reason) {
            if (betweenAnswers) {
                betweenAnswers = false;
                link = loop().newLink(this);
                loop().connect(link);
            } else {
                close(reason);
            }
        }
    }

    /** Its link is opened when there is something to send, and again if the server closes it. */
    private final class Sending implements Link.User, HttpReader.Sink {

        private final HttpReader answers = new HttpReader(this);
        private @Nullable Link link;
        private ByteBuffer waiting = ByteBuffer.allocate(0);
        private boolean asking;

        void send(ByteBuffer messages) {
            if (asking) {
                var all = ByteBuffer.allocate(waiting.remaining() + messages.remaining());
                waiting = all.put(waiting).put(messages).flip();
            } else {
                ask(messages);
            }
        }

        /** The comma behind the last message becomes the bracket that ends the array. */
        private void ask(ByteBuffer messages) {
            asking = true;
            byte[] head = requestHead("/xhr_send", 1 + messages.remaining());
            var request = ByteBuffer.allocate(head.length + 1 + messages.remaining());
            request.put(head).put((byte) '[').put(messages);
            request.put(request.position() - 1, (byte) ']');
            link().send(request.flip());
        }

        private Link link() {
            Link open = link;
            if (open == null) {
                open = loop().newLink(this);
                link = open;
                loop().connect(open);
            }
            return open;
        }

        void cut() {
            if (link != null) {
                link.cut();
            }
        }

        @Override
        public void received(ByteBuffer in) {
            answers.read(in);
        }

        @Override
        public void head(int status) {
            check(status, NO_CONTENT);
        }

        @Override
        public void body(ByteBuffer piece) {}

        @Override
        public void end() {
            asking = false;
            if (waiting.hasRemaining()) {
                ByteBuffer messages = waiting;
                waiting = ByteBuffer.allocate(0);
                ask(messages);
            }
        }

        @Override
        public void lost(String reason) {
            link = null;
            if (asking) {
                close(reason);
            }
        }
    }
}
