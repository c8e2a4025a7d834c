package io.snorky.server;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.snorky.ConfigurationException;

import java.util.List;

/** The system's way to wait for many sockets at once. */
public enum Transport {

    /** The best there is here: epoll, else NIO. */
    BEST,

    /** Linux 5.9 and later, where it is not forbidden, as containers often do. */
    IO_URING,

    /** Linux. */
    EPOLL,

    /** Everywhere. */
    NIO;

    /**
     * What it stands for on this system.
     *
     * @throws ConfigurationException if it is not to be had
     */
    Transport resolve() {
        Transport resolved = this == BEST ? best() : this;
        if (!resolved.isAvailable()) {
            throw new ConfigurationException(
                    "server",
                    List.of("transport: " + this + " (expected: one that is available here)"));
        }
        return resolved;
    }

    private static Transport best() {
        return EPOLL.isAvailable() ? EPOLL : NIO;
    }

    private boolean isAvailable() {
        return switch (this) {
            case IO_URING -> IoUring.isAvailable();
            case EPOLL -> Epoll.isAvailable();
            case NIO, BEST -> true;
        };
    }

    IoHandlerFactory newFactory() {
        return switch (resolve()) {
            case IO_URING -> IoUringIoHandler.newFactory();
            case EPOLL -> EpollIoHandler.newFactory();
            case NIO, BEST -> NioIoHandler.newFactory();
        };
    }

    Class<? extends ServerChannel> serverChannel() {
        return switch (resolve()) {
            case IO_URING -> IoUringServerSocketChannel.class;
            case EPOLL -> EpollServerSocketChannel.class;
            case NIO, BEST -> NioServerSocketChannel.class;
        };
    }
}
