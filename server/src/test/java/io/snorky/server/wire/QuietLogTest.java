package io.snorky.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

class QuietLogTest {

    private static final Logger LOG = System.getLogger(QuietLogTest.class.getName());

    private static final String SLOW = "Hanging up on client 1: 5 bytes wait to be read";

    private final QuietLog log = new QuietLog();

    @BeforeEach
    void listen() {
        log.listen();
    }

    @AfterEach
    void stop() {
        log.stop();
    }

    @Test
    void an_exception_above_debug_level_is_noticed_once() {
        LOG.log(Level.WARNING, SLOW, new IllegalStateException("of a test"));

        assertThat(log.found()).singleElement().asString().contains("of a test");
        assertThat(log.found()).isEmpty();
    }

    @Test
    void so_is_a_warning() {
        LOG.log(Level.WARNING, "expected here");

        assertThat(log.found()).hasSize(1);
    }

    @Test
    void exceptions_at_debug_level_and_slow_readers_may_be() {
        LOG.log(Level.DEBUG, "expected here", new IllegalStateException("of a test"));
        LOG.log(Level.WARNING, SLOW);
        LOG.log(Level.WARNING, "Cutting /127.0.0.1:1: it takes nothing");

        assertThat(log.found()).isEmpty();
    }
}
