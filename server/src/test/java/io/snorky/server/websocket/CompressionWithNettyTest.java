package io.snorky.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketClientExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateClientExtensionHandshaker;
import io.snorky.Registry;
import io.snorky.server.CompressionOptions;
import io.snorky.server.WebSocketOptions;
import io.snorky.server.wire.Echo;
import io.snorky.server.wire.RunningServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Compression as somebody else wrote it: Netty's client. */
class CompressionWithNettyTest {

    private static final int MAX_BYTES = 1 << 20;

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(at ->
                    at.webSocket(
                            "/ws",
                            WebSocketOptions.DEFAULT.withCompression(CompressionOptions.ON),
                            new Registry(new Echo())));

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final MultiThreadIoEventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    @AfterEach
    void stop() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private Channel connect() {
        var config =
                WebSocketClientProtocolConfig.newBuilder()
                        .webSocketUri("ws://localhost/ws")
                        .maxFramePayloadLength(MAX_BYTES)
                        .allowExtensions(true)
                        .build();
        var withoutContext =
                new PerMessageDeflateClientExtensionHandshaker(6, true, 15, true, true, MAX_BYTES);
        var initializer =
                new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpClientCodec())
                                .addLast(new HttpObjectAggregator(8192))
                                .addLast(new WebSocketClientExtensionHandler(withoutContext))
                                .addLast(new WebSocketClientProtocolHandler(config))
                                .addLast(new Ear());
                    }
                };
        return new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(initializer)
                .connect(SERVER.address())
                .syncUninterruptibly()
                .channel();
    }

    /** Hears texts, and that the handshake is done, with the names of the handlers then. */
    private final class Ear extends SimpleChannelInboundHandler<TextWebSocketFrame> {

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, TextWebSocketFrame frame) {
            heard.add(frame.text());
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
                heard.add(ctx.pipeline().toString());
            }
        }
    }

    private String next() throws InterruptedException {
        String next = heard.poll(10, TimeUnit.SECONDS);
        assertThat(next).as("something heard within ten seconds").isNotNull();
        return next;
    }

    @Test
    void messages_of_all_sizes_come_back() throws InterruptedException {
        Channel channel = connect();
        assertThat(next()).contains("PerMessageDeflateDecoder", "PerMessageDeflateEncoder");
        List<String> texts =
                List.of(
                        Echo.of("1"),
                        Echo.of('"' + "äx😀".repeat(50) + '"'),
                        Echo.of('"' + "Hello, ".repeat(20_000) + '"'),
                        Echo.of("2"));

        for (String text : texts) {
            channel.writeAndFlush(new TextWebSocketFrame(text));
        }

        for (String text : texts) {
            assertThat(next()).isEqualTo(text);
        }
        channel.close().syncUninterruptibly();
    }
}
