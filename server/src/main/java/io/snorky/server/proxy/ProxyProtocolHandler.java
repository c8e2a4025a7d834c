package io.snorky.server.proxy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.handler.codec.haproxy.HAProxySSLTLV;
import io.netty.util.ReferenceCountUtil;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Takes the header of the PROXY protocol (HAProxy's {@code proxy-protocol.txt}) from the beginning
 * of a connection. What is none closes it.
 *
 * <p>Threads: owned by the connection's event loop.
 */
public final class ProxyProtocolHandler extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = System.getLogger(ProxyProtocolHandler.class.getName());

    /** Bytes of additional information, as on the client's certificate; at most. */
    private static final int MAX_ADDITIONAL_BYTES = 4096;

    private static final byte CLIENT_SPOKE_TLS = 0x01;

    /** Who is told where the client is. */
    public interface Listener {

        /**
         * @param refusal where to write an answer, if it is refused
         * @return whether the connection goes on
         */
        boolean clientIs(Sender client, ChannelOutboundInvoker refusal);

        /** The proxy did not say, or speaks for itself. */
        boolean clientIsUnknown(ChannelOutboundInvoker refusal);
    }

    private final Listener listener;
    private boolean refused;

    private ProxyProtocolHandler(Listener listener) {
        this.listener = listener;
    }

    /** Awaits the header before all that is added later. */
    public static void addTo(ChannelPipeline pipeline, Listener listener) {
        pipeline.addLast(new HAProxyMessageDecoder(MAX_ADDITIONAL_BYTES))
                .addLast(new ProxyProtocolHandler(listener));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (!refused && message instanceof HAProxyMessage header) {
                refused = !takes(header, ctx);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
        if (!refused) {
            ctx.pipeline().remove(this);
        }
    }

    private boolean takes(HAProxyMessage header, ChannelHandlerContext ctx) {
        Optional<Sender> client = client(header);
        return client.isPresent()
                ? listener.clientIs(client.get(), ctx)
                : listener.clientIsUnknown(ctx);
    }

    private static Optional<Sender> client(HAProxyMessage header) {
        HAProxyProxiedProtocol protocol = header.proxiedProtocol();
        boolean isTcp =
                protocol == HAProxyProxiedProtocol.TCP4 || protocol == HAProxyProxiedProtocol.TCP6;
        if (header.command() == HAProxyCommand.LOCAL || !isTcp) {
            return Optional.empty();
        }
        return Network.parseAddress(header.sourceAddress())
                .map(ip -> new InetSocketAddress(ip, header.sourcePort()))
                .map(address -> new Sender(address, isEncrypted(header)));
    }

    private static boolean isEncrypted(HAProxyMessage header) {
        return header.tlvs().stream()
                .anyMatch(tlv ->
                        tlv instanceof HAProxySSLTLV ssl && (ssl.client() & CLIENT_SPOKE_TLS) != 0);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        refused = true;
        LOG.log(
                Level.DEBUG,
                () -> "No PROXY header from " + ctx.channel().remoteAddress() + ": " + cause);
        ctx.close();
    }
}
