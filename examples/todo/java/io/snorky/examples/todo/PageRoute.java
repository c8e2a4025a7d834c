package io.snorky.examples.todo;

import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The page: {@code GET /} and the files that it loads.
 *
 * <p>Threads: may be shared.
 */
final class PageRoute implements Route {

    /** No slash and no leading dot: nothing outside the folder can be named. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+");

    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "map", "application/json",
                    "svg", "image/svg+xml");

    /** The Snorky server is at another port, which the policy cannot know. */
    private static final String POLICY =
            "default-src 'self'; connect-src 'self' ws: wss:; base-uri 'none';"
                    + " form-action 'self'; frame-ancestors 'none'";

    private final PageFiles files;

    PageRoute(PageFiles files) {
        this.files = files;
    }

    @Override
    public void serve(Exchange exchange) throws IOException {
        if (!exchange.method().equals("GET") && !exchange.method().equals("HEAD")) {
            throw ApiError.methodNotAllowed(exchange.method(), "GET, HEAD");
        }
        String path = exchange.path();
        String name = path.equals("/") ? "index.html" : path.substring(1);
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null || !NAME.matcher(name).matches()) {
            throw ApiError.notFound(path);
        }
        byte[] file = files.read(name).orElseThrow(() -> ApiError.notFound(path));
        exchange.setHeader("Cache-Control", "no-cache");
        exchange.setHeader("Content-Security-Policy", POLICY);
        exchange.setHeader("Referrer-Policy", "no-referrer");
        exchange.reply(200, type, file);
    }
}
