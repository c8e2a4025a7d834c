package io.snorky.server.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.snorky.Registry;
import io.snorky.server.ConnectionLimits;
import io.snorky.server.ProxyOptions;
import io.snorky.server.SnorkyServer;
import io.snorky.server.WebSocketOptions;
import io.snorky.server.wire.Frame;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;

/** Connections that proxies of TCP hand on. Each address may have two of them. */
class ProxyProtocolTest {

    private static final String V1 = "PROXY TCP4 192.0.2.7 127.0.0.1 4711 80\r\n";

    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    /** From 192.0.2.8, port 4712. */
    private static final String V2 = SIGNATURE + "2111000c" + "c0000208" + "7f000001" + "12680050";

    /** From 2001:db8::7, port 4713, over TLS. */
    private static final String V2_TLS =
            SIGNATURE
                    + "2121002c"
                    + "20010db8000000000000000000000007"
                    + "00000000000000000000000000000001"
                    + "12690050"
                    + "2000050100000000";

    private static final ProxyOptions TRUSTING =
            new ProxyOptions(Set.of("127.0.0.1", "10.0.0.1"), true);

    @RegisterExtension
    static final RunningServer SERVER = serverBehind(TRUSTING, Duration.ofSeconds(10));

    @RegisterExtension
    static final RunningServer IMPATIENT = serverBehind(TRUSTING, Duration.ofMillis(200));

    @RegisterExtension
    static final RunningServer OTHER =
            serverBehind(new ProxyOptions(Set.of("192.0.2.1"), true), Duration.ofSeconds(10));

    private static RunningServer serverBehind(ProxyOptions proxies, Duration requestTimeout) {
        var limits =
                new ConnectionLimits(
                        100, 2, 64, 10, 4096, 4096, requestTimeout, Duration.ofSeconds(10));
        return new RunningServer(
                SnorkyServer.builder().limits(limits),
                at ->
                        at.behind(proxies)
                                .webSocket(
                                        "/ws",
                                        WebSocketOptions.DEFAULT,
                                        new Registry(new Mirror())));
    }

    private static byte[] v2(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static void expect(byte[] header, String handshake, String address) {
        try (Wire wire = SERVER.connect()) {
            wire.write(Frame.join(header, handshake.getBytes(US_ASCII)));
            assertThat(wire.replyWithoutBody().status()).isEqualTo(101);
            try (WireWebSocket client = WireWebSocket.opened(wire)) {
                client.says(Mirror.QUESTION);
                client.hears(Mirror.answer(address.isEmpty() ? own(wire) : address));
            }
        }
    }

    private static String own(Wire wire) {
        InetSocketAddress address = wire.localAddress();
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static String handshakeWith(String header) {
        return WireWebSocket.HANDSHAKE.replace("\r\n\r\n", "\r\n" + header + "\r\n\r\n");
    }

    @Test
    void a_client_is_where_a_trusted_proxy_says() {
        expect(V1.getBytes(US_ASCII), WireWebSocket.HANDSHAKE, "192.0.2.7:4711");
        expect(v2(V2), WireWebSocket.HANDSHAKE, "192.0.2.8:4712");
        expect(v2(V2_TLS), WireWebSocket.HANDSHAKE, "2001:db8:0:0:0:0:0:7:4713");
    }

    @Test
    void a_connection_of_which_it_does_not_say_is_its_own() {
        byte[] unknown = "PROXY UNKNOWN\r\n".getBytes(US_ASCII);
        expect(unknown, WireWebSocket.HANDSHAKE, "");
        expect(v2(SIGNATURE + "20000000"), WireWebSocket.HANDSHAKE, "");
        expect(v2(SIGNATURE + "21000000"), WireWebSocket.HANDSHAKE, "");
        expect(unknown, handshakeWith("X-Forwarded-For: 192.0.2.9"), "");
    }

    @Test
    void a_trusted_proxy_before_it_may_say_more_in_a_header_and_a_client_may_not() {
        String handshake = handshakeWith("X-Forwarded-For: 192.0.2.9");

        expect(
                "PROXY TCP4 10.0.0.1 127.0.0.1 4711 80\r\n".getBytes(US_ASCII),
                handshake,
                "192.0.2.9:0");
        expect(V1.getBytes(US_ASCII), handshake, "192.0.2.7:4711");
    }

    @Test
    void the_header_may_come_byte_by_byte() {
        try (Wire wire = SERVER.connect()) {
            for (byte each : Frame.join(v2(V2), WireWebSocket.HANDSHAKE.getBytes(US_ASCII))) {
                wire.write(new byte[] {each});
            }

            assertThat(wire.replyWithoutBody().status()).isEqualTo(101);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                WireWebSocket.HANDSHAKE,
                "PROXY TCP4 192.0.2.7 127.0.0.1 4711\r\n",
                "PROXY TCP4 192.0.2.777 127.0.0.1 4711 80\r\n",
                "PROXY TCP4 ::1 127.0.0.1 4711 80\r\n",
                "PROXY TCP4 192.0.2.7 127.0.0.1 99999 80\r\n",
                "PROXY TCP9 192.0.2.7 127.0.0.1 4711 80\r\n",
                "PROXY                                                                         "
                        + "                                                              ",
            })
    void a_connection_without_a_proper_header_is_closed(String start) {
        try (Wire wire = SERVER.connect()) {
            wire.write(start);
            wire.write(V1 + WireWebSocket.HANDSHAKE);

            wire.expectEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SIGNATURE + "3111000c" + "c0000208" + "7f000001" + "12680050",
                SIGNATURE + "2211000c" + "c0000208" + "7f000001" + "12680050",
                SIGNATURE + "21110004" + "c0000208",
                SIGNATURE + "2111ffff" + "c0000208",
                SIGNATURE + "2111f000",
            })
    void so_is_one_with_a_malformed_or_endless_header_of_version_2(String start) {
        try (Wire wire = SERVER.connect()) {
            wire.write(Frame.join(v2(start), new byte[5000]));

            wire.expectEnd();
        }
    }

    @Test
    void so_is_one_that_says_nothing_in_the_time_for_a_request() {
        try (Wire wire = IMPATIENT.connect()) {
            wire.write("PROXY TCP4 192");

            assertThat(wire.reply().status()).isEqualTo(408);
            wire.expectEnd();
        }
    }

    @Test
    void a_header_of_anybody_else_is_a_bad_request() {
        for (byte[] header : new byte[][] {V1.getBytes(US_ASCII), v2(V2), v2(V2_TLS)}) {
            try (Wire wire = OTHER.connect()) {
                wire.write(Frame.join(header, WireWebSocket.HANDSHAKE.getBytes(US_ASCII)));

                assertThat(wire.reply().status()).isEqualTo(400);
                wire.expectEnd();
            }
        }
    }

    @Test
    void who_has_too_many_connections_is_refused_when_the_proxy_has_said_who_it_is() {
        String client = "PROXY TCP4 198.51.100.1 127.0.0.1 4711 80\r\n";
        String another = "PROXY TCP4 198.51.100.2 127.0.0.1 4711 80\r\n";
        try (Wire one = SERVER.connect();
                Wire two = SERVER.connect();
                Wire three = SERVER.connect();
                Wire other = SERVER.connect()) {
            assertThat(statusAfter(client, one)).isEqualTo(101);
            assertThat(statusAfter(client, two)).isEqualTo(101);

            three.write(client);
            assertThat(three.reply().status()).isEqualTo(503);
            three.expectEnd();
            assertThat(statusAfter(another, other)).isEqualTo(101);

            one.cut();
            await().until(() -> {
                try (Wire next = SERVER.connect()) {
                    return statusAfter(client, next) == 101;
                }
            });
        }
    }

    private static int statusAfter(String header, Wire wire) {
        return wire.write(header + WireWebSocket.HANDSHAKE).replyWithoutBody().status();
    }
}
