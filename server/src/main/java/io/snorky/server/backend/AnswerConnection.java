package io.snorky.server.backend;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.snorky.CloseReason;
import io.snorky.Message;
import io.snorky.server.http.HttpAnswer;
import io.snorky.server.http.HttpExchange;
import io.snorky.server.transport.Drop;
import io.snorky.transport.Connection;
import io.snorky.transport.EventLoop;
import io.snorky.transport.LogReader;
import io.snorky.transport.MessageLimits;

import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A request that awaits its answer, as a connection: the first message sent to it is the answer,
 * all others are dropped.
 *
 * <p>Threads: any.
 */
final class AnswerConnection implements Connection {

    private static final EventLoop DIRECT = new DirectLoop();

    private final HttpExchange exchange;
    private final CompletableFuture<Void> answered = new CompletableFuture<>();

    AnswerConnection(HttpExchange exchange) {
        this.exchange = exchange;
    }

    boolean isAnswered() {
        return answered.isDone();
    }

    void whenAnswered(Runnable action) {
        answered.thenRun(action);
    }

    private void answer(Message message) {
        boolean first =
                exchange.answer(
                        new HttpAnswer(
                                HttpResponseStatus.OK,
                                Map.of(
                                        HttpHeaderNames.CONTENT_TYPE,
                                        "application/json; charset=utf-8"),
                                message.utf8()));
        if (!first) {
            exchange.loop().drops().count(Drop.LATE_ANSWER);
        }
        answered.complete(null);
    }

    @Override
    public EventLoop eventLoop() {
        return DIRECT;
    }

    @Override
    public SocketAddress remoteAddress() {
        return exchange.remoteAddress();
    }

    @Override
    public MessageLimits limits() {
        return MessageLimits.DEFAULT;
    }

    /** The connection is HTTP's, and goes on to the next request. */
    @Override
    public void close(CloseReason reason) {}

    /** There is one message only. */
    @Override
    public void pauseReading() {}

    @Override
    public void resumeReading() {}

    /** Nothing of a log is sent to it. */
    @Override
    public void follow(LogReader reader) {}

    private static final class DirectLoop implements EventLoop {

        @Override
        public void deliver(Message message, Connection to) {
            ((AnswerConnection) to).answer(message);
        }

        @Override
        public void deliver(Message message, Connection[] to) {
            for (Connection connection : to) {
                deliver(message, connection);
            }
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }
    }
}
