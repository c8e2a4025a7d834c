package io.snorky.server.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.Registry;
import io.snorky.server.SnorkyServer;
import io.snorky.server.wire.Echo;
import io.snorky.server.wire.QuietLog;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Duration;

/** A server that stops tells SockJS clients when to come back, whatever they are connected by. */
@ExtendWith(QuietLog.class)
class DrainTest {

    private static final String GOODBYE = "c[1001,\"retry-after-ms=0\"]";

    @Test
    void whoever_waits_is_told() {
        var server =
                new RunningServer(
                        SnorkyServer.builder().drainWindow(Duration.ZERO),
                        at -> at.sockJs("/echo", Services.OPTIONS, new Registry(new Echo())));
        server.start();
        var http = new Http(server);
        String polling = Services.session();
        http.opens(polling);
        Wire poll = http.begin(Http.post(polling + "/xhr", ""));
        Wire stream = http.streams(Services.session());
        assertThat(stream.chunk()).isEqualTo("o\n");
        WireWebSocket socket =
                WireWebSocket.on(server.connect(), Services.session() + "/websocket");
        socket.hears("o");
        http.sends(polling, "[\"" + Echo.of("1").replace("\"", "\\\"") + "\"]");
        assertThat(poll.reply().body()).contains("echo");
        poll.write(Http.post(polling + "/xhr", ""));
        http.sends(polling, "[\"" + Echo.of("2").replace("\"", "\\\"") + "\"]");
        assertThat(poll.reply().body()).contains("echo");
        poll.write(Http.post(polling + "/xhr", ""));

        Thread stopping = Thread.startVirtualThread(server::stop);

        assertThat(stream.chunk()).isEqualTo(GOODBYE + "\n");
        assertThat(stream.chunk()).isEmpty();
        socket.hears(GOODBYE);
        assertThat(socket.frame().closeCode()).isEqualTo(1000);
        socket.close();
        assertThat(poll.reply().body()).isEqualTo(GOODBYE + "\n");
        join(stopping);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
