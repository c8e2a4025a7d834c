package io.snorky.server;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.snorky.server.http.HttpConnection;
import io.snorky.server.http.Peer;
import io.snorky.server.http.Routes;
import io.snorky.server.proxy.ProxyProtocolHandler;
import io.snorky.server.tls.PortTls;
import io.snorky.server.transport.NettyLoop;

import java.util.function.Function;

/** Says what each new connection of a port goes through. Threads: any. */
final class PipelineInitializer extends ChannelInitializer<SocketChannel> {

    private static final int CHUNK_BYTES = 8192;

    private final Routes routes;
    private final Edge edge;
    private final ConnectionLimits limits;
    private final Admission admission;
    private final Function<EventLoop, NettyLoop> loops;

    PipelineInitializer(
            Routes routes,
            Edge edge,
            ConnectionLimits limits,
            Admission admission,
            Function<EventLoop, NettyLoop> loops) {
        this.routes = routes;
        this.edge = edge;
        this.limits = limits;
        this.admission = admission;
        this.loops = loops;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        PortTls tls = edge.tls();
        var peer = new CountedPeer(channel, admission, edge.proxies(), tls != null);
        if (!peer.enters(channel)) {
            admission.handshakeEnds();
            return;
        }
        if (peer.isAnnounced()) {
            ProxyProtocolHandler.addTo(channel.pipeline(), peer);
        }
        if (tls != null) {
            tls.addTo(channel.pipeline(), limits.requestTimeout());
        }
        channel.pipeline().addLast(codec()).addLast(http(channel, peer));
    }

    private HttpServerCodec codec() {
        var config =
                new HttpDecoderConfig()
                        .setMaxInitialLineLength(limits.maxRequestLineBytes())
                        .setMaxHeaderSize(limits.maxHeaderBytes())
                        .setMaxChunkSize(CHUNK_BYTES);
        return new HttpServerCodec(
                config, Integer.MAX_VALUE); // reading pauses when requests queue up
    }

    private HttpConnection http(SocketChannel channel, Peer peer) {
        return new HttpConnection(
                routes,
                loops.apply(channel.eventLoop()),
                peer,
                limits.requestTimeout(),
                limits.idleTimeout(),
                admission::handshakeEnds);
    }
}
