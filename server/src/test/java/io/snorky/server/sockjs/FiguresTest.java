package io.snorky.server.sockjs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.snorky.server.SockJsOptions;
import io.snorky.server.wire.QuietLog;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;

@ExtendWith(QuietLog.class)
class FiguresTest {

    private static final SockJsOptions PATIENT =
            Services.OPTIONS.withDelays(Duration.ofMinutes(1), Duration.ofMinutes(1));
    private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(
                    Services.builder().meters(METERS),
                    at ->
                            at.sockJs("/one", PATIENT, new Services.Echo())
                                    .sockJs("/two", PATIENT, new Services.Echo()));

    private final Http http = new Http(SERVER);

    private static int gauge(String name) {
        return (int) METERS.get(name).gauge().value();
    }

    @Test
    void sessions_over_HTTP_are_counted_apart_those_of_all_endpoints_together() {
        try (WireWebSocket socket =
                        WireWebSocket.on(
                                SERVER.connect(), Services.session("/one") + "/websocket");
                Wire one = http.streams(Services.session("/one"));
                Wire two = http.streams(Services.session("/two"))) {
            socket.hears("o");
            assertThat(one.chunk()).isEqualTo("o\n");
            assertThat(two.chunk()).isEqualTo("o\n");

            await().until(() -> gauge("snorky.clients") == 3);
            assertThat(gauge("snorky.sockjs.sessions")).isEqualTo(2);
        }
        await().until(() -> gauge("snorky.sockjs.sessions") == 0);
    }
}
