package io.snorky.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Where the connections of a port come in. They are counted here, before their own event loop knows
 * of them: so no more come in than may, however busy that is.
 *
 * <p>Threads: the port's event loop.
 */
final class Gate extends ChannelInboundHandlerAdapter {

    private final Admission admission;
    private final boolean pauses;

    /**
     * @param pauses whether the port accepts no more while there are too many
     */
    Gate(Admission admission, boolean pauses) {
        this.admission = admission;
        this.pauses = pauses;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (pauses) {
            admission.govern(ctx.channel());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object connection) {
        admission.handshakeBegins();
        if (pauses && !admission.hasRoomForHandshakes()) {
            ctx.channel().config().setAutoRead(false);
        }
        ctx.fireChannelRead(connection);
    }
}
