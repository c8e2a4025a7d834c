package io.snorky.server.abuse;

import static io.snorky.server.abuse.Besieged.MAX_MESSAGE_BYTES;
import static io.snorky.server.wire.Frame.BINARY;
import static io.snorky.server.wire.Frame.CONTINUATION;
import static io.snorky.server.wire.Frame.FIN;
import static io.snorky.server.wire.Frame.PING;
import static io.snorky.server.wire.Frame.TEXT;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.server.transport.Drop;
import io.snorky.server.wire.Deflate;
import io.snorky.server.wire.Echo;
import io.snorky.server.wire.Frame;
import io.snorky.server.wire.Post;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a peer may do to a server, and how that ends.
 *
 * @param end what the server counts it as
 * @param attacker does it on a new connection, which is left open where that can be
 */
record Attack(String name, Drop end, Consumer<Wire> attacker) {

    private static final byte[] BOMB = Deflate.text(Deflate.compress(new byte[32 << 20]));

    static final List<Attack> ON_HTTP =
            List.of(
                    attack("says nothing", Drop.LATE_REQUEST, wire -> answers(wire, 408)),
                    attack(
                            "dribbles a handshake",
                            Drop.LATE_REQUEST,
                            wire ->
                                    answers(
                                            wire.write("GET /ws HTTP/1.1\r\nX: ").dribble('x'),
                                            408)),
                    attack(
                            "dribbles a body",
                            Drop.LATE_REQUEST,
                            wire ->
                                    answers(
                                            wire.write(Post.head("Content-Length: 999"))
                                                    .dribble('x'),
                                            408)),
                    attack(
                            "sends an endless line",
                            Drop.LONG_REQUEST_LINE,
                            wire -> answers(wire.write("x".repeat(5_000)), 414)),
                    attack(
                            "sends endless headers",
                            Drop.LARGE_HEADERS,
                            wire ->
                                    answers(
                                            wire.write(
                                                    "GET / HTTP/1.1\r\nX: " + "x".repeat(20_000)),
                                            431)),
                    attack(
                            "sends a giant body",
                            Drop.LARGE_BODY,
                            wire ->
                                    answers(
                                            wire.write(Post.head("Content-Length: 10000000000"))
                                                    .write("x".repeat(100_000)),
                                            413)),
                    attack(
                            "speaks no HTTP",
                            Drop.MALFORMED_REQUEST,
                            wire -> answers(wire.write("\u0016\u0003\r\n\r\n"), 400)),
                    attack("rests after a request", Drop.IDLE, Attack::restsAfterRequest));

    static final List<Attack> ON_WEBSOCKET =
            List.of(
                    violation(
                            "dribbles a frame",
                            Drop.TOO_SLOW,
                            client ->
                                    client.sends(Frame.head(FIN | TEXT, true, 3, 1000))
                                            .wire()
                                            .dribble('x'),
                            4403),
                    violation(
                            "sends a giant frame",
                            Drop.TOO_BIG,
                            client -> client.sends(Frame.head(FIN | BINARY, true, 9, 1L << 60)),
                            1009),
                    violation(
                            "sends endless fragments",
                            Drop.TOO_BIG,
                            client ->
                                    client.sends(
                                            Frame.bytes(TEXT, new byte[MAX_MESSAGE_BYTES]),
                                            Frame.bytes(CONTINUATION, (byte) 1)),
                            1009),
                    violation("sends a bomb", Drop.TOO_BIG, client -> client.sends(BOMB), 1009),
                    violation(
                            "sends unmasked",
                            Drop.PROTOCOL_ERROR,
                            client -> client.sends(Frame.head(FIN | TEXT, false, 1, 0)),
                            1002),
                    violation(
                            "sends what is no frame",
                            Drop.PROTOCOL_ERROR,
                            client -> client.sends(Frame.bytes(FIN | 0xf)),
                            1002),
                    violation(
                            "fragments a ping",
                            Drop.PROTOCOL_ERROR,
                            client -> client.sends(Frame.bytes(PING)),
                            1002),
                    violation(
                            "sends what is no text",
                            Drop.NOT_UTF8,
                            client -> client.sends(Frame.bytes(FIN | TEXT, (byte) 0xff)),
                            1007),
                    attack("floods", Drop.TOO_FAST, Attack::floods),
                    attack("reads nothing", Drop.SLOW_READER, Attack::readsNothing),
                    attack(
                            "takes nothing",
                            Drop.STALLED,
                            wire -> WireWebSocket.on(wire).says(Flood.REQUEST)),
                    attack(
                            "closes without reading",
                            Drop.STALLED,
                            wire ->
                                    WireWebSocket.on(wire)
                                            .sends(Frame.text(Flood.REQUEST), Frame.close(1000))),
                    attack("answers no ping", Drop.UNANSWERED_PINGS, Attack::answersNoPing));

    private static Attack attack(String name, Drop end, Consumer<Wire> attacker) {
        return new Attack(name, end, attacker);
    }

    private static Attack violation(
            String name, Drop end, Consumer<WireWebSocket> attacker, int closeCode) {
        return new Attack(
                name,
                end,
                wire -> {
                    wire.write(WireWebSocket.offering("permessage-deflate"));
                    assertThat(wire.replyWithoutBody().status()).isEqualTo(101);
                    WireWebSocket client = WireWebSocket.opened(wire);
                    attacker.accept(client);
                    client.hearsClose(closeCode);
                });
    }

    private static void answers(Wire wire, int status) {
        assertThat(wire.reply().status()).isEqualTo(status);
        wire.expectEnd();
    }

    private static void restsAfterRequest(Wire wire) {
        assertThat(wire.reply(Post.body(Echo.of("1"))).status()).isEqualTo(200);
        wire.expectEnd();
    }

    private static void floods(Wire wire) {
        WireWebSocket client = WireWebSocket.on(wire);
        byte[][] frames = new byte[200][];
        Arrays.fill(frames, Frame.text("1"));
        untilCut(() -> client.sends(frames));
    }

    private static void readsNothing(Wire wire) {
        WireWebSocket client = WireWebSocket.on(wire);
        client.says(Flood.REQUEST);
        client.says(Flood.REQUEST);
    }

    private static void untilCut(Runnable push) {
        try {
            while (true) {
                push.run();
            }
        } catch (UncheckedIOException e) {
            assertThat(e).hasMessageContaining("ocket"); // the connection is closed
        }
    }

    private static void answersNoPing(Wire wire) {
        WireWebSocket client = WireWebSocket.on(wire, "/pinging");
        assertThat(client.frame().opcode()).isEqualTo(PING);
        assertThat(client.frame().opcode()).isEqualTo(PING);
        wire.expectEnd();
    }

    @Override
    public String toString() {
        return name;
    }
}
