package io.snorky.server.sync;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.snorky.server.http.HttpAnswer;
import io.snorky.server.http.HttpEndpoint;
import io.snorky.server.http.HttpExchange;
import io.snorky.server.http.Peer;
import io.snorky.sync.Download;
import io.snorky.sync.Downloads;

import java.time.Duration;
import java.util.Optional;

/**
 * Gives out what sessions have their browsers fetch: {@code GET <path><token>}, once for each
 * token. Who knows the token gets it: pages navigate there, so there are neither headers nor other
 * origins to be asked about, and scripts of other origins cannot read it.
 *
 * <p>Threads: immutable.
 */
public final class DownloadEndpoint implements HttpEndpoint {

    private final String path;
    private final Downloads downloads;
    private final Duration stallTimeout;

    /**
     * @param path what the tokens are below, ending in {@code /}
     * @param stallTimeout how long a peer may take nothing of a file
     */
    public DownloadEndpoint(String path, Downloads downloads, Duration stallTimeout) {
        this.path = path;
        this.downloads = downloads;
        this.stallTimeout = stallTimeout;
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
        boolean isHead = exchange.head().method().equals(HttpMethod.HEAD);
        String token = token(exchange.head().uri());
        Optional<Download> found = isHead ? downloads.look(token) : downloads.take(token);
        if (found.isEmpty()) {
            exchange.answer(
                    HttpAnswer.text(HttpResponseStatus.NOT_FOUND, "Nothing is served here"));
            return;
        }
        var transfer = new DownloadTransfer(exchange, found.get(), isHead, stallTimeout);
        Thread reader = Thread.ofVirtual().name("snorky-download").unstarted(transfer);
        exchange.hold(() -> transfer.lost(reader));
        reader.start();
    }

    private String token(String uri) {
        int query = uri.indexOf('?');
        return uri.substring(path.length(), query < 0 ? uri.length() : query);
    }
}
