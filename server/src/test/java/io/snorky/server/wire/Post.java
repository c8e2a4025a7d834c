package io.snorky.server.wire;

import java.nio.charset.StandardCharsets;

/** The text of requests to a back end at {@code /backend}, whose key is {@code swordfish}. */
public final class Post {

    public static final String KEY = "swordfish";

    private Post() {}

    /** A request with that body. */
    public static String body(String body) {
        return head("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length) + body;
    }

    /** The head of a request, with more headers. */
    public static String head(String... headers) {
        var head = new StringBuilder("POST /backend HTTP/1.1\r\nHost: localhost\r\n");
        head.append("X-Backend-Key: ").append(KEY).append("\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("\r\n").toString();
    }
}
