package io.snorky.datasync;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.datasync.DeltaLog.Reading;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.node.JsonNodeFactory;

import java.util.List;
import java.util.stream.IntStream;

/** What every delta log promises, wherever it keeps its entries. */
abstract class DeltaLogContract {

    /** An empty log that keeps this many deltas at most. */
    abstract DeltaLog logOf(int capacity);

    static Delta delta(int id) {
        return new Delta.Insert("Player", JsonNodeFactory.instance.numberNode(id));
    }

    private static List<Delta> read(DeltaLog log, long offset, int max) {
        return log.read(offset, max) instanceof Reading.Entries(List<LogEntry> entries)
                ? entries.stream().map(LogEntry::delta).toList()
                : List.of(delta(-1));
    }

    private static boolean isResync(DeltaLog log, long offset) {
        return log.read(offset, 1) instanceof Reading.Resync
                && log.read(offset, 0) instanceof Reading.Resync;
    }

    @Test
    void a_reader_gets_each_delta_after_its_offset_once_and_in_order() {
        DeltaLog log = logOf(10);
        log.append(List.of(delta(1)));
        long offset = log.end();

        log.append(List.of(delta(2), delta(3)));

        assertThat(read(log, offset, 10)).containsExactly(delta(2), delta(3));
        assertThat(read(log, log.end(), 10)).isEmpty();
    }

    @Test
    void a_reader_gets_no_more_than_it_wants() {
        DeltaLog log = logOf(10);
        log.append(List.of(delta(1), delta(2), delta(3)));

        assertThat(read(log, 0, 2)).containsExactly(delta(1), delta(2));
        assertThat(read(log, 2, 2)).containsExactly(delta(3));
        assertThat(read(log, 0, 0)).isEmpty();
    }

    @Test
    void offsets_grow_by_one_and_what_is_appended_comes_back_with_them() {
        DeltaLog log = logOf(10);
        log.append(List.of(delta(1)));

        List<LogEntry> appended = log.append(List.of(delta(2), delta(3)));

        assertThat(appended).extracting(LogEntry::offset).containsExactly(2L, 3L);
        assertThat(appended).extracting(LogEntry::delta).containsExactly(delta(2), delta(3));
        assertThat(log.end()).isEqualTo(3);
        assertThat(log.entries()).isEqualTo(3);
    }

    @Test
    void a_reader_may_be_behind_by_all_that_is_kept() {
        DeltaLog log = logOf(3);
        long offset = log.end();

        log.append(List.of(delta(1), delta(2), delta(3)));

        assertThat(read(log, offset, 3)).containsExactly(delta(1), delta(2), delta(3));
    }

    @Test
    void a_reader_whose_next_delta_is_gone_is_told_to_fetch_afresh() {
        DeltaLog log = logOf(2);
        long offset = log.end();

        log.append(List.of(delta(1), delta(2), delta(3)));

        assertThat(isResync(log, offset)).isTrue();
        assertThat(isResync(log, offset + 1)).isFalse();
    }

    @Test
    void a_batch_larger_than_the_log_leaves_its_end() {
        DeltaLog log = logOf(2);

        log.append(IntStream.range(0, 7).mapToObj(DeltaLogContract::delta).toList());

        assertThat(read(log, log.end() - 2, 10)).containsExactly(delta(5), delta(6));
        assertThat(isResync(log, log.end() - 3)).isTrue();
        assertThat(log.entries()).isEqualTo(2);
    }

    @Test
    void an_offset_that_was_never_given_out_is_told_to_fetch_afresh() {
        DeltaLog log = logOf(2);

        assertThat(isResync(log, log.end() + 1)).isTrue();
        assertThat(isResync(log, -1)).isTrue();
    }

    @Test
    void each_life_of_a_log_has_an_epoch_of_its_own() {
        assertThat(logOf(1).epoch()).matches("[A-Za-z0-9]{1,32}").isNotEqualTo(logOf(1).epoch());
    }
}
