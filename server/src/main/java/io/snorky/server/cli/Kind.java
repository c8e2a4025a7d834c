package io.snorky.server.cli;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How some kind of value is written in a configuration file.
 *
 * @param expected says so
 * @param reader empty for what is no such value
 */
record Kind<T>(String expected, Function<String, Optional<T>> reader) {

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,10}) ?([A-Za-z]*)");

    private static final Map<String, Integer> BYTES_SHIFTED =
            Map.of("", 0, "KiB", 10, "MiB", 20, "GiB", 30);

    private static final Map<String, ChronoUnit> TIMES =
            Map.of(
                    "ms", ChronoUnit.MILLIS,
                    "s", ChronoUnit.SECONDS,
                    "min", ChronoUnit.MINUTES,
                    "h", ChronoUnit.HOURS);

    private static final Duration LONGEST = Duration.ofDays(365);
    private static final String TIME = "a time, as 500 ms, 30 s, 2 min or 1 h; ";

    /** Of a port to listen on. */
    static final Kind<Integer> PORT = number(0, 65_535);

    /** Of things. */
    static final Kind<Integer> COUNT = number(1, 999_999_999);

    /** Less than 2 GiB of them. */
    static final Kind<Integer> BYTES =
            new Kind<>(
                    "bytes, as 65536, 64 KiB or 10 MiB; more than zero, less than 2 GiB",
                    Kind::bytes);

    static final Kind<Duration> TIMEOUT =
            new Kind<>(
                    TIME + "more than zero, a year at most",
                    text -> duration(text).filter(Duration::isPositive));

    static final Kind<Duration> TIMEOUT_OR_ZERO =
            new Kind<>(TIME + "zero is 0 s, a year at most", Kind::duration);

    static final Kind<Duration> UP_TO_10_MINUTES =
            new Kind<>(
                    TIME + "10 min at most",
                    text -> duration(text).filter(it -> it.compareTo(Duration.ofMinutes(10)) <= 0));

    static final Kind<Boolean> FLAG =
            new Kind<>(
                    "true or false",
                    text ->
                            Optional.of(text.equals("true"))
                                    .filter(it -> it || text.equals("false")));

    static Kind<Integer> number(int least, int most) {
        return new Kind<>(
                "a number from " + least + " to " + most,
                text ->
                        Optional.of(text)
                                .filter(it -> NUMBER.matcher(it).matches())
                                .map(Integer::valueOf)
                                .filter(it -> it >= least && it <= most));
    }

    /** A constant, which is written as {@code io-uring}. */
    static <E extends Enum<E>> Kind<E> oneOf(Class<E> type) {
        return oneOf(List.of(type.getEnumConstants()));
    }

    /** One of some constants. */
    static <E extends Enum<E>> Kind<E> oneOf(List<E> all) {
        return new Kind<>(
                String.join(" or ", all.stream().map(Names::of).toList()),
                text -> all.stream().filter(it -> Names.of(it).equals(text)).findFirst());
    }

    private static Optional<Integer> bytes(String text) {
        Matcher amount = AMOUNT.matcher(text);
        return amount.matches()
                ? Optional.ofNullable(BYTES_SHIFTED.get(amount.group(2)))
                        .map(shift -> Long.parseLong(amount.group(1)) << shift)
                        .filter(bytes -> bytes > 0 && bytes <= Integer.MAX_VALUE)
                        .map(Math::toIntExact)
                : Optional.empty();
    }

    private static Optional<Duration> duration(String text) {
        Matcher amount = AMOUNT.matcher(text);
        return amount.matches()
                ? Optional.ofNullable(TIMES.get(amount.group(2)))
                        .map(unit -> Duration.of(Long.parseLong(amount.group(1)), unit))
                        .filter(duration -> duration.compareTo(LONGEST) <= 0)
                : Optional.empty();
    }
}
