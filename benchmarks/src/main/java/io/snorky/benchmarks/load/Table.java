package io.snorky.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What some servers have reached under one load, as a table in Markdown. */
record Table(String title, List<Row> rows) {

    /**
     * One server.
     *
     * @param ours whether the others are compared with this
     * @param figures nothing if it could not be measured
     * @param problem why not; else empty
     */
    record Row(String server, boolean ours, Map<Figure, Double> figures, String problem) {

        Row {
            figures = Map.copyOf(figures);
        }
    }

    Table {
        rows = List.copyOf(rows);
    }

    /** The table; a number in brackets is ours divided by the one before it. */
    String markdown() {
        List<Figure> figures = figures();
        List<List<String>> lines = new ArrayList<>();
        lines.add(line("server", figures.stream().map(Figure::heading).toList()));
        lines.add(line("---", figures.stream().map(figure -> "---:").toList()));
        for (Row row : rows) {
            lines.add(line(row.server(), figures.stream().map(f -> cell(row, f)).toList()));
        }
        return "**" + title + "**\n\n" + aligned(lines) + problems();
    }

    private List<Figure> figures() {
        return rows.stream()
                .flatMap(row -> row.figures().keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private static List<String> line(String first, List<String> others) {
        List<String> line = new ArrayList<>(List.of(first));
        line.addAll(others);
        return line;
    }

    private String cell(Row row, Figure figure) {
        Double value = row.figures().get(figure);
        if (value == null) {
            return "–";
        }
        return figure.format(value) + ratio(row, figure, value);
    }

    private String ratio(Row row, Figure figure, double value) {
        if (row.ours() || !figure.isCompared() || value == 0) {
            return "";
        }
        return rows.stream()
                .filter(Row::ours)
                .map(ours -> ours.figures().get(figure))
                .filter(Objects::nonNull)
                .map(ours -> " (" + twoDigits(ours / value) + ")")
                .findFirst()
                .orElse("");
    }

    private static String twoDigits(double ratio) {
        return String.format(Locale.ROOT, ratio < 0.1 ? "%.3f" : "%.2f", ratio);
    }

    private static String aligned(List<List<String>> lines) {
        int[] widths =
                IntStream.range(0, lines.getFirst().size())
                        .map(i ->
                                lines.stream()
                                        .mapToInt(line -> line.get(i).length())
                                        .max()
                                        .orElse(0))
                        .toArray();
        return lines.stream()
                .map(line -> aligned(line, widths))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String aligned(List<String> line, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(i ->
                        String.format("%" + (i == 0 ? "-" : "") + widths[i] + "s", line.get(i)))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    private String problems() {
        return rows.stream()
                .filter(row -> !row.problem().isEmpty())
                .map(row -> "\n" + row.server() + ": " + row.problem() + "\n")
                .collect(Collectors.joining());
    }
}
