package io.snorky.testkit;

import io.snorky.CloseReason;
import io.snorky.Message;
import io.snorky.Verdict;
import io.snorky.transport.Connection;
import io.snorky.transport.EventLoop;
import io.snorky.transport.LogReader;
import io.snorky.transport.MessageLimits;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A connection that leads to an ear.
 *
 * <p>Threads: any; what waits belongs to its loop.
 */
final class MemoryConnection implements Connection {

    private static final SocketAddress ADDRESS =
            InetSocketAddress.createUnresolved("client.example", 1);

    private final MemoryLoop loop;
    private final Outbox outbox;
    private final AtomicInteger pauses = new AtomicInteger();
    private final Ear ear;
    private final Verdict.Admitted admitted;

    MemoryConnection(Ear ear, Verdict.Admitted admitted, MemoryLoop loop) {
        this.ear = ear;
        this.admitted = admitted;
        this.loop = loop;
        outbox = new Outbox(this::hear, this::close, loop::execute);
    }

    private void hear(Message message) {
        ear.hear(message.toString());
    }

    /** In the loop. */
    void take(Message message) {
        outbox.take(message);
    }

    void change(Consumer<Outbox> how) {
        loop.execute(() -> how.accept(outbox));
    }

    boolean isPaused() {
        return pauses.get() > 0;
    }

    @Override
    public EventLoop eventLoop() {
        return loop;
    }

    @Override
    public SocketAddress remoteAddress() {
        return ADDRESS;
    }

    @Override
    public Verdict.Admitted admitted() {
        return admitted;
    }

    @Override
    public MessageLimits limits() {
        return MessageLimits.DEFAULT;
    }

    @Override
    public void close(CloseReason reason) {
        loop.execute(() -> ear.close(reason));
    }

    @Override
    public void pauseReading() {
        pauses.incrementAndGet();
    }

    @Override
    public void resumeReading() {
        pauses.decrementAndGet();
    }

    @Override
    public void follow(LogReader reader) {
        outbox.follow(reader);
    }

    @Override
    public void unfollow(LogReader reader) {
        outbox.unfollow(reader);
    }
}
