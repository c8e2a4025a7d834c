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

    private final PageFiles files;
    private final String policy;

    /**
     * @param snorkyWebsocket where the page finds the Snorky server
     */
    PageRoute(PageFiles files, String snorkyWebsocket) {
        this.files = files;
        policy =
                "default-src 'self'; connect-src 'self' "
                        + sources(snorkyWebsocket)
                        + "; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }

    /**
     * The Snorky server, by WebSocket and by what SockJS uses in its place. A source that is not
     * encrypted stands for the encrypted one, too.
     */
    static String sources(String websocket) {
        String secure = websocket.startsWith("wss:") ? "s" : "";
        String server =
                websocket
                        .replaceFirst("^wss?://", "")
                        .replaceFirst(
                                "^:", "*:") // that port of any host, as it may have many names
                        .replaceFirst("/.*", "");
        return "ws" + secure + "://" + server + " http" + secure + "://" + server;
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
        exchange.setHeader("Content-Security-Policy", policy);
        exchange.setHeader("Referrer-Policy", "strict-origin"); // SockJS by script is told by it
        exchange.reply(200, type, file);
    }
}
