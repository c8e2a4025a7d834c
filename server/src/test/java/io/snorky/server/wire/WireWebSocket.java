package io.snorky.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;

/**
 * A WebSocket, at {@code /ws} unless said otherwise, whose frames the test makes itself. Nothing is
 * answered for it.
 */
public final class WireWebSocket implements AutoCloseable {

    /** The example of RFC 6455, section 1.3. */
    public static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    public static final String HANDSHAKE =
            "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + ("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + KEY + "\r\n\r\n");

    private final Wire wire;

    private WireWebSocket(Wire wire) {
        this.wire = wire;
    }

    public static WireWebSocket to(InetSocketAddress address) {
        return on(Wire.to(address));
    }

    public static WireWebSocket on(Wire wire) {
        return on(wire, "/ws");
    }

    public static WireWebSocket on(Wire wire, String path) {
        wire.write(HANDSHAKE.replace("/ws", path));
        assertThat(wire.replyWithoutBody().status()).isEqualTo(101);
        return opened(wire);
    }

    /** One for which the server agrees to compress messages. */
    public static WireWebSocket compressed(InetSocketAddress address) {
        Wire wire = Wire.to(address);
        wire.write(offering("permessage-deflate"));
        HttpReply reply = wire.replyWithoutBody();
        assertThat(reply.status()).isEqualTo(101);
        assertThat(reply.header("sec-websocket-extensions")).startsWith("permessage-deflate");
        return opened(wire);
    }

    /** A handshake that offers extensions. */
    public static String offering(String extensions) {
        return HANDSHAKE.replace(
                "\r\n\r\n", "\r\nSec-WebSocket-Extensions: " + extensions + "\r\n\r\n");
    }

    /** On a connection whose handshake is done. */
    public static WireWebSocket opened(Wire wire) {
        return new WireWebSocket(wire);
    }

    public Wire wire() {
        return wire;
    }

    /** Sends frames in one packet. */
    public WireWebSocket sends(byte[]... frames) {
        wire.write(Frame.join(frames));
        return this;
    }

    public WireWebSocket says(String text) {
        return sends(Frame.text(text));
    }

    public Frame frame() {
        return Frame.read(wire);
    }

    /** The next frame is a text, this one. */
    public void hears(String text) {
        Frame frame = frame();
        assertThat(frame.text()).isEqualTo(text);
        assertThat(frame.opcode()).isEqualTo(Frame.TEXT);
        assertThat(frame.isFinal()).isTrue();
    }

    /** The next thing that comes is a close frame with that code, and then the end. */
    public void hearsClose(int code) {
        Frame frame = frame();
        assertThat(frame.opcode()).as("opcode, of: " + frame.text()).isEqualTo(Frame.CLOSE);
        assertThat(frame.closeCode()).isEqualTo(code);
        wire.expectEnd();
    }

    @Override
    public void close() {
        wire.close();
    }
}
