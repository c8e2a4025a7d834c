package io.snorky.datasync;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.datasync.DeltaLog.Reading.Deltas;
import io.snorky.datasync.DeltaLog.Reading.Resync;

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

    @Test
    void a_reader_gets_each_delta_after_its_offset_once_and_in_order() {
        DeltaLog log = logOf(10);
        log.append(List.of(delta(1)));
        long offset = log.end();

        log.append(List.of(delta(2), delta(3)));

        assertThat(log.read(offset)).isEqualTo(new Deltas(List.of(delta(2), delta(3)), log.end()));
        assertThat(log.read(log.end())).isEqualTo(new Deltas(List.of(), log.end()));
    }

    @Test
    void a_reader_may_be_behind_by_all_that_is_kept() {
        DeltaLog log = logOf(3);
        long offset = log.end();

        log.append(List.of(delta(1), delta(2), delta(3)));

        assertThat(log.read(offset))
                .isEqualTo(new Deltas(List.of(delta(1), delta(2), delta(3)), log.end()));
    }

    @Test
    void a_reader_whose_next_delta_is_gone_is_told_to_fetch_afresh() {
        DeltaLog log = logOf(2);
        long offset = log.end();

        log.append(List.of(delta(1), delta(2), delta(3)));

        assertThat(log.read(offset)).isEqualTo(new Resync(log.end()));
    }

    @Test
    void a_batch_larger_than_the_log_leaves_its_end() {
        DeltaLog log = logOf(2);

        log.append(IntStream.range(0, 7).mapToObj(DeltaLogContract::delta).toList());

        assertThat(log.read(log.end() - 2))
                .isEqualTo(new Deltas(List.of(delta(5), delta(6)), log.end()));
    }

    @Test
    void an_offset_that_was_never_given_out_is_told_to_fetch_afresh() {
        DeltaLog log = logOf(2);

        assertThat(log.read(log.end() + 1)).isEqualTo(new Resync(log.end()));
        assertThat(log.read(-1)).isEqualTo(new Resync(log.end()));
    }
}
