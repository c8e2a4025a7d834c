package io.snorky.datasync;

import static io.snorky.testkit.Json.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What {@code docs/filters.md} says about rows and queries. */
class FilterManualTest {

    private static final Path MANUAL = Path.of("..", "docs", "filters.md");
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");

    private static Stream<String> examples() throws IOException {
        return Files.readAllLines(MANUAL).stream().filter(line -> line.startsWith("| `{"));
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell).results().map(match -> match.group(1)).toList();
    }

    private static boolean sees(String query, String row) {
        var dealer = new FilterDealer("Tasks", "Task");
        return dealer.view(json(query)).sees(json(row));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void its_examples_are_true(String line) {
        String[] cells = line.split(" \\| ", -1);
        String row = codes(cells[0]).getFirst();

        assertThat(codes(cells[1])).hasSizeGreaterThan(0).allMatch(query -> sees(query, row));
        assertThat(codes(cells[2])).hasSizeGreaterThan(0).noneMatch(query -> sees(query, row));
    }
}
