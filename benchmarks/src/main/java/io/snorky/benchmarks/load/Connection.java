package io.snorky.benchmarks.load;

import io.snorky.benchmarks.load.Dialect.Step;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * One WebSocket. It shakes hands, goes through a dialogue, and then tells its listener what comes.
 *
 * <p>Threads: that of the {@link Loop}.
 */
final class Connection implements FrameReader.Sink {

    private enum State {
        CONNECTING,
        SHAKING_HANDS,
        TALKING,
        READY,
        CLOSED
    }

    private static final byte[] CLOSE = Frames.of(Frames.CLOSE, new byte[] {3, (byte) 0xe8});

    private final Loop loop;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final Dialect dialect;
    private final Iterator<Step> steps;
    private final Listener listener;
    private final FrameReader frames = new FrameReader(this);
    private State state = State.CONNECTING;
    private String awaited = "";
    private String head = "";
    private ByteBuffer unsent = ByteBuffer.allocate(0);
    private boolean closing;

    Connection(
            Loop loop,
            SocketChannel channel,
            SelectionKey key,
            Dialect dialect,
            List<Step> steps,
            Listener listener) {
        this.loop = loop;
        this.channel = channel;
        this.key = key;
        this.dialect = dialect;
        this.steps = steps.iterator();
        this.listener = listener;
    }

    /** Sends frames; what the system does not take at once is copied and sent later. */
    void send(ByteBuffer data) {
        try {
            if (!unsent.hasRemaining()) {
                channel.write(data);
            }
            if (data.hasRemaining()) {
                var all = ByteBuffer.allocate(unsent.remaining() + data.remaining());
                unsent = all.put(unsent).put(data).flip();
                key.interestOpsOr(SelectionKey.OP_WRITE);
            }
        } catch (IOException e) {
            close(e.toString());
        }
    }

    private void send(byte[] data) {
        send(ByteBuffer.wrap(data));
    }

    private void say(String text) {
        send(Frames.of(Frames.TEXT, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Starts the closing handshake; the listener is told when it is done. */
    void sayGoodbye() {
        closing = true;
        send(CLOSE);
    }

    /** Reads no more, as somebody whose machine sleeps. */
    void stall() {
        key.interestOpsAnd(~SelectionKey.OP_READ);
    }

    /** Cuts it, so that nothing of it is left behind in the system, and tells nobody. */
    void cut() {
        if (state != State.CLOSED) {
            if (state != State.READY) {
                loop.opened();
            }
            state = State.CLOSED;
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                channel.close();
            } catch (IOException e) {
                throw new LoadException("connection: cannot be closed", e);
            }
        }
    }

    private void close(String reason) {
        if (state != State.CLOSED) {
            boolean early = state != State.READY;
            cut();
            if (early) {
                throw new LoadException("connection: " + reason + " (expected: to open)");
            }
            listener.closed(this, reason);
        }
    }

    /** The system says that something can be done. */
    void work() {
        try {
            if (key.isConnectable()) {
                connected();
            }
            if (key.isValid() && key.isWritable()) {
                flush();
            }
            if (key.isValid() && key.isReadable()) {
                read();
            }
        } catch (IOException e) {
            close(e.toString());
        }
    }

    /** The system has connected it. */
    void connected() throws IOException {
        channel.finishConnect();
        key.interestOps(SelectionKey.OP_READ);
        state = State.SHAKING_HANDS;
        send(Handshake.request(dialect.path(), loop.port()));
    }

    private void flush() throws IOException {
        channel.write(unsent);
        if (!unsent.hasRemaining()) {
            key.interestOpsAnd(~SelectionKey.OP_WRITE);
        }
    }

    private void read() throws IOException {
        ByteBuffer in = loop.buffer().clear();
        if (channel.read(in) < 0) {
            close("the server hung up");
            return;
        }
        in.flip();
        if (state == State.SHAKING_HANDS) {
            readHead(in);
        }
        if (in.hasRemaining()) {
            frames.read(in);
            if (state == State.READY) {
                listener.paused(this);
            }
        }
    }

    private void readHead(ByteBuffer in) {
        while (in.hasRemaining() && !head.endsWith("\r\n\r\n")) {
            head += (char) in.get();
        }
        if (head.endsWith("\r\n\r\n")) {
            Handshake.check(head);
            head = "";
            state = State.TALKING;
            nextStep();
        }
    }

    private void nextStep() {
        if (!steps.hasNext()) {
            state = State.READY;
            loop.opened();
            listener.ready(this);
            return;
        }
        Step step = steps.next();
        awaited = step.hear();
        if (!step.say().isEmpty()) {
            say(step.say());
        }
    }

    @Override
    public boolean wants(int opcode, long length) {
        return opcode != Frames.TEXT
                || length < Dialect.SHORTEST_MESSAGE
                || state == State.TALKING
                || listener.reads();
    }

    @Override
    public void frame(int opcode, byte[] payload, long length) {
        switch (opcode) {
            case Frames.CLOSE -> close(closing ? "as asked" : "by the server");
            case Frames.PING -> send(Frames.of(Frames.PONG, first(payload, length)));
            case Frames.PONG -> {}
            default -> text(payload, length);
        }
    }

    private void text(byte[] payload, long length) {
        if (state == State.TALKING) {
            if (string(payload, length).startsWith(awaited)) {
                nextStep();
            }
        } else if (length >= Dialect.SHORTEST_MESSAGE) {
            listener.message(this, payload, length);
        } else if (string(payload, length).equals(dialect.ping())) {
            say(dialect.pong());
        }
    }

    private static byte[] first(byte[] payload, long length) {
        return Arrays.copyOf(payload, (int) length);
    }

    private static String string(byte[] payload, long length) {
        return new String(payload, 0, (int) length, StandardCharsets.UTF_8);
    }
}
