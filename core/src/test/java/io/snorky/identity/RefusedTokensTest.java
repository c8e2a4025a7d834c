package io.snorky.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

class RefusedTokensTest {

    private final Logger logger = Logger.getLogger(RefusedTokens.class.getName());
    private final List<String> lines = new ArrayList<>();
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord record) {
                    lines.add(record.getMessage());
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };
    private final AtomicLong nanos = new AtomicLong();
    private final RefusedTokens refused = new RefusedTokens(nanos::get);

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void listenNoMore() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    private void refuse(int count) {
        for (int i = 0; i < count; i++) {
            refused.add(
                    InetSocketAddress.createUnresolved("peer.example", 1),
                    new TokenRefusedException("exp: yesterday (expected: later)"));
        }
    }

    @Test
    void operators_read_who_was_refused_and_why() {
        refuse(1);

        assertThat(lines)
                .singleElement()
                .asString()
                .contains("peer.example", "exp: yesterday (expected: later)");
    }

    @Test
    void a_flood_does_not_flood_the_log() {
        refuse(1_000);
        assertThat(lines).hasSize(10);

        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        refuse(1);

        assertThat(lines).hasSize(11);
        assertThat(lines.getLast()).endsWith("(and 990 that were not logged)");
        assertThat(refused.count()).isEqualTo(1_001);
    }
}
