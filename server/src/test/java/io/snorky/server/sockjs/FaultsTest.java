package io.snorky.server.sockjs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.snorky.Client;
import io.snorky.ConnectionHandler;
import io.snorky.NonBlocking;
import io.snorky.server.SockJsOptions;
import io.snorky.server.wire.QuietLog;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

@ExtendWith(QuietLog.class)
class FaultsTest {

    private static final SockJsOptions SHORT =
            Services.OPTIONS.withDelays(Duration.ofMillis(200), Duration.ofMillis(200));
    private static final SockJsOptions LONG =
            Services.OPTIONS.withDelays(Duration.ofMinutes(5), Duration.ofMinutes(5));

    /** Tells who came and went. */
    @NonBlocking
    private static final class Witness extends ConnectionHandler {

        private final Queue<String> gone = new ConcurrentLinkedQueue<>();

        @Override
        protected void onMessage(Client client, String text) {
            broadcast(text);
        }

        @Override
        protected void onClose(Client client) {
            gone.add(client.id());
        }
    }

    private static final Witness BRIEF = new Witness();
    private static final Witness PATIENT = new Witness();
    private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(
                    Services.builder().meters(METERS).eventLoops(3),
                    at ->
                            at.sockJs("/brief", SHORT, BRIEF)
                                    .sockJs("/patient", LONG, PATIENT)
                                    .sockJs("/echo", Services.OPTIONS, new Services.Echo()));

    private final Http http = new Http(SERVER);

    @Test
    void a_session_that_never_asks_again_is_gone() {
        String session = Services.session("/brief");
        http.opens(session);

        await().until(() -> BRIEF.connected() == 0 && !BRIEF.gone.isEmpty());
        assertThat(http.ask(Http.post(session + "/xhr_send", "[\"a\"]")).status()).isEqualTo(404);
        http.opens(session);
    }

    @Test
    void a_receiver_that_is_cut_in_the_middle_of_a_frame_ends_its_session_at_once() {
        String session = Services.session("/patient");
        Wire stream = http.streams(session);
        http.sends(session, "[\"" + "x".repeat(3000) + "\"]");
        stream.read(10);
        stream.cut();

        await().until(() -> PATIENT.connected() == 0);
        http.opens(session);
        await().until(() -> PATIENT.connected() == 1);
        http.begin(Http.post(session + "/xhr", "")).close();
        await().until(() -> PATIENT.connected() == 0);
    }

    @Test
    void whoever_waits_gets_a_sign_of_life() {
        String session = Services.session("/brief");
        http.opens(session);
        assertThat(http.polls(session)).isEqualTo("h\n");

        try (Wire stream = http.streams(session)) {
            assertThat(stream.chunk()).isEqualTo("h\n");
            assertThat(stream.chunk()).isEqualTo("h\n");
        }
        try (WireWebSocket socket =
                WireWebSocket.on(SERVER.connect(), Services.session("/brief") + "/websocket")) {
            socket.hears("o");
            socket.hears("h");
        }
    }

    @Test
    void nothing_is_lost_between_one_receiver_and_the_next() {
        String session = Services.session();
        int messages = 10_000;
        http.opens(session);
        Thread sender =
                Thread.startVirtualThread(() -> {
                    try (Wire wire = SERVER.connect()) {
                        for (int from = 0; from < messages; from += 10) {
                            var body = new StringBuilder("[\"" + from + "\"");
                            for (int i = from + 1; i < from + 10; i++) {
                                body.append(",\"").append(i).append('"');
                            }
                            wire.reply(Http.post(session + "/xhr_send", body + "]"));
                        }
                    }
                });
        int next = 0;
        while (next < messages) {
            try (Wire stream = http.streams(session)) {
                for (String frame = stream.chunk(); !frame.isEmpty(); frame = stream.chunk()) {
                    for (String number : frame.replaceAll("[^0-9,]", "").split(",", -1)) {
                        assertThat(number).isEqualTo(Integer.toString(next++));
                    }
                    if (next == messages) {
                        break;
                    }
                }
            }
        }
        assertThat(sender.isInterrupted()).isFalse();
    }

    @Test
    void one_message_reaches_receivers_of_every_kind_on_every_loop() {
        Witness all = PATIENT;
        String[] kinds = {"xhr_streaming", "eventsource", "htmlfile?c=x"};
        Wire[] streams = new Wire[12];
        String last = "";
        for (int i = 0; i < streams.length; i++) {
            last = Services.session("/patient");
            String path = last + "/" + kinds[i % 3];
            streams[i] = http.begin(i % 3 == 0 ? Http.post(path, "") : Http.get(path));
            streams[i].replyWithoutBody();
            streams[i].chunk();
            streams[i].chunk();
        }
        await().until(() -> all.connected() >= streams.length);
        String between = Services.session("/patient");
        http.opens(between);

        http.sends(last, "[\"to all\"]");
        for (Wire stream : streams) {
            assertThat(stream.chunk()).contains("to all");
            stream.close();
        }
        assertThat(http.polls(between)).isEqualTo("a[\"to all\"]\n");
        http.begin(Http.post(between + "/xhr", "")).close();
        await().until(() -> all.connected() == 0);
    }
}
