package io.snorky.server.backend;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.snorky.Client;
import io.snorky.Reception;
import io.snorky.Registry;
import io.snorky.server.BackendOptions;
import io.snorky.server.http.HttpAnswer;
import io.snorky.server.http.HttpEndpoint;
import io.snorky.server.http.HttpExchange;
import io.snorky.server.http.Peer;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A registry bound to HTTP, one request and one response at a time. Threads: immutable. */
public final class BackendEndpoint implements HttpEndpoint {

    private static final String KEY = "X-Backend-Key";

    private final Registry registry;
    private final BackendKeys keys;
    private final BackendOptions options;

    /**
     * @throws io.snorky.ConfigurationException if there is no key, or an empty one
     */
    public BackendEndpoint(Registry registry, Collection<String> keys, BackendOptions options) {
        this.registry = registry;
        this.keys = new BackendKeys(keys);
        this.options = options;
    }

    @Override
    public Optional<HttpAnswer> refuse(HttpRequest head, Peer peer) {
        if (!head.method().equals(HttpMethod.POST)) {
            return Optional.of(HttpAnswer.methodNotAllowed("POST"));
        }
        String key = head.headers().get(KEY);
        return key != null && keys.contains(key)
                ? Optional.empty()
                : Optional.of(
                        HttpAnswer.text(
                                HttpResponseStatus.UNAUTHORIZED,
                                "Header " + KEY + " is missing or not a key of this server"));
    }

    @Override
    public int maxBodyBytes() {
        return options.maxBodyBytes();
    }

    @Override
    public void handle(HttpExchange exchange) {
        var connection = new AnswerConnection(exchange);
        Client client = registry.visit(connection);
        byte[] body = exchange.body();
        switch (registry.receive(client, body, 0, body.length)) {
            case Reception.Accepted accepted -> awaitAnswer(exchange, connection);
            case Reception.Malformed(String reason) ->
                    exchange.answer(HttpAnswer.text(HttpResponseStatus.BAD_REQUEST, reason));
            case Reception.UnknownService(String reason) ->
                    exchange.answer(HttpAnswer.text(HttpResponseStatus.NOT_FOUND, reason));
        }
    }

    private void awaitAnswer(HttpExchange exchange, AnswerConnection connection) {
        if (connection.isAnswered()) {
            return;
        }
        var timer =
                exchange.loop()
                        .executor()
                        .schedule(
                                () -> exchange.answer(timeout()),
                                options.answerTimeout().toMillis(),
                                TimeUnit.MILLISECONDS);
        connection.whenAnswered(() -> timer.cancel(false));
    }

    private HttpAnswer timeout() {
        return HttpAnswer.text(
                HttpResponseStatus.GATEWAY_TIMEOUT,
                "The service did not answer within " + options.answerTimeout().toSeconds() + " s");
    }
}
