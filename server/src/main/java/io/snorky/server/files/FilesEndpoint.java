package io.snorky.server.files;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.snorky.server.StaticFiles;
import io.snorky.server.http.HttpAnswer;
import io.snorky.server.http.HttpEndpoint;
import io.snorky.server.http.HttpExchange;
import io.snorky.server.http.Peer;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** Serves files below a path. Reads them on virtual threads. Threads: immutable. */
public final class FilesEndpoint implements HttpEndpoint {

    private static final Pattern COMMA = Pattern.compile(",");

    private static final Logger LOG = System.getLogger(FilesEndpoint.class.getName());

    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("css", "text/css; charset=utf-8"),
                    Map.entry("html", "text/html; charset=utf-8"),
                    Map.entry("ico", "image/x-icon"),
                    Map.entry("jpg", "image/jpeg"),
                    Map.entry("js", "text/javascript; charset=utf-8"),
                    Map.entry("json", "application/json"),
                    Map.entry("map", "application/json"),
                    Map.entry("md", "text/plain; charset=utf-8"),
                    Map.entry("png", "image/png"),
                    Map.entry("svg", "image/svg+xml"),
                    Map.entry("txt", "text/plain; charset=utf-8"),
                    Map.entry("woff2", "font/woff2"));

    private final String path;
    private final StaticFiles files;

    /**
     * @param path what the files are below, ending in {@code /}
     */
    public FilesEndpoint(String path, StaticFiles files) {
        this.path = path;
        this.files = files;
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
        Optional<String> file = fileOf(exchange.head().uri());
        if (file.isEmpty()) {
            exchange.answer(notFound());
            return;
        }
        Thread.ofVirtual()
                .name("snorky-files")
                .start(() -> exchange.answer(answer(exchange.head(), file.get())));
    }

    /** The file's path below the root; empty if it is none that could be served. */
    private Optional<String> fileOf(String uri) {
        String decoded;
        try {
            decoded = new QueryStringDecoder(uri).path();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (!decoded.startsWith(path)) {
            return Optional.empty();
        }
        String relative = decoded.substring(path.length());
        String file =
                relative.isEmpty() || relative.endsWith("/") ? relative + "index.html" : relative;
        for (String segment : file.split("/", -1)) {
            if (segment.isEmpty() || segment.startsWith(".") || !isPlain(segment)) {
                return Optional.empty();
            }
        }
        return Optional.of(file);
    }

    private static boolean isPlain(String segment) {
        return segment.chars().noneMatch(c -> c < ' ' || c == '\\' || c == ':');
    }

    private HttpAnswer answer(HttpRequest head, String file) {
        try {
            return files.read(file).map(content -> found(head, file, content)).orElse(notFound());
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "Cannot read " + file, e);
            return HttpAnswer.text(HttpResponseStatus.INTERNAL_SERVER_ERROR, "Cannot be read");
        }
    }

    /** Whether a client has what has this tag (RFC 9110, section 13.1.2). */
    private static boolean isKnown(String tag, List<String> lists) {
        return lists.stream()
                .flatMap(COMMA::splitAsStream)
                .map(String::strip)
                .anyMatch(known ->
                        known.equals("*") || known.equals(tag) || known.equals("W/" + tag));
    }

    private static HttpAnswer found(HttpRequest head, String file, byte[] content) {
        var crc = new CRC32C();
        crc.update(content);
        String tag = "\"" + Long.toHexString(crc.getValue()) + "-" + content.length + "\"";
        boolean unchanged = isKnown(tag, head.headers().getAll(HttpHeaderNames.IF_NONE_MATCH));
        String ending = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return new HttpAnswer(
                unchanged ? HttpResponseStatus.NOT_MODIFIED : HttpResponseStatus.OK,
                Map.of(
                        HttpHeaderNames.CONTENT_TYPE,
                        TYPES.getOrDefault(ending, "application/octet-stream"),
                        HttpHeaderNames.ETAG,
                        tag,
                        HttpHeaderNames.CACHE_CONTROL,
                        "no-cache",
                        "X-Content-Type-Options",
                        "nosniff"),
                unchanged ? new byte[0] : content);
    }

    private static HttpAnswer notFound() {
        return HttpAnswer.text(HttpResponseStatus.NOT_FOUND, "Nothing is served here");
    }
}
