package io.snorky.server.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;

import io.snorky.server.wire.Echo;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * So many at once that not all can be heard at a time: they are let in a few at a time, and those
 * who are in are served meanwhile.
 */
class CrowdTest {

    private static final int HALF_OPEN = 10_000;
    private static final int RETURNING = 2_000;
    private static final int MAX_HANDSHAKES = 100;

    /** Accepted in one go where the system's way to wait is NIO. */
    private static final int AT_ONCE = 16;

    /** Needed for other things than the crowd. */
    private static final int SPARE_FILES = 2_000;

    @RegisterExtension static final Besieged SERVER = new Besieged(MAX_HANDSHAKES);
    @RegisterExtension static final Besieged ROOMY = new Besieged(2_000);

    @AutoClose private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<CompletableFuture<Void>> crowd = new ArrayList<>();
    private final Semaphore start = new Semaphore(0);

    /** Calls the bystander until all of the crowd are done. */
    private int serveWhileTheyCome(Besieged server) {
        int most = 0;
        try (var bystander = new Bystander(server.address())) {
            start.release(crowd.size());
            var all = CompletableFuture.allOf(crowd.toArray(CompletableFuture[]::new));
            while (!all.isDone()) {
                bystander.isServed();
                most = Math.max(most, server.gauge("snorky.handshakes"));
            }
            all.join();
            bystander.isServed();
        }
        return most;
    }

    private void join(Runnable one) {
        crowd.add(
                CompletableFuture.runAsync(
                        () -> {
                            start.acquireUninterruptibly();
                            one.run();
                        },
                        threads));
    }

    @Test
    void half_open_connections_are_ended_and_others_are_served(TestReporter reporter) {
        int count = Math.min(HALF_OPEN, maxFiles() - ROOMY.maxHandshakes() - SPARE_FILES);
        reporter.publishEntry("half-open connections", Integer.toString(count));
        for (int i = 0; i < count; i++) {
            join(() -> saysHalf(ROOMY));
        }

        int most = serveWhileTheyCome(ROOMY);

        assertThat(most).isBetween(1, ROOMY.maxHandshakes() + AT_ONCE);
        ROOMY.expectNothingLeftBut(0);
    }

    private static void saysHalf(Besieged server) {
        try (Wire wire = Wire.to(server.address())) {
            wire.write("GET /ws HT");
            assertThat(wire.reply().status()).isEqualTo(408);
            wire.expectEnd();
        }
    }

    private static int maxFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os
                ? (int) Math.min(os.getMaxFileDescriptorCount(), 1 << 20)
                : 1 << 20;
    }

    @Test
    void a_crowd_that_comes_back_is_let_in_a_few_at_a_time() {
        for (int i = 0; i < RETURNING; i++) {
            join(() -> comesBack(SERVER));
        }

        int most = serveWhileTheyCome(SERVER);

        assertThat(most).isBetween(1, SERVER.maxHandshakes() + AT_ONCE);
        SERVER.expectNothingLeftBut(0);
    }

    private static void comesBack(Besieged server) {
        try (WireWebSocket client = WireWebSocket.to(server.address())) {
            client.says(Echo.of("1"));
            client.hears(Echo.of("1"));
        }
    }
}
