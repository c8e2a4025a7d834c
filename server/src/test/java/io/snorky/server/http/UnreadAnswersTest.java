package io.snorky.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.server.ConnectionLimits;
import io.snorky.server.SnorkyServer;
import io.snorky.server.wire.HttpReply;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A peer that asks for much and reads little of it. */
class UnreadAnswersTest {

    private static final int FILE_BYTES = 1 << 20;
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final ConnectionLimits LIMITS =
            new ConnectionLimits(100, 100, 64, 100, 4096, 16_384, Duration.ofMinutes(1), PATIENCE);

    private static final AtomicInteger READ = new AtomicInteger();

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(
                    SnorkyServer.builder().limits(LIMITS),
                    at -> at.files("/", UnreadAnswersTest::largeFile));

    @RegisterExtension
    static final RunningServer PATIENT =
            new RunningServer(at -> at.files("/", UnreadAnswersTest::largeFile));

    private static final String GET = "GET /file HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static Optional<byte[]> largeFile(String path) {
        READ.incrementAndGet();
        return Optional.of(new byte[FILE_BYTES]);
    }

    /** It is cut in the end, which shows when it tries to say more. */
    private static void pushUntilCut(Wire wire) {
        assertThatThrownBy(
                        () -> {
                            while (true) {
                                wire.write("x");
                            }
                        })
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void has_one_answer_waiting_and_is_cut_when_it_takes_nothing_of_it() {
        int before = READ.get();
        try (Wire wire = Wire.withSmallReceiveBuffer(SERVER.address())) {
            wire.write(GET.repeat(1000));

            pushUntilCut(wire);
        }

        assertThat(READ.get() - before).isLessThan(20); // what the system's buffers take, and one
    }

    @Test
    void is_cut_too_if_the_answer_was_to_be_the_last() {
        try (Wire wire = Wire.withSmallReceiveBuffer(SERVER.address())) {
            wire.write(GET.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));

            pushUntilCut(wire);
        }
    }

    @Test
    void gets_all_if_it_reads_on() {
        try (Wire wire = Wire.withSmallReceiveBuffer(PATIENT.address())) {
            Thread writer = Thread.ofVirtual().start(() -> wire.write(GET.repeat(20)));
            for (int i = 0; i < 20; i++) {
                HttpReply reply = wire.reply();

                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.body()).hasSize(FILE_BYTES);
            }
            assertThat(writer).satisfies(Thread::join);
        }
    }
}
