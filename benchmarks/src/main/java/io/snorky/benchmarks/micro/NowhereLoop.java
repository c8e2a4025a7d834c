package io.snorky.benchmarks.micro;

import io.snorky.CloseReason;
import io.snorky.Message;
import io.snorky.json.JsonWriter;
import io.snorky.transport.Connection;
import io.snorky.transport.EventLoop;
import io.snorky.transport.LogReader;
import io.snorky.transport.MessageLimits;

import org.openjdk.jmh.infra.Blackhole;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * An event loop that leads nowhere, and connections of it.
 *
 * <p>Threads: one at a time.
 */
public final class NowhereLoop implements EventLoop {

    private record NowhereConnection(EventLoop eventLoop) implements Connection {

        @Override
        public SocketAddress remoteAddress() {
            return InetSocketAddress.createUnresolved("client.example", 1);
        }

        @Override
        public MessageLimits limits() {
            return MessageLimits.DEFAULT;
        }

        @Override
        public void close(CloseReason reason) {}

        @Override
        public void pauseReading() {}

        @Override
        public void resumeReading() {}

        @Override
        public void follow(LogReader reader) {}
    }

    private final Blackhole blackhole;
    private int lastBytes;

    /** One that tells a black hole of its messages. */
    public NowhereLoop(Blackhole blackhole) {
        this.blackhole = blackhole;
    }

    /** A connection of it. */
    public Connection newConnection() {
        return new NowhereConnection(this);
    }

    /** How long the last message for an audience was. */
    public int lastBytes() {
        return lastBytes;
    }

    @Override
    public void deliver(Message message, Connection to) {
        blackhole.consume(message);
    }

    @Override
    public void deliver(JsonWriter text, Connection to) {
        blackhole.consume(text);
    }

    @Override
    public void deliver(Message message, Connection[] to) {
        lastBytes = message.utf8().length;
        blackhole.consume(message);
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }
}
