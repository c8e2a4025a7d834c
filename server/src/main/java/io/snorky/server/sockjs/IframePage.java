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
import java.util.regex.Pattern;
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

    /** What may be said in a policy without meaning something else. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+");

    private final byte[] body;
    private final String tag;
    private final String parents;
    private final boolean admitsAll;

    IframePage(SockJsOptions options) {
        body = PAGE.replace("URL", attribute(options.clientUrl())).getBytes(StandardCharsets.UTF_8);
        tag = "\"" + digest(body) + "\"";
        parents = parents(options.allowedOrigins());
        admitsAll = options.allowedOrigins().contains("*");
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

    /** Content Security Policy's words for the origins. */
    private static String parents(Set<String> origins) {
        return origins.stream()
                .filter(origin -> !origin.equals("null"))
                .sorted()
                .map(origin -> " " + origin)
                .collect(Collectors.joining());
    }

    /** Those who may connect: pages of this host, whatever their port, and of listed origins. */
    private String policy(HttpHeaders request, boolean encrypted) {
        String host = request.get(HttpHeaderNames.HOST, "").replaceFirst(":[0-9]+$", "");
        String own = "";
        if (HOST.matcher(host).matches()) {
            own = (encrypted ? "" : " http://" + host + ":*") + " https://" + host + ":*";
        }
        return "frame-ancestors 'self'" + own + parents;
    }

    HttpAnswer answer(HttpHeaders request, boolean encrypted) {
        Map<CharSequence, String> headers = new LinkedHashMap<>();
        HeaderGroups.cacheForAYear(headers);
        headers.put(HttpHeaderNames.ETAG, tag);
        if (!admitsAll) {
            headers.put(HttpHeaderNames.CONTENT_SECURITY_POLICY, policy(request, encrypted));
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
