package io.snorky.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

class MemoryLogTest {

    private final AtomicLong now = new AtomicLong();
    private final List<Long> gone = new ArrayList<>();

    private MemoryLog<Long> log(int entries, long bytes, long nanos) {
        return new MemoryLog<>(
                new LogLimits(entries, bytes, Duration.ofNanos(nanos)), now::get, gone::add);
    }

    @Test
    void age_counts_when_nothing_is_appended_too_and_then_for_the_newest() {
        MemoryLog<Long> log = log(10, 10, 5);
        log.append(List.of(1L), each -> 1);
        now.set(3);
        log.append(List.of(2L, 3L), each -> 1);

        now.set(6);
        log.expire();
        assertThat(gone).containsExactly(1L);
        assertThat(log.read(1, 9)).contains(List.of(2L, 3L));

        now.set(9);
        log.expire();
        assertThat(log.entries()).isZero();
        assertThat(log.bytes()).isZero();
        assertThat(log.read(3, 9)).contains(List.of());
        assertThat(log.read(2, 9)).isEmpty();
    }

    @Test
    void who_is_told_of_what_goes_is_told_before() {
        var seen = new ArrayList<Optional<Long>>();
        var self = new ArrayList<MemoryLog<Long>>();
        var log =
                new MemoryLog<Long>(
                        new LogLimits(1, 10, Duration.ofNanos(5)),
                        now::get,
                        each -> seen.add(Optional.ofNullable(self.getFirst().get(each))));
        self.add(log);

        log.append(List.of(1L), each -> 1);
        log.append(List.of(2L), each -> 1);
        log.clear();

        assertThat(seen).containsExactly(Optional.of(1L), Optional.of(2L));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void it_is_a_list_that_loses_its_head(long seed) {
        var random = new Random(seed);
        int capacity = 1 + random.nextInt(70);
        MemoryLog<Long> log = log(capacity, 200, 1_000);
        long count = 0;
        for (int step = 0; step < 2_000; step++) {
            List<Long> batch = new ArrayList<>(Collections.nCopies(1 + random.nextInt(4), 0L));
            for (int i = 0; i < batch.size(); i++) {
                batch.set(i, ++count);
            }
            now.addAndGet(random.nextInt(60));
            log.append(batch, each -> each % 7);
            switch (random.nextInt(200)) {
                case 0 -> log.clear();
                case 1, 2, 3 -> log.expire();
                default -> {}
            }
            assertThat(log.end()).isEqualTo(count);
            assertThat(gone).hasSize((int) (log.begin() - 1));
            assertThat(log.entries()).isBetween(0L, (long) capacity);
            long bytes = 0;
            for (long index = log.begin(); index <= log.end(); index++) {
                assertThat(log.get(index)).isEqualTo(index);
                bytes += index % 7;
            }
            assertThat(log.bytes()).isEqualTo(bytes);
            assertThat(log.get(log.begin() - 1)).isNull();
        }
        assertThat(gone).isSorted().doesNotHaveDuplicates();
    }
}
