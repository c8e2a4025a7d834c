package io.snorky.examples.todo;

import com.sun.net.httpserver.HttpExchange;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/** One HTTP request and its answer. */
final class Exchange implements AutoCloseable {

    /** Size of a request's body at most; a task with the longest title takes a quarter of it. */
    static final int BODY_LIMIT_BYTES = 16 << 10;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpExchange exchange;

    Exchange(HttpExchange exchange) {
        this.exchange = exchange;
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    }

    String method() {
        return exchange.getRequestMethod();
    }

    /** The path of the address, decoded. */
    String path() {
        return exchange.getRequestURI().getPath();
    }

    /** What follows the question mark of the address; empty if nothing does. */
    String query() {
        String query = exchange.getRequestURI().getQuery();
        return query == null ? "" : query;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    /** Sets a header of the answer. */
    void setHeader(String name, String value) {
        exchange.getResponseHeaders().set(name, value);
    }

    /**
     * The body as JSON.
     *
     * @throws ApiError 415 or 413 or 400, if it says to be something else, is too long or is no
     *     JSON
     */
    JsonNode json() throws IOException {
        String type = header("Content-Type").orElse("");
        String bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!bare.equals("application/json")) {
            throw new ApiError(415, "Content-Type: " + type + " (expected: application/json)");
        }
        try {
            JsonNode body = JSON.readTree(body());
            if (body.isMissingNode()) {
                throw new ApiError(400, "body: empty (expected: a JSON object)");
            }
            return body;
        } catch (JacksonException failure) {
            int column = failure.getLocation().getColumnNr();
            int line = failure.getLocation().getLineNr();
            throw new ApiError(
                    400,
                    "body: wrong at line " + line + ", column " + column + " (expected: JSON)");
        }
    }

    /** Answers with a JSON value. */
    void reply(int status, Object value) throws IOException {
        setHeader("Cache-Control", "no-store");
        reply(status, "application/json", JSON.writeValueAsBytes(value));
    }

    /** Answers with these bytes. */
    void reply(int status, String contentType, byte[] body) throws IOException {
        setHeader("Content-Type", contentType);
        boolean head = method().equals("HEAD");
        if (head) {
            setHeader("Content-Length", Integer.toString(body.length));
        }
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        if (!head) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    /** Answers that there is nothing to say. */
    void replyNothing() throws IOException {
        exchange.sendResponseHeaders(204, -1);
    }

    /** Ends the exchange; if it was not answered, the connection with it. */
    @Override
    public void close() {
        exchange.close();
    }

    private byte[] body() throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            byte[] body = in.readNBytes(BODY_LIMIT_BYTES + 1);
            if (body.length > BODY_LIMIT_BYTES) {
                setHeader("Connection", "close"); // rather than read what is left of it
                throw new ApiError(
                        413, "body: too long (expected: " + BODY_LIMIT_BYTES + " bytes at most)");
            }
            return body;
        }
    }
}
