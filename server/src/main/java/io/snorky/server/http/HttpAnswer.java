package io.snorky.server.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer to a request.
 *
 * @param headers without those that follow from the connection and the body's length
 * @param body shared; not to be changed
 */
public record HttpAnswer(
        HttpResponseStatus status, Map<CharSequence, String> headers, byte[] body) {

    public HttpAnswer {
        headers = new LinkedHashMap<>(headers);
    }

    /** An answer with a line of text, for people. */
    public static HttpAnswer text(HttpResponseStatus status, String line) {
        return new HttpAnswer(
                status,
                Map.of(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8"),
                (line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Whether its status is one with a body (RFC 9110, sections 15.3.5 and 15.4.5). */
    boolean mayHaveBody() {
        return !status.equals(HttpResponseStatus.NO_CONTENT)
                && !status.equals(HttpResponseStatus.NOT_MODIFIED);
    }

    /** This answer with one more header. */
    public HttpAnswer with(CharSequence name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpAnswer(status, more, body);
    }

    /** The answer to a method that the endpoint does not know. */
    public static HttpAnswer methodNotAllowed(String allowed) {
        return text(HttpResponseStatus.METHOD_NOT_ALLOWED, "Method not allowed; use " + allowed)
                .with(HttpHeaderNames.ALLOW, allowed);
    }
}
