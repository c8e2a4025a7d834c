package io.snorky.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.server.Transport;

import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void everything_is_measured_beside_all_peers_unless_told_otherwise() {
        Options options = Options.parse();

        assertThat(options.mode()).isEqualTo(Options.Mode.ALL);
        assertThat(options.peers())
                .containsExactly(
                        Peer.SNORKY, Peer.BUN, Peer.VERTX, Peer.SPRING, Peer.WS, Peer.SOCKET_IO);
        assertThat(options.wire()).isEqualTo(Wire.WEBSOCKET);
        assertThat(options.number("receivers", 7)).isEqualTo(7);
    }

    @Test
    void ours_is_always_measured_and_first() {
        assertThat(Options.parse("echo", "--peers", "ws,snorky,bun").peers())
                .containsExactly(Peer.SNORKY, Peer.WS, Peer.BUN);
    }

    @Test
    void over_sockjs_ours_is_measured_with_plain_texts_and_with_services() {
        Options options = Options.parse("echo", "--over", "sockjs-websocket", "--peers", "vertx");

        assertThat(options.peers()).containsExactly(Peer.PLAIN, Peer.SNORKY, Peer.VERTX);
    }

    @Test
    void options_are_read() {
        Options options =
                Options.parse(
                        "fanout",
                        "--receivers",
                        "50",
                        "--transport",
                        "io_uring",
                        "--over",
                        "sockjs-xhr-streaming",
                        "--java-options",
                        "-Xmx1g -Xms1g",
                        "--output",
                        "a b");

        assertThat(options.mode()).isEqualTo(Options.Mode.FANOUT);
        assertThat(options.number("receivers", 7)).isEqualTo(50);
        assertThat(options.transport()).isEqualTo(Transport.IO_URING);
        assertThat(options.wire()).isEqualTo(Wire.SOCKJS_XHR_STREAMING);
        assertThat(options.javaOptions()).containsExactly("-Xmx1g", "-Xms1g");
        assertThat(options.output()).contains("a b");
    }

    @Test
    void all_that_is_wrong_is_said() {
        assertThatThrownBy(() ->
                        Options.parse(
                                "fly",
                                "--receivers",
                                "one",
                                "--in-flight",
                                "0",
                                "--wings",
                                "2",
                                "--peers",
                                "bun,tram",
                                "--transport",
                                "rail",
                                "--over",
                                "air"))
                .hasMessage(
                        """
                        mode: fly (expected: one of those below)
                        --receivers: one (expected: a number, at least 2)
                        --in-flight: 0 (expected: a number, at least 1)
                        --wings: no such option (expected: one of those below)
                        --peers: tram (expected: snorky, datasync, plain, synced, pubsub, bun, vertx, spring, ws, socket.io)
                        --transport: rail (expected: epoll, io_uring, nio or best)
                        --over: air (expected: websocket, sockjs-websocket, sockjs-xhr-streaming)\
                        """);
    }
}
