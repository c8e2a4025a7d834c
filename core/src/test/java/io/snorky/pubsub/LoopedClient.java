package io.snorky.pubsub;

import io.snorky.Client;
import io.snorky.CloseReason;
import io.snorky.Message;
import io.snorky.Overflow;
import io.snorky.Registry;
import io.snorky.transport.Connection;
import io.snorky.transport.EventLoop;
import io.snorky.transport.LogReader;
import io.snorky.transport.MessageLimits;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client with an event loop that is a thread of its own, and as much room as the test says. */
final class LoopedClient implements Connection, LogReader.Room {

    /** One thread that works off what it is handed. */
    record Loop(Executor thread) implements EventLoop {

        @Override
        public void deliver(Message message, Connection to) {
            thread.execute(() -> ((LoopedClient) to).take(message));
        }

        @Override
        public void deliver(Message message, Connection[] to) {
            thread.execute(() -> {
                for (Connection each : to) {
                    ((LoopedClient) each).take(message);
                }
            });
        }

        @Override
        public void execute(Runnable task) {
            thread.execute(task);
        }
    }

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final Loop loop;
    private final Registry registry;
    private final Client client;

    // Owned by the loop.
    private final List<LogReader> readers = new ArrayList<>();
    private int room = Integer.MAX_VALUE;

    LoopedClient(Registry registry, Loop loop) {
        this.registry = registry;
        this.loop = loop;
        client = registry.connect(this);
    }

    void says(String command, String params) {
        byte[] utf8 =
                "{'service':'pubsub','message':{'command':'%s','params':%s,'callId':1}}"
                        .formatted(command, params)
                        .replace('\'', '"')
                        .getBytes(StandardCharsets.UTF_8);
        registry.receive(client, utf8, 0, utf8.length);
    }

    void leaves() {
        registry.disconnect(client);
    }

    void hasRoomFor(int messages) {
        loop.execute(() -> {
            room = messages;
            catchUp();
        });
    }

    /** The next thing heard, waiting for it. */
    JsonNode next() throws InterruptedException {
        String text = heard.poll(20, TimeUnit.SECONDS);
        if (text == null) {
            throw new AssertionError("nothing comes");
        }
        return message(text);
    }

    List<JsonNode> heard() {
        List<String> all = new ArrayList<>();
        heard.drainTo(all);
        return all.stream().map(LoopedClient::message).toList();
    }

    private static JsonNode message(String text) {
        return JsonMapper.shared().readTree(text).get("message");
    }

    // --- In the loop

    private void take(Message message) {
        if (message.overflow() != Overflow.LAG) {
            heard.add(message.toString());
            return;
        }
        for (LogReader reader : readers) {
            if (reader.log().equals(message.kind()) && reader.takes(message.offset(), room > 0)) {
                send(message);
            }
        }
    }

    private void catchUp() {
        for (LogReader reader : readers) {
            if (reader.isBehind() && room > 0) {
                reader.catchUp(this);
                loop.execute(this::catchUp);
            }
        }
    }

    @Override
    public boolean isOpen() {
        return room > 0;
    }

    @Override
    public void send(Message message) {
        room--;
        heard.add(message.toString());
    }

    @Override
    public void follow(LogReader reader) {
        if (!readers.contains(reader)) {
            readers.add(reader);
        }
        loop.execute(this::catchUp);
    }

    // --- What a connection is beside

    @Override
    public EventLoop eventLoop() {
        return loop;
    }

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
}
