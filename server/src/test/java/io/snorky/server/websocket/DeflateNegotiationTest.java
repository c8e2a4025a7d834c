package io.snorky.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.Registry;
import io.snorky.server.CompressionOptions;
import io.snorky.server.WebSocketOptions;
import io.snorky.server.wire.Echo;
import io.snorky.server.wire.HttpReply;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agreement on permessage-deflate (RFC 7692, sections 5 and 7.1). */
class DeflateNegotiationTest {

    private static final String ACCEPTED =
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    private static final WebSocketOptions ON =
            WebSocketOptions.DEFAULT.withCompression(CompressionOptions.ON);

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(at ->
                    at.webSocket("/ws", ON, new Registry(new Echo()))
                            .webSocket("/plain", new Echo()));

    @AutoClose private Wire wire;

    @BeforeEach
    void connect() {
        wire = SERVER.connect();
    }

    private String answerTo(String handshake) {
        wire.write(handshake);
        HttpReply reply = wire.replyWithoutBody();
        assertThat(reply.status()).isEqualTo(101);
        return reply.header("sec-websocket-extensions");
    }

    private String answerToOffer(String offer) {
        return answerTo(WireWebSocket.offering(offer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "permessage-deflate;client_max_window_bits",
                "permessage-deflate; client_max_window_bits=8",
                "permessage-deflate; client_max_window_bits=15",
                "permessage-deflate ; client_max_window_bits = \"10\"",
                "permessage-deflate; server_no_context_takeover",
                "permessage-deflate; client_no_context_takeover",
                "permessage-deflate; client_no_context_takeover; server_no_context_takeover",
                "x-webkit-deflate-frame, permessage-deflate",
                "foo; bar=\"a,b;c\\\"d\"; permessage-deflate, permessage-deflate",
                " , permessage-deflate , bar",
            })
    void an_offer_is_accepted_without_context_takeover(String offer) {
        assertThat(answerToOffer(offer)).isEqualTo(ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate; server_max_window_bits=15",
                "permessage-deflate; server_max_window_bits=\"15\"; client_max_window_bits",
                "permessage-deflate; server_max_window_bits=10,"
                        + "permessage-deflate; server_max_window_bits=15"
            })
    void the_only_window_of_the_server_that_there_is_is_confirmed(String offer) {
        assertThat(answerToOffer(offer)).isEqualTo(ACCEPTED + "; server_max_window_bits=15");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate; server_max_window_bits=8",
                "permessage-deflate; server_max_window_bits=14",
                "permessage-deflate; server_max_window_bits",
                "permessage-deflate; server_max_window_bits=16",
                "permessage-deflate; server_max_window_bits=015",
                "permessage-deflate; client_max_window_bits=7",
                "permessage-deflate; client_max_window_bits=16",
                "permessage-deflate; client_max_window_bits=08",
                "permessage-deflate; client_max_window_bits=1000",
                "permessage-deflate; client_max_window_bits=-9",
                "permessage-deflate; client_max_window_bits=",
                "permessage-deflate; client_max_window_bits=\"\"",
                "permessage-deflate; client_max_window_bits; client_max_window_bits",
                "permessage-deflate; server_no_context_takeover=true",
                "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
                "permessage-deflate; client_no_context_takeover=1",
                "permessage-deflate; unknown",
                "permessage-deflate; unknown=1",
                "permessage-deflate;",
                "permessage-deflate; =15",
                "permessage-deflate; client_max_window_bits=\"15",
                "permessage-deflate client_max_window_bits",
                "permessage-Deflate!?",
                "x-webkit-deflate-frame",
                ";",
                "\"",
                "\"\\",
            })
    void what_cannot_be_accepted_is_declined_and_the_connection_opens_without(String offer) {
        assertThat(answerToOffer(offer)).isEmpty();
    }

    @Test
    void the_first_offer_that_can_be_accepted_is() {
        String offers =
                "permessage-deflate; unknown, permessage-deflate; server_max_window_bits=9,"
                        + "permessage-deflate; server_max_window_bits=15, permessage-deflate";

        assertThat(answerToOffer(offers)).isEqualTo(ACCEPTED + "; server_max_window_bits=15");
    }

    @Test
    void offers_may_be_in_several_headers() {
        String handshake =
                WireWebSocket.offering("foo\r\nSec-WebSocket-Extensions: permessage-deflate");

        assertThat(answerTo(handshake)).isEqualTo(ACCEPTED);
    }

    @Test
    void without_an_offer_there_is_no_answer() {
        assertThat(answerTo(WireWebSocket.HANDSHAKE)).isEmpty();
    }

    @Test
    void where_compression_is_off_as_it_is_by_default_every_offer_is_declined() {
        String handshake = WireWebSocket.offering("permessage-deflate").replace("/ws", "/plain");

        assertThat(answerTo(handshake)).isEmpty();
    }
}
