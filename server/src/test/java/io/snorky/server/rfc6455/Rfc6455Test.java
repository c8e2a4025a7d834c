package io.snorky.server.rfc6455;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.Registry;
import io.snorky.server.CompressionOptions;
import io.snorky.server.WebSocketOptions;
import io.snorky.server.wire.Deflate;
import io.snorky.server.wire.Echo;
import io.snorky.server.wire.Frame;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Plays all cases, however the bytes of the frames come. */
class Rfc6455Test {

    private static final WebSocketOptions OPTIONS =
            WebSocketOptions.DEFAULT.withCompression(CompressionOptions.ON);

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(at -> at.webSocket("/ws", OPTIONS, new Registry(new Echo())));

    static Stream<Arguments> cases() {
        return Stream.of(
                        FramingCases.ALL,
                        ControlCases.ALL,
                        FragmentCases.ALL,
                        Utf8Cases.all(),
                        CloseCases.all(),
                        SizeCases.all(),
                        CompressionCases.all())
                .flatMap(Collection::stream)
                .flatMap(Rfc6455Test::inPieces);
    }

    private static Stream<Arguments> inPieces(Case theCase) {
        return Stream.of(Pieces.values())
                .filter(pieces -> pieces != Pieces.FRAME_BY_FRAME || theCase.sent().size() > 1)
                .map(pieces -> Arguments.of(theCase, pieces));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void case_by_case(Case theCase, Pieces pieces) throws InterruptedException {
        try (WireWebSocket client = connected(theCase)) {
            List<byte[]> written = pieces.of(theCase.sent());
            Thread writer = Thread.ofVirtual().start(() -> written.forEach(client.wire()::write));

            for (Case.Heard expected : theCase.heard()) {
                assertThat(heard(client.frame())).isEqualTo(expected);
            }
            writer.join();
            if (!theCase.ends()) {
                client.sends(Frame.close(1000));
                assertThat(heard(client.frame())).isEqualTo(new Case.Heard(Frame.CLOSE, "1000"));
            }
            client.wire().expectEnd();
        }
    }

    private static WireWebSocket connected(Case theCase) {
        return theCase.isCompressed()
                ? WireWebSocket.compressed(SERVER.address())
                : SERVER.webSocket();
    }

    private static Case.Heard heard(Frame frame) {
        assertThat(frame.isFinal()).isTrue();
        return switch (frame.opcode()) {
            case Frame.CLOSE -> new Case.Heard(Frame.CLOSE, Integer.toString(frame.closeCode()));
            case Frame.PONG ->
                    new Case.Heard(
                            Frame.PONG, new String(frame.payload(), StandardCharsets.ISO_8859_1));
            case Deflate.COMPRESSED | Frame.TEXT -> {
                byte[] restored = Deflate.restore(frame.payload());
                yield new Case.Heard(Frame.TEXT, new String(restored, StandardCharsets.UTF_8));
            }
            default -> new Case.Heard(frame.opcode(), frame.text());
        };
    }
}
