package io.snorky.datasync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.datasync.DeltaLog.Reading;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.node.JsonNodeFactory;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

class MemoryDeltaLogTest extends DeltaLogContract {

    @Override
    DeltaLog logOf(int capacity) {
        return new MemoryDeltaLog(DeltaLogLimits.DEFAULT.withEntries(capacity));
    }

    private static Delta text(int length) {
        return new Delta.Insert("Note", JsonNodeFactory.instance.stringNode("x".repeat(length)));
    }

    @Test
    void what_takes_too_much_memory_goes_but_never_the_newest_batch() {
        var log = new MemoryDeltaLog(DeltaLogLimits.DEFAULT.withBytes(10_000));
        for (int i = 0; i < 100; i++) {
            log.append(List.of(text(1_000)));
        }
        assertThat(log.bytes()).isBetween(5_000L, 10_000L);
        assertThat(log.entries()).isBetween(2L, 9L);
        assertThat(log.read(log.end() - log.entries(), 1)).isInstanceOf(Reading.Entries.class);
        assertThat(log.read(log.end() - log.entries() - 1, 1)).isInstanceOf(Reading.Resync.class);

        log.append(Collections.nCopies(30, text(1_000)));

        assertThat(log.entries()).isEqualTo(30);
        log.append(List.of(text(1)));
        assertThat(log.entries()).isBetween(1L, 9L);
    }

    @Test
    void its_memory_is_that_of_its_entries_whatever_came_and_went() {
        var log = new MemoryDeltaLog(DeltaLogLimits.DEFAULT.withEntries(5));
        log.append(Collections.nCopies(5, text(10)));
        long full = log.bytes();

        log.append(Collections.nCopies(23, text(500)));
        log.append(Collections.nCopies(5, text(10)));

        assertThat(log.bytes()).isEqualTo(full);
    }

    @Test
    void what_is_too_old_goes_when_the_next_batch_comes() {
        var nanos = new AtomicLong(Long.MAX_VALUE - 1); // as nanoTime, it may overflow
        var log =
                new MemoryDeltaLog(
                        DeltaLogLimits.DEFAULT.withAge(Duration.ofSeconds(10)),
                        nanos::get,
                        new Random(1));
        log.append(List.of(delta(1)));
        nanos.addAndGet(Duration.ofSeconds(6).toNanos());
        log.append(List.of(delta(2)));
        assertThat(log.entries()).isEqualTo(2);

        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        log.append(List.of(delta(3)));

        assertThat(log.entries()).isEqualTo(2);
        assertThat(log.read(0, 1)).isInstanceOf(Reading.Resync.class);
        assertThat(log.read(1, 9)).isInstanceOf(Reading.Entries.class);
    }

    @Test
    void a_reader_beside_the_writer_finds_whole_batches_without_gaps_or_is_told_to_resync()
            throws InterruptedException {
        DeltaLog log = logOf(16);
        int batches = 50_000;
        var failure = new AtomicReference<String>("");
        Thread reader = Thread.startVirtualThread(() -> failure.set(follow(log, 2 * batches)));

        for (int i = 0; i < batches; i++) {
            log.append(List.of(delta(2 * i), delta(2 * i + 1)));
        }

        reader.join();
        assertThat(failure.get()).isEmpty();
    }

    private static String follow(DeltaLog log, int all) {
        long offset = 0;
        while (offset < all) {
            switch (log.read(offset, 100)) {
                case Reading.Entries(List<LogEntry> entries) -> {
                    for (LogEntry entry : entries) {
                        if (entry.offset() != offset + 1
                                || !entry.delta().equals(delta((int) offset))) {
                            return "gap at " + offset;
                        }
                        offset++;
                    }
                    if (offset % 2 != 0) {
                        return "half a batch at " + offset;
                    }
                }
                case Reading.Resync unused -> offset = log.end();
            }
            Thread.onSpinWait();
        }
        return "";
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, PT1S, entries: 0 (expected: more than zero)",
        "1, 0, PT1S, bytes: 0 (expected: more than zero)",
        "1, 1, PT0S, age: PT0S (expected: more than zero)",
    })
    void limits_are_more_than_zero(int entries, long bytes, Duration age, String text) {
        assertThatThrownBy(() -> new DeltaLogLimits(entries, bytes, age)).hasMessage(text);
    }
}
