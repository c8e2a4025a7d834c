package io.snorky.server.sockjs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.snorky.Client;
import io.snorky.ConnectionHandler;
import io.snorky.server.InboundLimits;
import io.snorky.server.OutboundLimits;
import io.snorky.server.SockJsOptions;
import io.snorky.server.wire.HttpReply;
import io.snorky.server.wire.QuietLog;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

@ExtendWith(QuietLog.class)
class BoundsTest {

    private static final InboundLimits SMALL =
            new InboundLimits(
                    200_000, 3, 2, 1_000, 1 << 30, Duration.ofSeconds(10), Duration.ofSeconds(30));
    private static final InboundLimits SLOW =
            new InboundLimits(
                    1 << 20, 3, 2, 1, 1 << 30, Duration.ofNanos(1), Duration.ofSeconds(30));
    private static final SockJsOptions OPTIONS = Services.OPTIONS.withInbound(SMALL);
    private static final SockJsOptions FEW = Services.OPTIONS.withMaxSessions(2, 2);
    private static final SockJsOptions LITTLE =
            Services.OPTIONS.withOutbound(new OutboundLimits(1000, Duration.ofSeconds(30)));
    private static final SockJsOptions HURRIED =
            SockJsOptions.DEFAULT
                    .withResponseLimitBytes(1 << 30)
                    .withOutbound(new OutboundLimits(1 << 30, Duration.ofMillis(300)));

    private static final CountDownLatch GATE = new CountDownLatch(1);

    private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();

    /** Handles nothing before the gate is open. */
    private static final class Slow extends ConnectionHandler {

        @Override
        protected void onMessage(Client client, String text) {
            try {
                GATE.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            send(client, text);
        }
    }

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(
                    Services.builder().meters(METERS),
                    at ->
                            at.sockJs("/echo", OPTIONS, new Services.Echo())
                                    .sockJs("/slow", OPTIONS, new Slow())
                                    .sockJs(
                                            "/hasty",
                                            Services.OPTIONS.withInbound(SLOW),
                                            new Services.Echo())
                                    .sockJs("/few", FEW, new Services.Echo())
                                    .sockJs(
                                            "/lonely",
                                            Services.OPTIONS.withMaxSessions(100, 1),
                                            new Services.Echo())
                                    .sockJs("/little", LITTLE, new Services.Echo())
                                    .sockJs("/hurried", HURRIED, new Services.Echo()));

    private final Http http = new Http(SERVER);

    private static double drops(String reason) {
        return METERS.get("snorky.drops").tag("reason", reason).functionCounter().count();
    }

    private HttpReply send(String session, String body) {
        return http.ask(Http.post(session + "/xhr_send", body));
    }

    @Test
    void a_body_is_as_large_as_a_message_may_be() {
        String session = Services.session();
        http.opens(session);
        http.sends(session, "[\"" + "x".repeat(100_000) + "\"]");

        HttpReply reply = send(session, "[\"" + "x".repeat(200_000) + "\"]");
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.body()).contains("200000");
        assertThat(http.polls(session)).hasSize(100_006);
    }

    @Test
    void a_message_on_a_websocket_is_bounded_likewise() {
        try (WireWebSocket socket =
                WireWebSocket.on(SERVER.connect(), Services.session() + "/websocket")) {
            socket.hears("o");
            socket.says("[\"" + "x".repeat(200_000) + "\"]").hearsClose(1009);
        }
    }

    @Test
    void one_array_holds_a_second_s_worth_of_messages() {
        String session = Services.session();
        http.opens(session);
        String one = "\"\",";

        HttpReply reply = send(session, "[" + one.repeat(1000) + "\"\"]");
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.body()).contains("at most 1000");
        http.sends(session, "[" + one.repeat(999) + "\"\"]");
    }

    @Test
    void whoever_nests_deeper_than_allowed_is_refused() {
        String session = Services.session();
        http.opens(session);

        HttpReply reply = send(session, "[[[[]]]]");
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).isEqualTo("Broken JSON encoding.\n");
    }

    @Test
    void what_waits_to_be_heard_is_bounded() {
        String session = Services.session("/slow");
        http.opens(session);
        http.sends(session, "[\"1\",\"2\"]"); // as many as may wait, so there is a pause
        List<Wire> waiting = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            waiting.add(http.begin(Http.post(session + "/xhr_send", "[\"w\"]")));
        }
        double before = drops("too_many_requests");
        List<Integer> statuses = new ArrayList<>();
        try (Wire oneTooMany = http.begin(Http.post(session + "/xhr_send", "[\"x\"]"))) {
            await().until(() -> drops("too_many_requests") == before + 1);
            waiting.add(oneTooMany);
            GATE.countDown();
            waiting.forEach(wire -> statuses.add(wire.reply().status()));
        }
        waiting.forEach(Wire::close);

        assertThat(statuses).containsExactlyInAnyOrder(204, 204, 503);
    }

    @Test
    void whoever_sends_too_fast_for_too_long_is_hung_up_on() {
        String session = Services.session("/hasty");
        double before = drops("too_fast");
        try (Wire stream = http.streams(session)) {
            stream.chunk();
            http.begin(Http.post(session + "/xhr_send", "[\"1\"]"));
            http.begin(Http.post(session + "/xhr_send", "[\"2\"]"));
            http.begin(Http.post(session + "/xhr_send", "[\"3\"]"));
            String frame = stream.chunk();
            while (frame.startsWith("a")) {
                frame = stream.chunk();
            }
            assertThat(frame).isEqualTo("c[4402,\"Sends too fast\"]\n");
        }
        assertThat(drops("too_fast")).isEqualTo(before + 1);
    }

    @Test
    void there_are_so_many_sessions_in_all() {
        String first = Services.session("/few");
        double before = drops("too_many_sessions");
        try (Wire one = http.streams(first);
                Wire two = http.streams(Services.session("/few"))) {
            HttpReply refused = http.ask(Http.post(Services.session("/few") + "/xhr", ""));
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.body()).isEqualTo("Too many sessions\n");
            assertThat(drops("too_many_sessions")).isEqualTo(before + 1);
            assertThat(one.chunk()).isEqualTo("o\n");
            assertThat(two.chunk()).isEqualTo("o\n");
        }

        await().until(() ->
                http.ask(Http.post(Services.session("/few") + "/xhr", "")).status() == 200);
    }

    @Test
    void there_are_so_many_sessions_from_an_address() {
        http.opens(Services.session("/lonely"));

        assertThat(http.ask(Http.post(Services.session("/lonely") + "/xhr", "")).status())
                .isEqualTo(503);
    }

    @Test
    void what_waits_for_a_client_that_does_not_ask_is_bounded() {
        String session = Services.session("/little");
        String message = "x".repeat(600);
        double before = drops("slow_reader");
        http.opens(session);
        http.sends(session, "[\"" + message + "\"]");
        http.sends(session, "[\"" + message + "\"]");

        await().until(() -> drops("slow_reader") == before + 1);
        assertThat(http.polls(session)).isEqualTo("a[\"" + message + "\",\"" + message + "\"]\n");
        assertThat(http.polls(session)).isEqualTo("c[4400,\"Reads too slowly\"]\n");
        assertThat(send(session, "[\"x\"]").status()).isEqualTo(404);
    }

    @Test
    void a_receiver_that_takes_nothing_is_cut() {
        String session = Services.session("/hurried");
        String message = "[\"" + "x".repeat(1_000_000) + "\"]";
        double before = drops("stalled");
        try (Wire stream = Wire.withSmallReceiveBuffer(SERVER.address())) {
            stream.write(Http.post(session + "/xhr_streaming", ""));
            stream.replyWithoutBody();
            stream.chunk();
            stream.chunk();
            for (int i = 0; i < 12; i++) {
                send(session, message); // more than the system keeps
            }

            await().until(() -> drops("stalled") == before + 1);
        }
    }
}
