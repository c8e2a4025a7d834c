package io.snorky.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.Client;
import io.snorky.CloseReason;
import io.snorky.Message;
import io.snorky.Overflow;
import io.snorky.Verdict;
import io.snorky.transport.Application;
import io.snorky.transport.Connection;
import io.snorky.transport.EventLoop;
import io.snorky.transport.LogReader;
import io.snorky.transport.MessageLimits;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A browser's tab without a network. Texts are written with single quotes. */
final class Tab implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 10;
    private static final String CLOSED = "closed ";

    private final Application application;
    private final boolean takesBytes;
    private final Verdict.Admitted verdict;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final Wire wire = new Wire();
    private final Client client;
    private volatile boolean stalled;
    private volatile @Nullable Message last;

    private Tab(SyncSessions sessions, boolean takesBytes, Verdict.Admitted verdict) {
        application = sessions.browsers().application();
        this.takesBytes = takesBytes;
        this.verdict = verdict;
        client = application.connect(wire);
    }

    static Tab open(SyncSessions sessions) {
        return new Tab(sessions, true, Verdict.ANONYMOUS);
    }

    static Tab openAs(SyncSessions sessions, Verdict.Admitted verdict) {
        return new Tab(sessions, true, verdict);
    }

    static Tab overSockJs(SyncSessions sessions) {
        return new Tab(sessions, false, Verdict.ANONYMOUS);
    }

    /** Answers the question who is there. */
    Tab is(String user, String session) {
        hears("{'type':'_REQUEST_USER_SESSION'}");
        return says("_USER_SESSION", "{'user':'" + user + "','session':'" + session + "'}");
    }

    Tab says(String type, String data) {
        return saysText("{'type':'" + type + "','data':" + data + "}");
    }

    Tab saysText(String text) {
        byte[] utf8 = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        application.receive(client, utf8, 0, utf8.length);
        return this;
    }

    Tab saysBytes(byte... bytes) {
        application.receiveBytes(client, bytes, 0, bytes.length);
        return this;
    }

    /** The next thing that it has heard already, to the letter; null if there is none. */
    @Nullable String poll() {
        return heard.poll();
    }

    /** What has been said is done. */
    Tab waitsUntilDone() {
        var done = new CompletableFuture<Void>();
        application.afterPending(client, () -> done.complete(null));
        done.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        return this;
    }

    /** The next thing it hears, whatever the revision. */
    String next() {
        return nextExactly().replaceFirst("^(\\{'type':'[^']*'),'v':[0-9]+", "$1");
    }

    /** The next thing it hears, to the letter. */
    String nextExactly() {
        try {
            String text = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(text).as("something heard").isNotNull();
            return String.valueOf(text);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Tab hears(String text) {
        assertThat(next()).isEqualTo(text);
        return this;
    }

    Tab hearsExactly(String text) {
        assertThat(nextExactly()).isEqualTo(text);
        return this;
    }

    Tab hears(String type, String data) {
        return hears("{'type':'" + type + "','data':" + data + "}");
    }

    /** The next thing is an error with that code, for that event. */
    Tab hearsError(String code) {
        assertThat(next()).startsWith("{'type':'_ERROR','data':{'code':'" + code + "','message':'");
        return this;
    }

    Tab hearsClose(int code) {
        assertThat(next()).startsWith(CLOSED + code);
        return this;
    }

    /** What has been said is done, and nothing came of it. */
    Tab hearsNothing() {
        waitsUntilDone();
        assertThat(heard).isEmpty();
        return this;
    }

    /** The last message it was sent, the very one. */
    @Nullable Message lastMessage() {
        return last;
    }

    /** From now on its connection takes no patches. */
    Tab stalls() {
        stalled = true;
        return this;
    }

    /** It takes them again. */
    Tab drains() {
        stalled = false;
        wire.catchUp();
        return this;
    }

    Client client() {
        return client;
    }

    /** The network is gone. */
    @Override
    public void close() {
        application.disconnect(client);
        waitsUntilDone();
    }

    private final class Wire implements Connection, EventLoop, LogReader.Room {

        private final Set<LogReader> readers = new LinkedHashSet<>(); // guarded by this

        @Override
        public EventLoop eventLoop() {
            return this;
        }

        @Override
        public SocketAddress remoteAddress() {
            return InetSocketAddress.createUnresolved("tab.example", 1);
        }

        @Override
        public boolean takesBytes() {
            return takesBytes;
        }

        @Override
        public Verdict.Admitted admitted() {
            return verdict;
        }

        @Override
        public MessageLimits limits() {
            return MessageLimits.DEFAULT;
        }

        @Override
        public void close(CloseReason reason) {
            heard.add(CLOSED + reason.code() + " " + reason.text());
        }

        @Override
        public void pauseReading() {}

        @Override
        public void resumeReading() {}

        @Override
        public synchronized void follow(LogReader reader) {
            readers.add(reader);
            catchUp();
        }

        @Override
        public synchronized void unfollow(LogReader reader) {
            readers.remove(reader);
        }

        @Override
        public synchronized void deliver(Message message, Connection to) {
            if (message.overflow() != Overflow.LAG) {
                send(message);
                return;
            }
            for (LogReader reader : readers) {
                if (reader.log().equals(message.kind())
                        && reader.takes(message.offset(), isOpen())) {
                    send(message);
                }
            }
        }

        @Override
        public void deliver(Message message, Connection[] to) {
            for (Connection each : to) {
                each.eventLoop().deliver(message, each);
            }
        }

        @Override
        public synchronized void execute(Runnable task) {
            task.run();
        }

        private synchronized void catchUp() {
            for (LogReader reader : List.copyOf(readers)) {
                if (reader.isBehind() && isOpen()) {
                    reader.catchUp(this);
                }
            }
        }

        @Override
        public boolean isOpen() {
            return !stalled;
        }

        @Override
        public void send(Message message) {
            last = message;
            heard.add(message.toString().replace('"', '\''));
            byte[] bytes = message.bytes();
            if (bytes != null) {
                heard.add("bytes " + bytes.length);
            }
        }
    }
}
