package io.snorky.server.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.snorky.server.ForwardedHeader;
import io.snorky.server.ProxyOptions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetSocketAddress;
import java.util.Set;

/** The network 10.0.0.0/8 is trusted, and a request comes from 10.0.0.1. */
class TrustedProxiesTest {

    private static final Set<String> TRUSTED = Set.of("10.0.0.0/8", "2001:db8:10::/48");

    private static final Sender PROXY = from("10.0.0.1", 1234);

    private final HttpHeaders headers = new DefaultHttpHeaders();

    private static Sender from(String ip, int port) {
        return new Sender(
                new InetSocketAddress(Network.parseAddress(ip).orElseThrow(), port), false);
    }

    private Sender sender(ForwardedHeader header, Sender peer) {
        return new TrustedProxies(new ProxyOptions(TRUSTED, header, false)).sender(headers, peer);
    }

    private Sender xForwarded() {
        return sender(ForwardedHeader.X_FORWARDED, PROXY);
    }

    private Sender forwarded() {
        return sender(ForwardedHeader.FORWARDED, PROXY);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7, 0",
        "192.0.2.7:4711, 192.0.2.7, 4711",
        "2001:db8::7, 2001:db8::7, 0",
        "[2001:db8::7], 2001:db8::7, 0",
        "[2001:db8::7]:4711, 2001:db8::7, 4711",
        "::ffff:192.0.2.7, 192.0.2.7, 0",
        "'198.51.100.1, 192.0.2.7', 192.0.2.7, 0",
        "'198.51.100.1 , 192.0.2.7 , 10.0.0.2 ', 192.0.2.7, 0",
        "'192.0.2.7,10.0.0.2,2001:db8:10::1,10.0.0.3', 192.0.2.7, 0",
        "'10.0.0.9, 10.0.0.2', 10.0.0.9, 0",
        "'nonsense, 192.0.2.7', 192.0.2.7, 0",
        "'\"quoted, 192.0.2.7', 192.0.2.7, 0",
        "'nonsense, 10.0.0.2', 10.0.0.2, 0",
    })
    void the_rightmost_address_that_is_not_trusted_counts(String value, String ip, int port) {
        headers.add("X-Forwarded-For", value);

        assertThat(xForwarded()).isEqualTo(from(ip, port));
    }

    @Test
    void lines_of_the_header_are_read_as_one_list() {
        headers.add("X-Forwarded-For", "198.51.100.1");
        headers.add("X-Forwarded-For", "192.0.2.7, 10.0.0.3");
        headers.add("X-Forwarded-For", "10.0.0.2");

        assertThat(xForwarded()).isEqualTo(from("192.0.2.7", 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "unknown",
                "example.org",
                "192.0.2.7, ",
                "192.0.2.7.1",
                "192.0.2.7:99999",
                "192.0.2.7:",
                "[192.0.2.7",
                "[]:80",
                "2001:db8::7:99999",
                "fe80::1%eth0",
                "192.0.2.7;"
            })
    void without_an_address_it_is_the_proxy_itself(String value) {
        headers.add("X-Forwarded-For", value);

        assertThat(xForwarded()).isEqualTo(PROXY);
    }

    @Test
    void it_is_the_proxy_itself_without_a_header_and_with_the_wrong_one() {
        assertThat(xForwarded()).isEqualTo(PROXY);
        headers.add("Forwarded", "for=192.0.2.7");
        assertThat(xForwarded()).isEqualTo(PROXY);
        headers.clear().add("X-Forwarded-For", "192.0.2.7");
        assertThat(forwarded()).isEqualTo(PROXY);
    }

    @Test
    void nobody_else_is_believed() {
        Sender peer = from("203.0.113.9", 1234);
        headers.add("X-Forwarded-For", "192.0.2.7");
        headers.add("X-Forwarded-Proto", "https");
        headers.add("Forwarded", "for=192.0.2.7;proto=https");

        assertThat(sender(ForwardedHeader.X_FORWARDED, peer)).isEqualTo(peer);
        assertThat(sender(ForwardedHeader.FORWARDED, peer)).isEqualTo(peer);
    }

    @ParameterizedTest
    @CsvSource({
        "https, true",
        "HTTPS, true",
        "wss, true",
        "'http, https', true",
        "http, false",
        "'https, http', false",
        "nonsense, false"
    })
    void the_protocol_is_the_one_that_the_nearest_proxy_tells(String protocol, boolean encrypted) {
        headers.add("X-Forwarded-For", "192.0.2.7, 10.0.0.2");
        headers.add("X-Forwarded-Proto", protocol);

        assertThat(xForwarded().isEncrypted()).isEqualTo(encrypted);
    }

    @ParameterizedTest
    @CsvSource({
        "for=192.0.2.7, 192.0.2.7, 0, false",
        "FOR=192.0.2.7;Proto=https, 192.0.2.7, 0, true",
        "'by=10.0.0.9; for=192.0.2.7; proto=http;', 192.0.2.7, 0, false",
        "'for=\"192.0.2.7:4711\"', 192.0.2.7, 4711, false",
        "for=192.0.2.7:4711, 192.0.2.7, 4711, false",
        "'for=\"[2001:db8::7]:4711\";proto=\"https\"', 2001:db8::7, 4711, true",
        "'for=\"[2001:db8::7]:_hidden\"', 2001:db8::7, 0, false",
        "'for=\"192.0.\\2.7\"', 192.0.2.7, 0, false",
        "'for=198.51.100.1, for=192.0.2.7;proto=https, for=10.0.0.2', 192.0.2.7, 0, true",
        "'for=\"a, for=192.0.2.7', 192.0.2.7, 0, false",
        "'for=\"a, for=192.0.2.7;by=\",\"', 192.0.2.7, 0, false",
        "'for=192.0.2.7;host=\"a\\\",b\"', 192.0.2.7, 0, false",
    })
    void forwarded_is_read_as_RFC_7239_has_it(
            String value, String ip, int port, boolean encrypted) {
        headers.add("Forwarded", value);

        assertThat(forwarded()).isEqualTo(new Sender(from(ip, port).address(), encrypted));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "for=unknown",
                "for=_hidden",
                "proto=https",
                "192.0.2.7",
                "for=192.0.2.7;for=192.0.2.8",
                "for=192.0.2.7 proto=https",
                "for=\"192.0.2.7",
                "for=192.0.2.7\"",
                "for==192.0.2.7",
                "=192.0.2.7"
            })
    void an_element_that_does_not_tell_an_address_is_ignored(String value) {
        headers.add("Forwarded", value);

        assertThat(forwarded()).isEqualTo(PROXY);
    }

    @Test
    void so_is_a_very_long_one() {
        headers.add("Forwarded", "for=192.0.2.7;by=\"" + "\\a".repeat(8000) + "\"");

        assertThat(forwarded()).isEqualTo(PROXY);
    }
}
