package io.snorky;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.transport.Application;
import io.snorky.transport.Connection;
import io.snorky.transport.EventLoop;
import io.snorky.transport.LogReader;
import io.snorky.transport.MessageLimits;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A client without a network: says messages to an application and records what it hears. JSON is
 * written with single quotes.
 */
public final class TestClient implements Connection, LogReader.Room {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final EventLoop DIRECT =
            new EventLoop() {
                @Override
                public void deliver(Message message, Connection to) {
                    ((TestClient) to).hear(message);
                }

                @Override
                public void deliver(Message message, Connection[] to) {
                    for (Connection each : to) {
                        deliver(message, each);
                    }
                }

                @Override
                public void execute(Runnable task) {
                    task.run();
                }
            };

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final Application application;
    private final Client client;
    private volatile @Nullable CloseReason closed;
    private volatile boolean paused;
    private final List<LogReader> readers = new ArrayList<>();
    private int room = Integer.MAX_VALUE;

    private TestClient(Application application) {
        this.application = application;
        client = application.connect(this);
    }

    private TestClient(Registry visited) {
        application = visited;
        client = visited.visit(this);
    }

    /** A client that stays until it {@link #leaves}. */
    public static TestClient connect(Application application) {
        return new TestClient(application);
    }

    /** A client as that of an HTTP request. */
    public static TestClient visit(Registry registry) {
        return new TestClient(registry);
    }

    public Client client() {
        return client;
    }

    /** From now on there is room for so many messages of logs only. */
    public void hasRoomFor(int messages) {
        room = messages;
        catchUp();
    }

    private void hear(Message message) {
        if (message.overflow() != Overflow.LAG) {
            heard.add(message.toString());
            return;
        }
        for (LogReader reader : readers) {
            if (reader.log().equals(message.kind()) && reader.takes(message.offset(), room > 0)) {
                add(message);
            }
        }
    }

    private void add(Message message) {
        room--;
        heard.add(message.toString());
    }

    private void catchUp() {
        for (LogReader reader : readers) {
            while (reader.isBehind() && room > 0) {
                reader.catchUp(this);
            }
        }
    }

    @Override
    public boolean isOpen() {
        return room > 0;
    }

    @Override
    public void send(Message message) {
        add(message);
    }

    @Override
    public void follow(LogReader reader) {
        if (!readers.contains(reader)) {
            readers.add(reader);
        }
        catchUp();
    }

    public boolean isPaused() {
        return paused;
    }

    public @Nullable CloseReason closed() {
        return closed;
    }

    /** Sends a text. */
    public Reception says(String text) {
        byte[] utf8 = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return application.receive(client, utf8, 0, utf8.length);
    }

    /** Calls a command with call id 1. */
    public void calls(String service, String command, String params) {
        says(
                "{'service':'%s','message':{'command':'%s','params':%s,'callId':1}}"
                        .formatted(service, command, params));
    }

    /** Calls a command and waits for the answer, which must come next. */
    public String asks(String service, String command, String params) {
        calls(service, command, params);
        return next();
    }

    public void leaves() {
        application.disconnect(client);
    }

    /** The next thing heard, with single quotes; waits for it. */
    public String next() {
        try {
            String message = heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(message).as("a message").isNotNull();
            return String.valueOf(message).replace('"', '\'');
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The member {@code message} of the next thing heard. */
    public JsonNode nextMessage() {
        return JsonMapper.shared().readTree(next().replace('\'', '"')).get("message");
    }

    /** Everything heard and not yet taken, with single quotes. */
    public List<String> heard() {
        List<String> all = new ArrayList<>();
        heard.drainTo(all);
        return all.stream().map(message -> message.replace('"', '\'')).toList();
    }

    @Override
    public EventLoop eventLoop() {
        return DIRECT;
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
    public void close(CloseReason reason) {
        closed = reason;
    }

    @Override
    public void pauseReading() {
        paused = true;
    }

    @Override
    public void resumeReading() {
        paused = false;
    }

    /** The answer to a call with call id 1. */
    public static String response(String service, String data) {
        return "{'service':'%s','message':{'type':'response','callId':1,'data':%s}}"
                .formatted(service, data);
    }

    /** The refusal of a call with call id 1. */
    public static String error(String service, String text) {
        return "{'service':'%s','message':{'type':'error','callId':1,'message':'%s'}}"
                .formatted(service, text);
    }
}
