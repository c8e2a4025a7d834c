package io.snorky.server.oracle;

import io.snorky.server.wire.HttpReply;
import io.snorky.server.wire.Wire;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;

/** A SockJS session over HTTP: answers that stream, one after the other, and requests that send. */
final class StreamLink implements Link {

    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * What SockJS clients say when a session opens again: the server has given up the former one.
     */
    private static final int LOST_SESSION = 1006;

    private final String path;
    private final Wire stream;
    private final Wire sender;
    private final StringBuilder unread = new StringBuilder();
    private final Queue<String> messages = new ArrayDeque<>();
    private boolean isOpen;
    private volatile int closeCode;

    /**
     * @param endpoint its path
     */
    StreamLink(InetSocketAddress to, String endpoint, Random random) throws IOException {
        path = endpoint + "/000/s" + Long.toString(random.nextLong() >>> 1, 36);
        try {
            stream = Wire.withReceiveBuffer(SMALL_BUFFER_BYTES, to);
            sender = Wire.to(to);
            begin();
        } catch (UncheckedIOException | AssertionError e) {
            throw new IOException(e);
        }
    }

    private void begin() throws IOException {
        stream.write(request("xhr_streaming", ""));
        HttpReply reply = stream.replyWithoutBody();
        if (reply.status() != 200) {
            throw new IOException("refused: " + reply);
        }
    }

    private String request(String what, String body) {
        return "POST %s/%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(path, what, body.length(), body);
    }

    @Override
    public void send(String message) throws IOException {
        String body = JSON.writeValueAsString(new String[] {message});
        try {
            sender.write(request("xhr_send", body));
            int status = sender.replyWithoutBody().status();
            if (status != 204) {
                throw new IOException("xhr_send: " + status);
            }
        } catch (UncheckedIOException | AssertionError e) {
            throw new IOException(e);
        }
    }

    @Override
    public @Nullable String read() throws IOException {
        try {
            while (messages.isEmpty() && closeCode == 0) {
                String chunk = nextChunk();
                if (chunk.isEmpty()) {
                    begin();
                } else {
                    unwrap(chunk);
                }
            }
        } catch (UncheckedIOException | AssertionError | NumberFormatException e) {
            return null; // the end, in the middle of something
        }
        return messages.poll();
    }

    private String nextChunk() {
        while (true) {
            try {
                return stream.chunk();
            } catch (UncheckedIOException e) {
                if (!(e.getCause() instanceof SocketTimeoutException)) {
                    throw e;
                } // else there is nothing to say
            }
        }
    }

    private void unwrap(String chunk) {
        unread.append(chunk);
        for (int end = unread.indexOf("\n"); end >= 0; end = unread.indexOf("\n")) {
            String frame = unread.substring(0, end);
            unread.delete(0, end + 1);
            if (frame.equals("o")) {
                closeCode = isOpen ? LOST_SESSION : 0;
                isOpen = true;
            } else if (frame.startsWith("a")) {
                messages.addAll(Link.messagesIn(frame));
            } else if (frame.startsWith("c")) {
                closeCode = Link.closeCodeIn(frame);
            }
        }
    }

    @Override
    public int closeCode() {
        return closeCode;
    }

    @Override
    public void cut() {
        stream.cut();
        sender.cut();
    }

    @Override
    public void close() {
        stream.close();
        sender.close();
    }
}
