package io.snorky.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.LongStream;

class FlatnessTest {

    private static final long ALLOWANCE = 10;

    private static String problem(Long... values) {
        return Flatness.problem("heap", List.of(values), ALLOWANCE);
    }

    @Test
    void what_grows_at_first_only_is_flat() {
        assertThat(problem(100L, 300L, 800L, 1000L, 999L, 1000L, 1001L, 1000L, 1002L)).isEmpty();
    }

    @Test
    void one_high_value_does_not_count() {
        assertThat(problem(1000L, 1000L, 1000L, 1000L, 1000L, 1000L, 1000L, 9000L, 1000L))
                .isEmpty();
    }

    @Test
    void what_goes_on_growing_is_not_flat() {
        Long[] growing = LongStream.range(0, 30).map(i -> 100 * i).boxed().toArray(Long[]::new);

        assertThat(problem(growing))
                .isEqualTo(
                        "heap: 2,500 bytes in the end (expected: at most 1,660, for it was 1,500"
                                + " before)");
    }

    @Test
    void a_few_values_say_nothing() {
        assertThat(problem(1L, 1000L, 1_000_000L)).isEmpty();
    }
}
