package io.snorky.server.websocket;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.snorky.CloseReason;
import io.snorky.Verdict;
import io.snorky.server.WebSocketOptions;
import io.snorky.server.http.HttpAnswer;
import io.snorky.server.http.HttpEndpoint;
import io.snorky.server.http.HttpExchange;
import io.snorky.server.http.Peer;
import io.snorky.server.policy.Doorkeeper;
import io.snorky.server.policy.OriginPolicy;
import io.snorky.server.transport.Presence;
import io.snorky.transport.Application;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An application bound to WebSocket. Threads: immutable. */
public final class WebSocketEndpoint implements HttpEndpoint {

    private final Application application;
    private final Dialect dialect;
    private final WebSocketOptions options;
    private final OriginPolicy origins;
    private final Doorkeeper doorkeeper;
    private final Presence presence;

    /**
     * @param options with compression only if the dialect is {@link Dialect#PLAIN}
     * @param presence is told of each connection
     */
    public WebSocketEndpoint(
            Application application, Dialect dialect, WebSocketOptions options, Presence presence) {
        this.application = application;
        this.dialect = dialect;
        this.options = options;
        this.origins = new OriginPolicy(options.allowedOrigins());
        this.doorkeeper = new Doorkeeper(options.authenticator());
        this.presence = presence;
    }

    @Override
    public Optional<HttpAnswer> refuse(HttpRequest head, Peer peer) {
        return Handshake.refuse(head, peer, origins);
    }

    @Override
    public int maxBodyBytes() {
        return 0;
    }

    @Override
    public void handle(HttpExchange exchange) {
        Optional<String> deflate =
                options.compression().enabled()
                        ? DeflateNegotiation.accept(exchange.head())
                        : Optional.empty();
        Map<CharSequence, String> agreed = new LinkedHashMap<>();
        deflate.ifPresent(e -> agreed.put(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, e));
        Subprotocols.choose(options.subprotocols(), exchange.head())
                .ifPresent(name -> agreed.put(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, name));
        open(exchange, Handshake.accept(exchange.head(), agreed), deflate.isPresent());
    }

    /**
     * Opens a connection, if the authenticator says so.
     *
     * @param handshake the head that says so
     * @param deflate whether compression has been agreed on
     * @param translators between what is on the wire and WebSocket as of today, if it is not that
     */
    public void open(
            HttpExchange exchange,
            byte[] handshake,
            boolean deflate,
            ChannelHandler... translators) {
        doorkeeper.ask(
                exchange,
                new Doorkeeper.Door() {
                    @Override
                    public void open(Verdict.Admitted verdict) {
                        switchOver(exchange, handshake, verdict, application, deflate, translators);
                    }

                    @Override
                    public void shut(CloseReason reason) {
                        var nobody = new Turnaway(reason);
                        switchOver(
                                exchange,
                                handshake,
                                Verdict.ANONYMOUS,
                                nobody,
                                deflate,
                                translators);
                    }
                });
    }

    private void switchOver(
            HttpExchange exchange,
            byte[] handshake,
            Verdict.Admitted verdict,
            Application visited,
            boolean deflate,
            ChannelHandler... translators) {
        ChannelHandlerContext http = exchange.takeOver();
        ChannelPipeline pipeline = http.pipeline();
        HttpServerCodec codec = pipeline.get(HttpServerCodec.class);
        pipeline.context(codec).write(Unpooled.wrappedBuffer(handshake)); // before all else
        codec.removeOutboundHandler();
        pipeline.addLast(translators);
        var connection =
                new WebSocketConnection(
                        http.channel(),
                        exchange.remoteAddress(),
                        verdict,
                        exchange.loop(),
                        visited,
                        dialect,
                        options,
                        deflate);
        presence.entered(connection);
        connection.closeFuture().addListener(done -> presence.left(connection));
        pipeline.addLast(new WebSocketHandler(connection));
        pipeline.context(codec).flush(); // once it is known: whoever is told may rely on that
        pipeline.remove(http.handler());
        connection.open();
        pipeline.remove(codec); // hands on what was read beyond the handshake
    }
}
