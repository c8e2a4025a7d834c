package io.snorky.server.http;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The answer to a request, or to many that have the same.
 *
 * <p>Threads: immutable.
 */
public final class HttpAnswer {

    private final HttpResponseStatus status;
    private final HttpHeaders headers;
    private final byte[] body;

    /**
     * @param headers without those that follow from the connection and the body's length
     * @param body shared; not to be changed
     */
    public HttpAnswer(HttpResponseStatus status, Map<CharSequence, String> headers, byte[] body) {
        this(status, new DefaultHttpHeaders(), body);
        headers.forEach(this.headers::set);
    }

    private HttpAnswer(HttpResponseStatus status, HttpHeaders headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    HttpResponseStatus status() {
        return status;
    }

    /** Not to be changed. */
    HttpHeaders headers() {
        return headers;
    }

    byte[] body() {
        return body;
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
        return new HttpAnswer(status, headers.copy().set(name, value), body);
    }

    /** An answer with the headers of this one. */
    public HttpAnswer instead(HttpResponseStatus otherStatus, byte[] otherBody) {
        return new HttpAnswer(otherStatus, headers, otherBody);
    }

    /** The answer to a method that the endpoint does not know. */
    public static HttpAnswer methodNotAllowed(String allowed) {
        return text(HttpResponseStatus.METHOD_NOT_ALLOWED, "Method not allowed; use " + allowed)
                .with(HttpHeaderNames.ALLOW, allowed);
    }
}
