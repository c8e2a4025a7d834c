package io.snorky.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.snorky.server.metrics.ServerFigures;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Lets connections in: so many in all, so many from an address, so many at a time that have not
 * said yet what they want. For the last there is no refusal: the ports accept no more until there
 * is room.
 *
 * <p>Threads: any; counters are atomic, and what counts for an address is changed inside one step
 * of the concurrent map.
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
    private final Map<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();
    private final LongAdder refusedByTotal = new LongAdder();
    private final LongAdder refusedByAddress = new LongAdder();

    Admission(ConnectionLimits limits) {
        this.limits = limits;
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
     * Counts a new connection, until it is closed.
     *
     * @return false if there are too many, and it has been refused
     */
    boolean admit(Channel channel) {
        if (connections.incrementAndGet() > limits.maxConnections()) {
            connections.decrementAndGet();
            return refuse(channel, refusedByTotal);
        }
        InetAddress address = network(channel);
        if (byAddress.merge(address, 1, Integer::sum) > limits.maxPerAddress()) {
            leave(address);
            return refuse(channel, refusedByAddress);
        }
        channel.closeFuture().addListener(closed -> leave(address));
        open.add(channel);
        return true;
    }

    private static boolean refuse(Channel channel, LongAdder counter) {
        counter.increment();
        LOG.log(Level.DEBUG, () -> "Refused " + channel.remoteAddress() + ": too many connections");
        channel.writeAndFlush(Unpooled.wrappedBuffer(REFUSAL))
                .addListener(ChannelFutureListener.CLOSE);
        return false;
    }

    private void leave(InetAddress address) {
        connections.decrementAndGet();
        byAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }

    private InetAddress network(Channel channel) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress remote)) {
            return InetAddress.getLoopbackAddress();
        }
        InetAddress address = remote.getAddress();
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        for (int bit = limits.ipv6PrefixBits(); bit < 128; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("16 bytes are an address", e);
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

    /** It has said it, or is gone. */
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

    private boolean hasRoomForHandshakes() {
        return handshakes.get() < limits.maxHandshakes();
    }
}
