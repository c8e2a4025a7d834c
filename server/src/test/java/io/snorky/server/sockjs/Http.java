package io.snorky.server.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.server.wire.HttpReply;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;

import java.nio.charset.StandardCharsets;

/** Requests as SockJS clients send them, and what is said about the answers. */
final class Http {

    static final String NO_CACHE = "no-store, no-cache, no-transform, must-revalidate, max-age=0";
    static final String SCRIPT = "application/javascript; charset=UTF-8";
    static final String TEXT = "text/plain; charset=UTF-8";

    private final RunningServer server;

    Http(RunningServer server) {
        this.server = server;
    }

    static String get(String path, String... headers) {
        return head("GET", path, headers);
    }

    static String options(String path, String... headers) {
        return head("OPTIONS", path, headers);
    }

    /** Each header a line. */
    static String head(String method, String path, String... headers) {
        var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    static String post(String path, String body, String... headers) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        String head = head("POST", path, headers);
        return head.replaceFirst("\r\n\r\n", "\r\nContent-Length: " + length + "\r\n\r\n") + body;
    }

    /** Sends a request on a connection of its own and reads the answer. */
    HttpReply ask(String request) {
        try (Wire wire = server.connect()) {
            return wire.reply(request);
        }
    }

    /** Sends a request whose answer is read later. */
    Wire begin(String request) {
        return server.connect().write(request);
    }

    /** Polls, which opens a new session. */
    void opens(String session) {
        HttpReply reply = ask(post(session + "/xhr", ""));
        assertThat(reply.body()).isEqualTo("o\n");
        assertThat(reply.status()).isEqualTo(200);
    }

    /** What the next poll brings. */
    String polls(String session) {
        HttpReply reply = ask(post(session + "/xhr", ""));
        assertThat(reply.status()).isEqualTo(200);
        return reply.body();
    }

    /** Sends messages, which are heard. */
    void sends(String session, String json) {
        HttpReply reply = ask(post(session + "/xhr_send", json));
        assertThat(reply.status()).as(reply.body()).isEqualTo(204);
        assertThat(reply.body()).isEmpty();
    }

    /** Begins to receive by streaming; the head and the prelude have been read. */
    Wire streams(String session) {
        Wire wire = begin(post(session + "/xhr_streaming", ""));
        assertThat(wire.replyWithoutBody().status()).isEqualTo(200);
        assertThat(wire.chunk()).isEqualTo("h".repeat(2048) + "\n");
        return wire;
    }

    static void expectNoCache(HttpReply reply) {
        assertThat(reply.header("cache-control")).isEqualTo(NO_CACHE);
        assertThat(reply.headers()).doesNotContainKeys("expires", "last-modified");
    }

    static void expectCrossOrigin(HttpReply reply, String origin) {
        assertThat(reply.header("access-control-allow-origin")).isEqualTo(origin);
        assertThat(reply.header("access-control-allow-credentials")).isEqualTo("true");
        assertThat(reply.header("vary")).isEqualTo("Origin");
    }

    static void expectPreflight(HttpReply reply, String origin, String methods) {
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.header("cache-control")).matches("public, max-age=[1-9][0-9]{6,}");
        assertThat(reply.header("expires")).endsWith("GMT");
        assertThat(Integer.parseInt(reply.header("access-control-max-age")))
                .isGreaterThan(1_000_000);
        assertThat(reply.header("access-control-allow-methods")).isEqualTo(methods);
        assertThat(reply.headers()).doesNotContainKeys("content-length", "transfer-encoding");
        expectCrossOrigin(reply, origin);
    }
}
