package io.snorky.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class TableTest {

    private static Figures figures(double cpu, double perSecond) {
        return new Figures(Map.of(Figure.CPU_MICROS, cpu, Figure.PER_SECOND, perSecond));
    }

    @Test
    void shows_figures_and_ours_divided_by_theirs() {
        var ours = new Table.Row("Snorky", true, figures(0.5, 30_000).values(), "");
        var theirs = new Table.Row("Other", false, figures(2, 10_000).values(), "");
        var missing = new Table.Row("third", false, Map.of(), "missing: its program");

        String markdown = new Table("A load", List.of(ours, theirs, missing)).markdown();

        assertThat(markdown)
                .isEqualTo(
                        """
                        **A load**

                        | server |       CPU µs |    per second |
                        | ---    |         ---: |          ---: |
                        | Snorky |        0.500 |        30,000 |
                        | Other  | 2.000 (0.25) | 10,000 (3.00) |
                        | third  |            – |             – |

                        third: missing: its program
                        """);
    }

    @Test
    void a_median_is_taken_of_each_figure() {
        var odd = List.of(figures(3, 1), figures(1, 2), figures(2, 300));
        var even = List.of(figures(3, 1), figures(1, 2));

        assertThat(Figures.median(odd)).isEqualTo(figures(2, 2));
        assertThat(Figures.median(even)).isEqualTo(figures(2, 1.5));
    }
}
