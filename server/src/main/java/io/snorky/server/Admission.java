package io.snorky.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.snorky.server.metrics.ServerFigures;
import io.snorky.server.policy.AddressCounts;
import io.snorky.server.proxy.Network;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Lets connections in: so many in all, so many from an address, so many at a time that have not
 * said yet what they want. For the last there is no refusal: the ports accept no more until there
 * is room.
 *
 * <p>Threads: any; counters are atomic.
 */
final class Admission {

    private static final Logger LOG = System.getLogger(Admission.class.getName());

    private static final byte[] REFUSAL =
            ("HTTP/1.1 503 Service Unavailable\r\n"
                            + "Retry-After: 5\r\n"
                            + "Connection: close\r\n"
                            + "Content-Type: text/plain; charset=utf-8\r\n"
                            + "Content-Length: 21\r\n\r\n"
                            + "Too many connections\n")
                    .getBytes(StandardCharsets.US_ASCII);

    private final ConnectionLimits limits;
    private final List<Channel> ports = new CopyOnWriteArrayList<>();
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger handshakes = new AtomicInteger();
    private final AddressCounts byAddress;
    private final LongAdder refusedByTotal = new LongAdder();
    private final LongAdder refusedByAddress = new LongAdder();

    Admission(ConnectionLimits limits) {
        this.limits = limits;
        byAddress = new AddressCounts(limits.maxPerAddress());
    }

    /** Adds a port, which is made to pause while there are too many handshakes. */
    void govern(Channel port) {
        ports.add(port);
    }

    void show(ServerFigures figures) {
        figures.gauge(
                "snorky.connections", "Connections of any kind", connections, Number::intValue);
        figures.gauge(
                "snorky.handshakes", "Connections shaking hands", handshakes, Number::intValue);
        figures.counter(
                "snorky.refused.total",
                "Connections refused because there are too many",
                refusedByTotal,
                LongAdder::sum);
        figures.counter(
                "snorky.refused.address",
                "Connections refused because there are too many from their address",
                refusedByAddress,
                LongAdder::sum);
    }

    /**
     * Counts a new connection.
     *
     * @return false if there are too many
     */
    boolean enter(Channel channel) {
        if (connections.incrementAndGet() <= limits.maxConnections()) {
            open.add(channel);
            return true;
        }
        connections.decrementAndGet();
        refusedByTotal.increment();
        return false;
    }

    /** One that was counted has gone. */
    void leave() {
        connections.decrementAndGet();
    }

    /** What counts as one address with this one. */
    Network network(InetAddress address) {
        return Network.of(address, address instanceof Inet6Address ? limits.ipv6PrefixBits() : 32);
    }

    /**
     * Counts a connection for an address.
     *
     * @return false if it has too many
     */
    boolean enter(Network network) {
        if (byAddress.enter(network)) {
            return true;
        }
        refusedByAddress.increment();
        return false;
    }

    /** One that was counted for an address is somebody else's now, or has gone. */
    void leave(Network network) {
        byAddress.leave(network);
    }

    /**
     * Turns a connection away.
     *
     * @param tls whether it speaks TLS: then there is no answer, which would cost a handshake
     */
    void refuse(ChannelOutboundInvoker to, SocketAddress address, boolean tls) {
        LOG.log(Level.DEBUG, () -> "Refused " + address + ": too many connections");
        if (tls) {
            to.close();
        } else {
            to.writeAndFlush(Unpooled.wrappedBuffer(REFUSAL))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Closes all that are open, and those that come yet. */
    void closeAll() {
        open.close().awaitUninterruptibly();
    }

    /** A connection begins to say what it wants. */
    void handshakeBegins() {
        if (handshakes.incrementAndGet() == limits.maxHandshakes()) {
            pauseOrResume();
        }
    }

    /** It has said it, or is gone, or was refused. */
    void handshakeEnds() {
        if (handshakes.getAndDecrement() == limits.maxHandshakes()) {
            pauseOrResume();
        }
    }

    /** Each port looks at the counter in its own event loop, so that the last look is right. */
    private void pauseOrResume() {
        for (Channel port : ports) {
            if (port.isOpen()) {
                port.eventLoop().execute(() -> port.config().setAutoRead(hasRoomForHandshakes()));
            }
        }
    }

    boolean hasRoomForHandshakes() {
        return handshakes.get() < limits.maxHandshakes();
    }
}
