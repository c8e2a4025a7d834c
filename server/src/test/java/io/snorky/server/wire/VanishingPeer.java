package io.snorky.server.wire;

import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Buffer;
import io.netty.channel.unix.RawUnixChannelOption;

import java.lang.ref.Reference;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * A connection whose peer can vanish without a word, as when its network fails: its kernel takes no
 * packet in any more, and so confirms none. It has to be Linux.
 */
public final class VanishingPeer implements AutoCloseable {

    private static final int PROGRAM_BYTES = 16;
    private static final RawUnixChannelOption FILTER =
            new RawUnixChannelOption("SO_ATTACH_FILTER", 1, 26, PROGRAM_BYTES);

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final Channel channel;

    private VanishingPeer(InetSocketAddress address) {
        channel =
                new Bootstrap()
                        .group(loops)
                        .channel(EpollSocketChannel.class)
                        .handler(new Ear())
                        .connect(address)
                        .syncUninterruptibly()
                        .channel();
    }

    private final class Ear extends SimpleChannelInboundHandler<ByteBuf> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
            heard.add(bytes.toString(StandardCharsets.UTF_8));
        }
    }

    public static boolean isPossible() {
        return Epoll.isAvailable();
    }

    public static VanishingPeer to(InetSocketAddress address) {
        return new VanishingPeer(address);
    }

    public VanishingPeer write(String text) {
        channel.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8))
                .syncUninterruptibly();
        return this;
    }

    /** Waits until it has been sent that. */
    public VanishingPeer hears(String text) {
        await().until(() -> String.join("", heard).contains(text));
        return this;
    }

    /** Vanishes. Nothing shows that to the other side. */
    public void vanish() {
        ByteBuffer instructions = inNativeMemory(8);
        instructions.putShort(0, (short) 0x06); // return the constant that follows: 0 bytes of it
        ByteBuffer program = inNativeMemory(PROGRAM_BYTES);
        program.putShort(0, (short) 1); // instruction
        program.putLong(8, Buffer.memoryAddress(instructions));
        try {
            channel.config().setOption(FILTER, program);
        } finally {
            Reference.reachabilityFence(instructions);
        }
    }

    private static ByteBuffer inNativeMemory(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }
}
