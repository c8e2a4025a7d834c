/** Snorky on a network. Start at {@link io.snorky.server.SnorkyServer}. */
module io.snorky.server {
    requires transitive io.snorky.core;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.haproxy;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.unix.common;
    requires io.netty.transport.classes.io_uring;
    requires transitive micrometer.core;
    requires micrometer.registry.prometheus;
    requires java.net.http;
    requires org.jctools.core.jdk11;
    requires org.jose4j;
    requires org.snakeyaml.engine;
    requires transitive org.jspecify;

    exports io.snorky.server;
    exports io.snorky.server.identity;
    exports io.snorky.server.jwt;
}
