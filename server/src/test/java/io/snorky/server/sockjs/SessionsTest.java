package io.snorky.server.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.server.wire.HttpReply;
import io.snorky.server.wire.QuietLog;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

/** The official suite's classes SessionURLs, Protocol and HandlingClose. */
@ExtendWith(QuietLog.class)
class SessionsTest {

    private static final String GO_AWAY = "c[3000,\"Go away!\"]\n";
    private static final String OCCUPIED = "c[2010,\"Another connection still open\"]\n";

    @RegisterExtension static final RunningServer SERVER = Services.running();

    private final Http http = new Http(SERVER);

    @ParameterizedTest
    @ValueSource(
            strings = {"/a/a", "/_/_", "/1/1", "/abcdefgh_i-j%20/abcdefg_i-j%20", "/a%2F/b%2E"})
    void any_value(String path) {
        http.opens("/echo" + path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//", "/a./a", "/a/a.", "/./.", "/", "///"})
    void invalid_paths(String path) {
        assertThat(http.ask(Http.get("/echo" + path + "/xhr")).status()).isEqualTo(404);
        assertThat(http.ask(Http.post("/echo" + path + "/xhr", "")).status()).isEqualTo(404);
    }

    @Test
    void an_id_is_not_longer_than_128_characters() {
        assertThat(http.polls("/echo/1/" + "x".repeat(128))).isEqualTo("o\n");
        assertThat(http.ask(Http.post("/echo/1/" + "x".repeat(129) + "/xhr", "")).status())
                .isEqualTo(404);
    }

    @Test
    void ignoring_server_id() {
        String id = "ignoring_server_id";
        http.opens("/echo/000/" + id);
        http.sends("/echo/000/" + id, "[\"a\"]");

        assertThat(http.polls("/echo/999/" + id)).isEqualTo("a[\"a\"]\n");
    }

    @Test
    void a_session_of_one_path_is_none_of_another() {
        http.opens("/echo/000/elsewhere");

        http.opens("/cookie_needed_echo/000/elsewhere");
    }

    @Test
    void simple_session() {
        String session = Services.session();
        http.opens(session);
        http.sends(session, "[\"a\"]");
        assertThat(http.polls(session)).isEqualTo("a[\"a\"]\n");

        assertThat(http.ask(Http.post("/echo/000/bad_session/xhr_send", "[\"a\"]")).status())
                .isEqualTo(404);

        String empty =
                Http.post(session + "/xhr_send", "[]"); // its answer says that the poll is there
        try (Wire waiting = http.begin(empty + Http.post(session + "/xhr", ""))) {
            assertThat(waiting.reply().status()).isEqualTo(204);
            assertThat(http.polls(session)).isEqualTo(OCCUPIED);
            http.sends(session, "[\"b\"]");
            assertThat(waiting.reply().body()).isEqualTo("a[\"b\"]\n");
        }
    }

    @Test
    void messages_that_wait_come_in_one_frame_in_order() {
        String session = Services.session();
        http.opens(session);
        http.sends(session, "[\"a\",\"b\"]");
        http.sends(session, "[\"c\"]");

        assertThat(http.polls(session)).isEqualTo("a[\"a\",\"b\",\"c\"]\n");
    }

    @Test
    void close_session() {
        String session = Services.session("/close");
        http.opens(session);

        assertThat(http.polls(session)).isEqualTo(GO_AWAY);
        assertThat(http.polls(session)).isEqualTo(GO_AWAY);
        assertThat(http.ask(Http.post(session + "/xhr_send", "[\"a\"]")).status()).isEqualTo(404);
    }

    @Test
    void close_frame() {
        String session = Services.session("/close");
        try (Wire first = http.streams(session)) {
            assertThat(first.chunk()).isEqualTo("o\n");
            assertThat(first.chunk()).isEqualTo(GO_AWAY);
            assertThat(first.chunk()).isEmpty();
        }
        try (Wire second = http.streams(session)) {
            assertThat(second.chunk()).isEqualTo(GO_AWAY);
            assertThat(second.chunk()).isEmpty();
        }
    }

    @Test
    void close_request() {
        String session = Services.session();
        try (Wire first = http.streams(session)) {
            assertThat(first.chunk()).isEqualTo("o\n");
            try (Wire second = http.streams(session)) {
                assertThat(second.chunk()).isEqualTo(OCCUPIED);
                assertThat(second.chunk()).isEmpty();
            }
            http.sends(session, "[\"still here\"]");
            assertThat(first.chunk()).isEqualTo("a[\"still here\"]\n");
        }
    }

    @Test
    void abort_xhr_streaming() {
        String session = Services.session();
        Wire first = http.streams(session);
        assertThat(first.chunk()).isEqualTo("o\n");
        first.close();

        try (Wire next = http.streams(session)) {
            assertThat(next.chunk()).isEqualTo("o\n");
        }
    }

    @Test
    void abort_xhr_polling() {
        String session = Services.session();
        http.opens(session);
        http.begin(Http.post(session + "/xhr", "")).close();

        assertThat(eventuallyOpens(session)).isTrue();
    }

    /** The poll that was cut may not have arrived before this one. */
    private boolean eventuallyOpens(String session) {
        String first;
        try (Wire wire = http.begin(Http.post(session + "/xhr", ""))) {
            http.ask(Http.post(session + "/xhr_send", "[\"x\"]"));
            first = wire.reply().body();
        }
        return first.equals("o\n") || first.equals("a[\"x\"]\n");
    }

    @Test
    void of_many_first_requests_exactly_one_opens() {
        for (int round = 0; round < 20; round++) {
            String session = Services.session();
            List<Wire> wires = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                wires.add(SERVER.connect());
            }
            wires.forEach(wire -> wire.write(Http.post(session + "/xhr_streaming", "")));
            List<String> first = new ArrayList<>();
            for (Wire wire : wires) {
                wire.replyWithoutBody();
                wire.chunk();
                first.add(wire.chunk());
            }
            wires.forEach(Wire::close);
            assertThat(first).filteredOn(frame -> frame.equals("o\n")).hasSize(1);
            assertThat(first).filteredOn(frame -> frame.equals(OCCUPIED)).hasSize(7);
        }
    }

    @Test
    void whatever_a_peer_asks_of_a_path_that_exists_the_answer_names_the_methods() {
        HttpReply xhr = http.ask(Http.get(Services.session() + "/xhr"));
        assertThat(xhr.status()).isEqualTo(405);
        assertThat(xhr.header("allow")).isEqualTo("OPTIONS, POST");
        assertThat(xhr.headers()).doesNotContainKey("content-type");
        assertThat(xhr.body()).isEmpty();

        HttpReply events = http.ask(Http.post(Services.session() + "/eventsource", ""));
        assertThat(events.status()).isEqualTo(405);
        assertThat(events.header("allow")).isEqualTo("GET");
    }
}
