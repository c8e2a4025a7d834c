package io.snorky.server.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.uring.IoUringChannelOption;

import java.time.Duration;

/** Peers that are gone without a word, as when a network fails. */
public final class VanishedPeers {

    private VanishedPeers() {}

    /**
     * Has the system end a connection whose peer does not confirm what it was sent. Otherwise that
     * takes a quarter of an hour where nothing is ever answered. Does nothing where the system
     * cannot: on NIO.
     *
     * @param timeout in which something must be confirmed
     */
    public static void notice(Channel channel, Duration timeout) {
        ChannelConfig config = channel.config();
        int millis = (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE);
        boolean set = config.setOption(EpollChannelOption.TCP_USER_TIMEOUT, millis);
        if (!set) {
            config.setOption(IoUringChannelOption.TCP_USER_TIMEOUT, millis);
        }
    }
}
