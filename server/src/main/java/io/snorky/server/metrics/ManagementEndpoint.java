package io.snorky.server.metrics;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.snorky.server.http.HttpAnswer;
import io.snorky.server.http.HttpEndpoint;
import io.snorky.server.http.HttpExchange;
import io.snorky.server.http.Peer;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers operators' tools with a text made afresh, on a virtual thread. Threads: immutable.
 *
 * @param answer makes the answer
 */
public record ManagementEndpoint(Supplier<HttpAnswer> answer) implements HttpEndpoint {

    /** {@code /metrics}: the figures, as Prometheus reads them. */
    public static ManagementEndpoint metrics(Supplier<String> scrape) {
        return new ManagementEndpoint(() ->
                answer(
                        HttpResponseStatus.OK,
                        "text/plain; version=0.0.4; charset=utf-8",
                        scrape.get()));
    }

    /** {@code /health}: whether it is alive, ready, draining; status 503 unless it is ready. */
    public static ManagementEndpoint health(Supplier<Health> health) {
        return new ManagementEndpoint(() -> {
            Health now = health.get();
            String json =
                    "{\"alive\":true,\"ready\":%s,\"draining\":%s}%n"
                            .formatted(now == Health.READY, now == Health.DRAINING);
            return answer(
                    now == Health.READY
                            ? HttpResponseStatus.OK
                            : HttpResponseStatus.SERVICE_UNAVAILABLE,
                    "application/json",
                    json);
        });
    }

    private static HttpAnswer answer(HttpResponseStatus status, String type, String text) {
        return new HttpAnswer(
                status,
                Map.of(
                        HttpHeaderNames.CONTENT_TYPE,
                        type,
                        HttpHeaderNames.CACHE_CONTROL,
                        "no-store"),
                text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<HttpAnswer> refuse(HttpRequest head, Peer peer) {
        return head.method().equals(HttpMethod.GET) || head.method().equals(HttpMethod.HEAD)
                ? Optional.empty()
                : Optional.of(HttpAnswer.methodNotAllowed("GET, HEAD"));
    }

    @Override
    public int maxBodyBytes() {
        return 0;
    }

    @Override
    public void handle(HttpExchange exchange) {
        Thread.ofVirtual().name("snorky-management").start(() -> exchange.answer(answer.get()));
    }
}
