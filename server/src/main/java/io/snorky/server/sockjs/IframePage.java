package io.snorky.server.sockjs;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.snorky.server.SockJsOptions;
import io.snorky.server.http.HttpAnswer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The page that a page of another origin puts into a hidden iframe, to talk to the server with the
 * origin of the server. So it works for those who may be its parents only. Threads: immutable.
 */
final class IframePage {

    private static final String PAGE =
            """
            <!DOCTYPE html>
            <html>
            <head>
              <meta http-equiv="X-UA-Compatible" content="IE=edge" />
              <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
              <script src="URL"></script>
              <script>
                document.domain = document.domain;
                SockJS.bootstrap_iframe();
              </script>
            </head>
            <body>
              <h2>Don't panic!</h2>
              <p>This is a SockJS hidden iframe. It's used for cross domain magic.</p>
            </body>
            </html>
            """;

    private final byte[] body;
    private final String tag;
    private final String parents;

    IframePage(SockJsOptions options) {
        body = PAGE.replace("URL", attribute(options.clientUrl())).getBytes(StandardCharsets.UTF_8);
        tag = "\"" + digest(body) + "\"";
        parents = parents(options.allowedOrigins());
    }

    private static String attribute(String url) {
        return url.replace("&", "&amp;")
                .replace("\"", "&quot;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }

    private static String digest(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Content Security Policy's words for the origins; none if there is no need. */
    private static String parents(Set<String> origins) {
        if (origins.contains("*")) {
            return "";
        }
        return "frame-ancestors 'self'"
                + origins.stream()
                        .filter(origin -> !origin.equals("null"))
                        .sorted()
                        .map(origin -> " " + origin)
                        .collect(Collectors.joining());
    }

    HttpAnswer answer(HttpHeaders request) {
        Map<CharSequence, String> headers = new LinkedHashMap<>();
        HeaderGroups.cacheForAYear(headers);
        headers.put(HttpHeaderNames.ETAG, tag);
        if (!parents.isEmpty()) {
            headers.put(HttpHeaderNames.CONTENT_SECURITY_POLICY, parents);
        }
        if (isKnown(request)) {
            return new HttpAnswer(HttpResponseStatus.NOT_MODIFIED, headers, new byte[0]);
        }
        headers.put(HttpHeaderNames.CONTENT_TYPE, "text/html; charset=UTF-8");
        return new HttpAnswer(HttpResponseStatus.OK, headers, body);
    }

    /** RFC 9110, section 13.1.2: tags are compared weakly. */
    private boolean isKnown(HttpHeaders request) {
        return request.getAll(HttpHeaderNames.IF_NONE_MATCH).stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(String::strip)
                .anyMatch(one -> one.equals("*") || one.equals(tag) || one.equals("W/" + tag));
    }
}
