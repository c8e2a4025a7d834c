package io.snorky.server.proxy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.ConfigurationException;
import io.snorky.server.ProxyOptions;

import org.junit.jupiter.api.Test;

import java.util.Set;

class ProxyOptionsTest {

    @Test
    void all_that_is_no_address_is_named() {
        assertThatThrownBy(
                        () -> new ProxyOptions(Set.of("10.0.0.0/8", "proxy", "1.2.3.4/33"), true))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(
                        "trusted: proxy (expected: an address or a range, as 10.0.0.0/8)")
                .hasMessageContaining("trusted: 1.2.3.4/33 (expected")
                .hasMessageNotContaining("10.0.0.0/8 (expected");
    }

    @Test
    void the_PROXY_protocol_of_nobody_is_a_mistake() {
        assertThatThrownBy(() -> new ProxyOptions(Set.of(), true))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("proxyProtocol: true (expected: with a trusted proxy");
    }
}
