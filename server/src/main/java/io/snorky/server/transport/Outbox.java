package io.snorky.server.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import io.netty.handler.ssl.SslHandler;
import io.snorky.Message;
import io.snorky.json.JsonWriter;
import io.snorky.transport.LogReader;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;

/**
 * What is on its way out to one connection, in three stages: messages that have to wait because the
 * system takes no more ({@link Backlog}); what has gathered since the last flush; and what the
 * channel has been given and the system has not taken. All three together have a bound.
 *
 * <p>On epoll what has gathered goes straight to the system, past the channel and its queue, as
 * long as nothing is in there; a delivery then costs the system call and little else.
 *
 * <p>Threads: owned by the event loop of its connection.
 */
public final class Outbox extends Outbound implements LogReader.Room {

    /** What a connection hears of its outbox. */
    public interface Owner {

        /** Messages that must not be missed found no room; so many bytes wait already. */
        void overflowed(long waitingBytes);

        /** Nothing has been taken for too long. */
        void stalled();

        /** The system refused what it was given. */
        void failed(Throwable cause);
    }

    private static final int SMALLEST_BUFFER = 256;

    private final Channel channel;
    private final NettyLoop loop;
    private final Framing framing;
    private final int maxBytes;
    private final int mark;
    private final Owner owner;
    private final @Nullable Socket socket;
    private final StallWatch stallWatch;
    private @Nullable ByteBuf own;
    private @Nullable ByteBuf shared;
    private @Nullable Backlog backlog;
    private boolean mayBeInChannel = true;
    private boolean closed;

    /**
     * @param maxBytes that may wait, in all
     * @param stallTimeout in which the system must take something of what waits
     */
    public Outbox(
            Channel channel,
            NettyLoop loop,
            Framing framing,
            int maxBytes,
            Duration stallTimeout,
            Owner owner) {
        this.channel = channel;
        this.loop = loop;
        this.framing = framing;
        this.maxBytes = maxBytes;
        this.mark = Math.min(maxBytes, MARK_BYTES);
        this.owner = owner;
        this.socket = socketOf(channel);
        this.stallWatch = new StallWatch(channel, stallTimeout, owner::stalled);
    }

    private static @Nullable Socket socketOf(Channel channel) {
        boolean isPlain =
                channel instanceof EpollSocketChannel
                        && channel.pipeline().get(SslHandler.class) == null
                        && channel.pipeline().get(OutboundTranslator.class) == null;
        return isPlain && ((EpollSocketChannel) channel).fd() instanceof Socket direct
                ? direct
                : null;
    }

    // --- In

    /** Takes a message, for the next flush or the first at which the system takes it. */
    @Override
    protected void append(Message message) {
        if (closed) {
            return;
        }
        int length = framing.length(message);
        if (backlog == null && gathersNow(length)) {
            gather(message, length);
        } else {
            hold(message, length);
        }
    }

    /**
     * Takes a message that is written to where it goes out from, if it goes out with this flush.
     */
    @Override
    protected void append(JsonWriter text) {
        int length = framing.maxLength(text.length());
        if (closed || backlog != null || !gathersNow(length)) {
            append(Message.ofJson(text.toBytes()));
            return;
        }
        ByteBuf out = bytes(length);
        int begin = out.writerIndex();
        framing.write(text.bytes(), text.length(), out);
        loop.figures().delivered(1, out.writerIndex() - begin);
    }

    @Override
    protected void append(Batch messages) {
        if (closed) {
            return;
        }
        if (backlog == null && appendEncoded(messages)) {
            return;
        }
        for (Message message : messages.messages()) {
            append(message);
        }
    }

    private boolean appendEncoded(Batch messages) {
        if (!gathersNow(messages)) {
            return false;
        }
        ByteBuf encoded = messages.encoded(framing);
        int length = encoded.readableBytes();
        if (own == null && shared == null) {
            shared = encoded.retain();
        } else {
            bytes(length).writeBytes(encoded, encoded.readerIndex(), length);
        }
        loop.figures().delivered(messages.size(), length);
        return true;
    }

    /** Whether, besides, the system can be given something past the channel. */
    @Override
    protected boolean isIdle() {
        return socket != null
                && !mayBeInChannel
                && own == null
                && shared == null
                && backlog == null
                && !touched
                && !closed
                && socket.isOpen();
    }

    @Override
    protected void send(Batch messages) {
        ByteBuf encoded = messages.encoded(framing);
        if (encoded.readableBytes() > maxBytes) {
            append(messages);
            flush();
            return;
        }
        loop.figures().delivered(messages.size(), encoded.readableBytes());
        write(encoded);
    }

    @Override
    protected boolean hasRoom(Message message) {
        return !closed && backlog == null && gathersNow(framing.length(message));
    }

    @Override
    protected boolean hasRoom(Batch messages) {
        return !closed && backlog == null && gathersNow(messages);
    }

    private boolean gathersNow(Batch messages) {
        int length = messages.encoded(framing).readableBytes();
        return gathersNow(length) && (length <= maxBytes || messages.size() == 1);
    }

    private boolean gathersNow(int length) {
        long waiting = inChannel() + gathered();
        return waiting == 0 || waiting + length <= mark;
    }

    private void gather(Message message, int length) {
        framing.write(message, bytes(length));
        loop.figures().delivered(1, length);
    }

    private void hold(Message message, int length) {
        Backlog held = backlog;
        if (held == null) {
            held = new Backlog(loop.drops());
            backlog = held;
        }
        held.add(message, length);
        if (waiting() <= maxBytes) {
            return;
        }
        flush(); // the system may take something by now
        long excess = waiting() - maxBytes;
        if (excess > 0 && !held.isEmpty() && !held.makeRoom(message, excess)) {
            long waiting = waiting();
            close();
            owner.overflowed(waiting);
        }
    }

    /**
     * A place for so many bytes that are no message, such as a control frame: they go out with the
     * next flush, before messages that have to wait.
     */
    public ByteBuf bytes(int length) {
        ByteBuf buffer = own;
        if (buffer == null) {
            ByteBuf before = shared;
            int begun = before == null ? 0 : before.readableBytes();
            buffer = channel.alloc().directBuffer(Math.max(SMALLEST_BUFFER, begun + length));
            own = buffer;
            if (before != null) {
                shared = null;
                buffer.writeBytes(before, before.readerIndex(), begun);
                before.release();
            }
        }
        return buffer;
    }

    /** Whether the system has taken all. */
    public boolean isEmpty() {
        return waiting() == 0;
    }

    /** Whether so many bytes more may wait. */
    public boolean hasRoom(int length) {
        return waiting() + length <= maxBytes;
    }

    // --- Out

    /** Sends what has gathered, and as much of the backlog as the system takes. */
    @Override
    public void flush() {
        do {
            write();
        } while (refill());
        if (isBehind() && isOpen()) {
            catchUp(this);
            write();
            if (isBehind() && isOpen()) {
                loop.flushLater(this);
            }
        }
    }

    /** Whether those who read logs may go on: half of what may gather is free. */
    @Override
    public boolean isOpen() {
        return !closed && backlog == null && inChannel() + gathered() <= mark / 2;
    }

    @Override
    public void send(Message message) {
        append(message);
    }

    /** Whether something has been taken from the backlog. */
    private boolean refill() {
        Backlog held = backlog;
        if (held == null) {
            return false;
        }
        boolean any = false;
        while (!held.isEmpty() && gathersNow(held.firstLength())) {
            int length = held.firstLength();
            gather(held.poll(), length);
            any = true;
        }
        if (held.isEmpty()) {
            backlog = null;
        }
        return any;
    }

    private void write() {
        ByteBuf out = own == null ? shared : own;
        if (out != null) {
            own = null;
            shared = null;
            write(out);
            out.release();
        }
    }

    private void write(ByteBuf out) {
        int sent = inChannel() > 0 ? 0 : sendPastChannel(out);
        int rest = out.readableBytes() - sent;
        if (rest > 0) {
            mayBeInChannel = true;
            channel.writeAndFlush(
                    out.retainedSlice(out.readerIndex() + sent, rest), channel.voidPromise());
            stallWatch.look();
        }
    }

    /**
     * @return bytes that the system took; all if there is no use in trying again
     */
    private int sendPastChannel(ByteBuf out) {
        if (socket == null || !out.hasMemoryAddress() || !socket.isOpen()) {
            return 0;
        }
        try {
            int sent =
                    socket.sendAddress(out.memoryAddress(), out.readerIndex(), out.writerIndex());
            return Math.max(sent, 0);
        } catch (IOException e) {
            owner.failed(e);
            return out.readableBytes();
        }
    }

    private int gathered() {
        return own != null ? own.readableBytes() : shared != null ? shared.readableBytes() : 0;
    }

    private long inChannel() {
        if (!mayBeInChannel) {
            return 0;
        }
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        long pending = buffer == null ? 0 : buffer.totalPendingWriteBytes();
        mayBeInChannel = pending > 0;
        return pending;
    }

    private long waiting() {
        return inChannel() + gathered() + (backlog == null ? 0 : backlog.bytes());
    }

    // --- The end

    /** Sends all that waits, whatever the system says, and takes no messages any more. */
    public void finish() {
        closed = true;
        Backlog held = backlog;
        backlog = null;
        while (held != null && !held.isEmpty()) {
            int length = held.firstLength();
            gather(held.poll(), length);
        }
    }

    /** Drops what has to wait, and takes no messages any more. What has gathered can be sent. */
    public void close() {
        closed = true;
        backlog = null;
    }

    /** Lets go of everything: the connection is gone. */
    public void release() {
        close();
        stallWatch.stop();
        if (own != null) {
            own.release();
            own = null;
        }
        if (shared != null) {
            shared.release();
            shared = null;
        }
    }
}
