package io.snorky.server.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.Registry;
import io.snorky.server.BackendOptions;
import io.snorky.server.ConnectionLimits;
import io.snorky.server.ForwardedHeader;
import io.snorky.server.PortBuilder;
import io.snorky.server.ProxyOptions;
import io.snorky.server.SnorkyServer;
import io.snorky.server.WebSocketOptions;
import io.snorky.server.wire.HttpReply;
import io.snorky.server.wire.Post;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Requests that come through proxies of HTTP. Each address may have two connections. */
class ForwardedRequestsTest {

    private static final ProxyOptions TRUSTING = new ProxyOptions(Set.of("127.0.0.1"), false);

    private static final ProxyOptions BY_THE_RFC =
            new ProxyOptions(Set.of("127.0.0.0/8"), ForwardedHeader.FORWARDED, false);

    private static final ProxyOptions TRUSTING_ANOTHER =
            new ProxyOptions(Set.of("192.0.2.1"), false);

    @RegisterExtension static final RunningServer SERVER = serverBehind(TRUSTING);

    @RegisterExtension static final RunningServer RFC = serverBehind(BY_THE_RFC);

    @RegisterExtension static final RunningServer OTHER = serverBehind(TRUSTING_ANOTHER);

    private static RunningServer serverBehind(ProxyOptions proxies) {
        var limits =
                new ConnectionLimits(
                        100, 2, 64, 10, 4096, 4096, Duration.ofSeconds(10), Duration.ofSeconds(10));
        return new RunningServer(
                SnorkyServer.builder().limits(limits), at -> offer(at.behind(proxies)));
    }

    private static void offer(PortBuilder port) {
        var registry = new Registry(new Mirror());
        port.webSocket("/ws", WebSocketOptions.DEFAULT, registry)
                .httpBackend("/backend", List.of(Post.KEY), BackendOptions.DEFAULT, registry);
    }

    private static WireWebSocket webSocket(RunningServer server, String header) {
        Wire wire = server.connect();
        wire.write(handshake(header));
        assertThat(wire.replyWithoutBody().status()).isEqualTo(101);
        return WireWebSocket.opened(wire);
    }

    private static String handshake(String header) {
        return WireWebSocket.HANDSHAKE.replace("\r\n\r\n", "\r\n" + header + "\r\n\r\n");
    }

    private static HttpReply ask(Wire wire, String header) {
        int length = Mirror.QUESTION.length();
        wire.write(Post.head(header, "Content-Length: " + length) + Mirror.QUESTION);
        return wire.reply();
    }

    private static String own(Wire wire) {
        InetSocketAddress address = wire.localAddress();
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    @Test
    void a_client_is_where_a_trusted_proxy_says() {
        try (WireWebSocket client = webSocket(SERVER, "X-Forwarded-For: 192.0.2.7:4711")) {
            client.says(Mirror.QUESTION);
            client.hears(Mirror.answer("192.0.2.7:4711"));
        }
        try (WireWebSocket client = webSocket(RFC, "Forwarded: for=192.0.2.7;proto=https")) {
            client.says(Mirror.QUESTION);
            client.hears(Mirror.answer("192.0.2.7:0"));
        }
    }

    @ParameterizedTest
    @CsvSource({"X-Forwarded-For: 192.0.2.7", "Forwarded: for=192.0.2.7"})
    void what_others_say_is_ignored(String header) {
        try (WireWebSocket client = webSocket(OTHER, header)) {
            client.says(Mirror.QUESTION);
            client.hears(Mirror.answer(own(client.wire())));
        }
    }

    @Test
    void requests_of_one_connection_may_be_of_several_clients() {
        try (Wire proxy = SERVER.connect()) {
            assertThat(ask(proxy, "X-Forwarded-For: 192.0.2.7").body())
                    .isEqualTo(Mirror.answer("192.0.2.7:0"));
            assertThat(ask(proxy, "X-Forwarded-For: 192.0.2.8").body())
                    .isEqualTo(Mirror.answer("192.0.2.8:0"));
            assertThat(ask(proxy, "X: 1").body()).isEqualTo(Mirror.answer(own(proxy)));
        }
    }

    @Test
    void a_proxy_may_hand_on_as_many_connections_as_it_has_clients() {
        try (WireWebSocket one = webSocket(SERVER, "X-Forwarded-For: 198.51.100.1");
                WireWebSocket two = webSocket(SERVER, "X-Forwarded-For: 198.51.100.2");
                WireWebSocket three = webSocket(SERVER, "X-Forwarded-For: 198.51.100.3")) {
            for (WireWebSocket client : List.of(one, two, three)) {
                client.says(Mirror.QUESTION);
                assertThat(client.frame().text()).contains("198.51.100.");
            }
        }
    }

    @Test
    void each_client_may_have_only_so_many_connections_through_all_of_them() {
        String header = "X-Forwarded-For: 203.0.113.1";
        try (WireWebSocket one = webSocket(SERVER, header);
                Wire two = SERVER.connect();
                Wire three = SERVER.connect()) {
            assertThat(ask(two, header).status()).isEqualTo(200);

            three.write(handshake(header));
            HttpReply refusal = three.reply();
            assertThat(refusal.status()).isEqualTo(503);
            assertThat(refusal.header("retry-after")).isEqualTo("5");
            assertThat(refusal.body()).isEqualTo("Too many connections\n");

            assertThat(ask(two, "X-Forwarded-For: 203.0.113.2").status()).isEqualTo(200);
            assertThat(ask(three, header).status()).isEqualTo(200);
            one.says(Mirror.QUESTION);
            one.hears(Mirror.answer("203.0.113.1:0"));
        }
    }

    @Test
    void networks_of_IPv6_are_counted_as_one_address() {
        try (Wire one = SERVER.connect();
                Wire two = SERVER.connect();
                Wire three = SERVER.connect()) {
            assertThat(ask(one, "X-Forwarded-For: 2001:db8::1").status()).isEqualTo(200);
            assertThat(ask(two, "X-Forwarded-For: 2001:db8::2").status()).isEqualTo(200);
            assertThat(ask(three, "X-Forwarded-For: 2001:db8::3").status()).isEqualTo(503);
            assertThat(ask(three, "X-Forwarded-For: 2001:db8:0:1::3").status()).isEqualTo(200);
        }
    }
}
