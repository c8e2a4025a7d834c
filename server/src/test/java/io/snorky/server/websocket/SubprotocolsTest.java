package io.snorky.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.ConfigurationException;
import io.snorky.Registry;
import io.snorky.server.WebSocketOptions;
import io.snorky.server.wire.HttpReply;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubprotocolsTest {

    private static final WebSocketOptions OPTIONS =
            WebSocketOptions.DEFAULT.withSubprotocols("snorky.v2", "snorky.v1");

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(
                    at -> at.webSocket("/ws", OPTIONS, new Registry()).webSocket("/speechless"));

    private static HttpReply handshake(String path, String... lines) {
        var headers = new StringBuilder("\r\n");
        for (String line : lines) {
            headers.append("Sec-WebSocket-Protocol: ").append(line).append("\r\n");
        }
        try (Wire wire = SERVER.connect()) {
            wire.write(
                    WireWebSocket.HANDSHAKE
                            .replace("/ws", path)
                            .replace("\r\n\r\n", headers.append("\r\n")));
            return wire.replyWithoutBody();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "snorky.v1, snorky.v1",
        "'snorky.v1, snorky.v2', snorky.v2",
        "'snorky.v2,snorky.v1', snorky.v2",
        "'mqtt , snorky.v1 ', snorky.v1",
    })
    void the_first_of_its_own_that_the_client_offers_is_agreed_on(String offer, String agreed) {
        HttpReply reply = handshake("/ws", offer);

        assertThat(reply.status()).isEqualTo(101);
        assertThat(reply.header("sec-websocket-protocol")).isEqualTo(agreed);
    }

    @Test
    void an_offer_may_come_in_several_lines() {
        assertThat(handshake("/ws", "mqtt", "snorky.v1, snorky.v2").headers())
                .containsEntry("sec-websocket-protocol", "snorky.v2");
    }

    @ParameterizedTest
    @CsvSource({"/ws, mqtt", "/ws, SNORKY.V1", "/speechless, snorky.v1"})
    void with_none_in_common_the_connection_goes_without(String path, String offer) {
        HttpReply reply = handshake(path, offer);

        assertThat(reply.status()).isEqualTo(101);
        assertThat(reply.headers()).doesNotContainKey("sec-websocket-protocol");
    }

    @Test
    void without_an_offer_too() {
        HttpReply reply = handshake("/ws");

        assertThat(reply.status()).isEqualTo(101);
        assertThat(reply.headers()).doesNotContainKey("sec-websocket-protocol");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "snorky.v1,",
                "snorky.v1,,mqtt",
                "snorky v1",
                "snorky.v1;q=1",
                "\"snorky.v1\"",
                "snorky/1",
                "snörky",
                "snorky.v1, mqtt, snorky.v1"
            })
    void a_malformed_offer_is_refused(String offer) {
        assertThat(handshake("/ws", offer).status()).isEqualTo(400);
        assertThat(handshake("/speechless", offer).status()).isEqualTo(400);
    }

    @Test
    void an_offer_that_says_a_name_in_two_lines_is_malformed() {
        assertThat(handshake("/ws", "snorky.v1", "snorky.v1").status()).isEqualTo(400);
    }

    @Test
    void names_that_cannot_be_are_named() {
        assertThatThrownBy(() ->
                        WebSocketOptions.DEFAULT.withSubprotocols("a", "b c", "", "a", "snorky/1"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("subprotocols: b c (expected: letters")
                .hasMessageContaining("subprotocols:  (expected: letters")
                .hasMessageContaining("subprotocols: snorky/1 (expected: letters")
                .hasMessageContaining("subprotocols: a (expected: once)");
    }
}
