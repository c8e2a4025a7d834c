package io.snorky.server.websocket;

import static io.snorky.server.wire.Frame.CLOSE;
import static io.snorky.server.wire.Frame.FIN;
import static io.snorky.server.wire.Frame.PING;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.server.wire.Echo;
import io.snorky.server.wire.Frame;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.SocketAddress;

class CloseTest {

    private static final GuestBook GUESTS = new GuestBook();

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(at -> at.webSocket("/ws", new Echo(), GUESTS));

    @AutoClose private WireWebSocket client;
    private SocketAddress guest;

    @BeforeEach
    void connect() {
        client = SERVER.webSocket();
        guest = client.wire().localAddress();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1011, 1012, 1013, 1014, 3000, 4000, 4999})
    void a_close_frame_is_answered_with_its_code(int code) {
        client.sends(Frame.close(code));

        client.hearsClose(code);
    }

    @Test
    void so_is_one_with_a_reason() {
        client.sends(Frame.bytes(FIN | CLOSE, (byte) 0x03, (byte) 0xe8, (byte) 'b', (byte) 'y'));

        client.hearsClose(1000);
    }

    @Test
    void one_without_a_code_is_answered_without_one() {
        client.sends(Frame.bytes(FIN | CLOSE));

        client.hearsClose(1005);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 32_768, 65_535})
    void a_code_that_may_not_be_sent_is_answered_with_1002(int code) {
        client.sends(Frame.close(code));

        client.hearsClose(1002);
    }

    @Test
    void half_a_code_is_answered_with_1002() {
        client.sends(Frame.bytes(FIN | CLOSE, (byte) 3));

        client.hearsClose(1002);
    }

    @Test
    void a_reason_that_is_not_UTF_8_is_answered_with_1007() {
        client.sends(Frame.bytes(FIN | CLOSE, (byte) 0x03, (byte) 0xe8, (byte) 0xff));

        client.hearsClose(1007);
    }

    @Test
    void what_came_before_a_close_frame_is_answered_and_what_comes_after_is_not() {
        GUESTS.expect(guest, "connected");

        client.sends(
                Frame.text(Echo.of("1")),
                Frame.close(1000),
                Frame.text(Echo.of("2")),
                Frame.bytes(FIN | PING));

        client.hears(Echo.of("1"));
        client.hearsClose(1000);
    }

    @Test
    void services_hear_of_a_client_before_its_messages_and_after_them() {
        client.says(GuestBook.note("1"));
        client.sends(Frame.close(1000));
        client.hearsClose(1000);
        client.close();

        GUESTS.expect(guest, "connected", "\"1\"", "disconnected");
    }

    @Test
    void services_hear_of_it_when_the_connection_is_lost() {
        client.says(GuestBook.note("1"));
        GUESTS.expect(guest, "connected", "\"1\"");

        client.wire().cut();

        GUESTS.expect(guest, "connected", "\"1\"", "disconnected");
    }

    @Test
    void services_hear_of_it_when_a_client_that_said_nothing_is_lost() {
        client.wire().cut();

        GUESTS.expect(guest, "connected", "disconnected");
    }

    @Test
    void a_service_can_hang_up_with_a_code_after_what_it_sent() {
        client.says(GuestBook.note("bye"));

        client.hears("{\"service\":\"guests\",\"message\":\"farewell\"}");
        Frame close = client.frame();
        assertThat(close.closeCode()).isEqualTo(4321);
        assertThat(close.text()).endsWith("Gone fishing");
        client.sends(Frame.text(Echo.of("1")), Frame.close(4321));
        client.wire().expectEnd();
    }
}
