package io.snorky.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * One TCP connection.
 *
 * <p>Threads: that of the {@link Loop}.
 */
final class Link {

    /** Whose it is. */
    interface User {

        /** It is connected. */
        default void connected() {}

        /** The server has sent something, which is to be read at once. */
        void received(ByteBuffer in);

        /** It is closed, by the server or by a failure. */
        void lost(String reason);
    }

    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer buffer;
    private final User user;
    private ByteBuffer unsent = ByteBuffer.allocate(0);
    private boolean connected;
    private boolean closed;

    /**
     * @param buffer what it reads into, one link at a time
     */
    Link(Selector selector, ByteBuffer buffer, User user) throws IOException {
        this.buffer = buffer;
        this.user = user;
        channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = channel.register(selector, SelectionKey.OP_CONNECT, this);
    }

    void connect(InetSocketAddress server) throws IOException {
        if (channel.connect(server)) {
            connected();
        }
    }

    /** Sends data; what the system does not take at once is copied and sent later. */
    void send(ByteBuffer data) {
        try {
            if (connected && !unsent.hasRemaining()) {
                channel.write(data);
            }
            if (data.hasRemaining()) {
                var all = ByteBuffer.allocate(unsent.remaining() + data.remaining());
                unsent = all.put(unsent).put(data).flip();
                if (connected) {
                    key.interestOpsOr(SelectionKey.OP_WRITE);
                }
            }
        } catch (IOException e) {
            lost(e.toString());
        }
    }

    /** Reads no more, as somebody whose machine sleeps. */
    void stall() {
        key.interestOpsAnd(~SelectionKey.OP_READ);
    }

    /** Reads again. */
    void resume() {
        key.interestOpsOr(SelectionKey.OP_READ);
    }

    /** Closes it, so that nothing of it is left behind in the system, and tells nobody. */
    void cut() {
        closed = true;
        try {
            if (channel.isOpen()) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                channel.close();
            }
        } catch (IOException e) {
            throw new LoadException("connection: cannot be closed", e);
        }
    }

    private void lost(String reason) {
        if (!closed) {
            cut();
            user.lost(reason);
        }
    }

    /** The system says that something can be done. */
    void work() {
        if (closed) {
            return;
        }
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
            lost(e.toString());
        }
    }

    private void connected() throws IOException {
        channel.finishConnect();
        connected = true;
        key.interestOps(SelectionKey.OP_READ);
        flush();
        user.connected();
    }

    private void flush() throws IOException {
        channel.write(unsent);
        if (unsent.hasRemaining()) {
            key.interestOpsOr(SelectionKey.OP_WRITE);
        } else {
            key.interestOpsAnd(~SelectionKey.OP_WRITE);
        }
    }

    private void read() throws IOException {
        if (channel.read(buffer.clear()) < 0) {
            lost("the server hung up");
        } else {
            user.received(buffer.flip());
        }
    }
}
