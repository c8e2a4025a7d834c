package io.snorky.server.transport;

import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/** Says goodbye to a peer that may still be sending. */
public final class HalfClose {

    private HalfClose() {}

    /**
     * Ends what goes out on a channel, which has been written; what comes in can still be read.
     * Closing at once would destroy what is on its way to a peer that sends. To be called in the
     * channel's event loop.
     */
    public static void of(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            shutdown(channel);
        } else {
            tls.closeOutbound().addListener(said -> shutdown(channel));
        }
    }

    private static void shutdown(Channel channel) {
        if (channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        }
    }
}
