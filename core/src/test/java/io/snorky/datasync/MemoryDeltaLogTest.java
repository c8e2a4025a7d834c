package io.snorky.datasync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.datasync.DeltaLog.Reading;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

class MemoryDeltaLogTest extends DeltaLogContract {

    @Override
    DeltaLog logOf(int capacity) {
        return new MemoryDeltaLog(capacity);
    }

    @Test
    void a_reader_beside_the_writer_finds_whole_batches_without_gaps_or_is_told_to_resync()
            throws InterruptedException {
        var log = new MemoryDeltaLog(16);
        int batches = 50_000;
        var failure = new AtomicReference<String>("");
        Thread reader = Thread.startVirtualThread(() -> failure.set(follow(log, 2 * batches)));

        for (int i = 0; i < batches; i++) {
            log.append(List.of(delta(2 * i), delta(2 * i + 1)));
        }

        reader.join();
        assertThat(failure.get()).isEmpty();
    }

    private static String follow(MemoryDeltaLog log, int all) {
        long offset = 0;
        while (offset < all) {
            switch (log.read(offset)) {
                case Reading.Deltas(List<Delta> deltas, long end) -> {
                    for (int i = 0; i < deltas.size(); i++) {
                        if (!deltas.get(i).equals(delta((int) offset + i))) {
                            return "gap at " + (offset + i);
                        }
                    }
                    if (end % 2 != 0 || end - offset != deltas.size()) {
                        return "half a batch at " + end;
                    }
                    offset = end;
                }
                case Reading.Resync(long end) -> offset = end;
            }
            Thread.onSpinWait();
        }
        return "";
    }

    @Test
    void a_log_keeps_one_delta_at_least() {
        assertThatThrownBy(() -> new MemoryDeltaLog(0))
                .hasMessage("capacity: 0 (expected: more than zero)");
    }
}
