package io.snorky.server.tls;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The one handshake of a connection, and its end. What a handshake has to compute is done in
 * threads that are there for it; once it is over nothing is computed any more, so that a client
 * cannot have it done again and again (renegotiation, which TLS 1.3 has no more).
 *
 * <p>Threads: owned by the connection's event loop.
 */
final class TlsHandshake extends ChannelInboundHandlerAdapter implements Executor {

    private static final Logger LOG = System.getLogger(TlsHandshake.class.getName());

    private static final int SHOWN = 200;

    private enum State {
        BEGUN,
        DONE,
        FAILED
    }

    private final Executor threads;
    private State state = State.BEGUN;

    TlsHandshake(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        if (state != State.BEGUN) {
            throw new RejectedExecutionException("there is one handshake only");
        }
        threads.execute(task);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent completion && state == State.BEGUN) {
            if (completion.isSuccess()) {
                state = State.DONE;
            } else {
                failed(ctx, completion.cause());
            }
        } else if (event instanceof SslCloseCompletionEvent) {
            ctx.close(); // the peer has ended it, and awaits that we do
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (state == State.DONE) {
            ctx.fireExceptionCaught(cause);
            return;
        }
        if (state == State.BEGUN) {
            failed(ctx, cause);
        }
        ctx.close();
    }

    private void failed(ChannelHandlerContext ctx, Throwable cause) {
        state = State.FAILED;
        LOG.log(
                Level.DEBUG,
                () ->
                        "No TLS with "
                                + ctx.channel().remoteAddress()
                                + ": "
                                + cut(cause.toString()));
    }

    /** A message may hold all that was sent. */
    private static String cut(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
