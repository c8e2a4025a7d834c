package io.snorky.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.CloseReason;
import io.snorky.Identification;
import io.snorky.identity.IdentityService;
import io.snorky.pubsub.PubSubService;
import io.snorky.server.transport.Drop;
import io.snorky.server.wire.Echo;
import io.snorky.server.wire.Wire;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The page on operating leaves nothing out. */
class OperatingPageTest {

    static final List<CloseReason> REASONS =
            List.of(
                    CloseReason.PROTOCOL_ERROR,
                    CloseReason.NOT_UTF8,
                    CloseReason.TOO_BIG,
                    CloseReason.INTERNAL_ERROR,
                    CloseReason.NOT_AUTHENTICATED,
                    CloseReason.TOKEN_EXPIRED,
                    CloseReason.SLOW_READER,
                    CloseReason.TOO_FAST,
                    CloseReason.TOO_SLOW);

    private final String page = read();

    private static String read() {
        try {
            return Files.readString(Path.of("../docs/operating.md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void it_names_every_figure() {
        try (SnorkyServer server =
                        SnorkyServer.builder()
                                .listen(
                                        0,
                                        at ->
                                                at.webSocket(
                                                        "/ws",
                                                        new Echo(),
                                                        new PubSubService("pubsub"),
                                                        new IdentityService(
                                                                "identity", Identification::of)))
                                .management("127.0.0.1", 0)
                                .start();
                Wire wire = Wire.to(server.managementAddress().orElseThrow())) {
            List<String> figures =
                    wire.reply("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .body()
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .map(line -> line.split("[ {]", 2)[0])
                            .toList();

            assertThat(figures)
                    .hasSizeGreaterThan(10)
                    .contains("snorky_pubsub_log_bytes")
                    .allSatisfy(name -> assertThat(page).contains('`' + name));
        }
    }

    @ParameterizedTest
    @EnumSource
    void it_names_every_reason_to_drop(Drop reason) {
        assertThat(page).containsPattern("[` ]" + reason.label() + '`');
    }

    @ParameterizedTest
    @FieldSource("REASONS")
    void it_names_every_close_code(CloseReason reason) {
        assertThat(page).contains("| " + reason.code() + " | `" + reason.text() + "` |");
    }
}
