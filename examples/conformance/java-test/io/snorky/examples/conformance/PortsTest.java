package io.snorky.examples.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {

    @Test
    void ports_are_named_in_any_order() {
        assertThat(Ports.parse("--port", "5001", "--backend-port", "5002"))
                .isEqualTo(new Ports(5001, 5002));
        assertThat(Ports.parse("--backend-port", "0", "--port", "65535"))
                .isEqualTo(new Ports(65_535, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--port 1",
                "--backend-port 2",
                "--port 1 --backend-port",
                "--port 1 --backend-port 2 more",
                "--port 1 --backend-port 2 --host x",
                "1 2",
            })
    void other_arguments_are_refused_with_those_expected(String arguments) {
        assertThatThrownBy(() -> Ports.parse(arguments.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(expected: --port P --backend-port B)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "65536", "5001.0", "99999999999"})
    void a_port_that_is_none_is_named(String port) {
        assertThatThrownBy(() -> Ports.parse("--port", port, "--backend-port", "2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("port: " + port + " (expected: 0 to 65535");
    }
}
