package io.snorky.server.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;

class NetworkTest {

    private static InetAddress address(String text) {
        return Network.parseAddress(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "192.0.2.7/32, 192.0.2.7",
        "10.0.0.0/8, 10.255.0.1",
        "10.1.2.3/8, 10.255.0.1",
        "192.0.2.0/25, 192.0.2.127",
        "0.0.0.0/0, 203.0.113.9",
        "2001:db8::7, 2001:DB8:0::7",
        "2001:db8::/32, 2001:db8:ffff::1",
        "2001:db8::/33, 2001:db8:7fff::1",
        "::/0, fe80::1",
        "::ffff:10.0.0.0/104, 10.1.2.3",
        "10.0.0.0/8, ::ffff:10.1.2.3",
    })
    void an_address_is_of_a_network_if_they_begin_alike(String network, String address) {
        assertThat(Network.parse(network).orElseThrow().contains(address(address))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.8",
        "10.0.0.0/8, 11.0.0.0",
        "192.0.2.0/25, 192.0.2.128",
        "2001:db8::/33, 2001:db8:8000::1",
        "::/0, 203.0.113.9",
        "0.0.0.0/0, ::1",
    })
    void else_it_is_not(String network, String address) {
        assertThat(Network.parse(network).orElseThrow().contains(address(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "10.0.0.0/+8",
                "10.0.0/8",
                "10.0.0.256",
                "::/129",
                "::ffff:10.0.0.0/95",
                "[::1]",
                "fe80::1%eth0",
                "localhost",
                "*"
            })
    void what_is_no_address_and_no_range_is_not_taken_for_one(String text) {
        assertThat(Network.parse(text)).isEmpty();
    }

    @Test
    void an_address_has_a_network_of_as_many_bits_as_wanted() {
        assertThat(Network.of(address("2001:db8:1:2:3::4"), 64))
                .isEqualTo(Network.parse("2001:db8:1:2::/64").orElseThrow());
        assertThat(Network.of(address("192.0.2.7"), 128))
                .isEqualTo(Network.parse("192.0.2.7").orElseThrow());
    }
}
