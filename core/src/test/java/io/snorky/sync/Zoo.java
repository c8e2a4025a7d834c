package io.snorky.sync;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

import io.snorky.rpc.Default;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/** One of each kind of attribute. */
@Synced(runningTasks = true)
final class Zoo extends SyncedObject {

    enum Color {
        RED,
        @JsonProperty("verde")
        GREEN
    }

    record Tree(int id, @Nullable Tree left, List<Tree> children, Color color) {}

    record Plain(@JsonProperty("n") @NotBlank String name, Map<Color, Integer> counts) {}

    record Sum(int a, int b) {
        @JsonProperty("sum")
        int sum() {
            return a + b;
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    sealed interface Shape {
        @JsonTypeName("circle")
        record Circle(double radius) implements Shape {}

        @JsonTypeName("square")
        record Square(double side) implements Shape {}
    }

    record Box<T>(T content) {}

    static final class Bean {
        public int x = 1;
        private String word = "";

        public String getWord() {
            return word;
        }

        public void setWord(String word) {
            this.word = word;
        }
    }

    private static final ZonedDateTime MOMENT =
            ZonedDateTime.of(2026, 3, 4, 5, 6, 7, 8, ZoneId.of("Europe/Berlin"));

    Instant instant = Instant.EPOCH;
    LocalDate date = LocalDate.EPOCH;
    LocalDateTime dateTime = LocalDateTime.of(2026, 3, 4, 5, 6);
    LocalTime time = LocalTime.NOON;
    OffsetDateTime offset = MOMENT.toOffsetDateTime();
    ZonedDateTime zoned = MOMENT;
    Duration duration = Duration.ofSeconds(90);
    Period period = Period.ofDays(3);
    Year year = Year.of(2026);
    DayOfWeek day = DayOfWeek.MONDAY;
    Month month = Month.MAY;
    ZoneId zone = ZoneOffset.UTC;
    UUID uuid = new UUID(1, 2);
    URI uri = URI.create("a/b");
    Locale locale = Locale.ENGLISH;
    byte[] bytes = {1, 2};
    char letter = 'c';
    BigDecimal decimal = new BigDecimal("1.5");
    BigInteger big = BigInteger.TWO.pow(70);
    long whole = 1L << 60;
    double real = 0.5;
    boolean yes = true;
    @Nullable Integer perhaps;
    Number number = 1.5;
    Optional<String> maybe = Optional.empty();
    OptionalInt maybeNumber = OptionalInt.of(1);
    Object anything = List.of(1);
    JsonNode node = NullNode.instance;
    int[] ints = {1};
    List<@Nullable String> strings = List.of("a");
    Set<Color> colors = Set.of(Color.RED, Color.GREEN);
    Map<String, List<Integer>> map = Map.of("a", List.of(1));
    String @Nullable [] array;
    Tree tree = new Tree(1, new Tree(2, null, List.of(), Color.RED), List.of(), Color.GREEN);
    Plain plain = new Plain("x", Map.of(Color.RED, 1));
    Sum sum = new Sum(1, 2);
    Shape shape = new Shape.Circle(2);
    List<Shape> shapes = List.of(new Shape.Square(1), new Shape.Circle(0));
    Box<Plain> box = new Box<>(plain);
    Bean bean = new Bean();
    List<? extends Sum> sums = List.of(sum);

    @Min(3)
    @Max(9)
    int stars = 3;

    @Pattern(regexp = "[a-z]+")
    @Size(max = 5)
    String word = "abc";

    @DecimalMin(value = "0.5", inclusive = false)
    double more = 1;

    @Size(max = 2)
    String[] two = {"a", "b"};

    @Action
    void put(
            Sum sum,
            Bean bean,
            @Nullable Tree tree,
            @Size(max = 5) String long_name,
            Shape shape,
            @Default("[]") List<Plain> plain) {}

    @Action("SET_TITLE")
    void title(String title) {}

    @Action
    void upload(byte[] data, String name) {}

    @Action
    void nothing() {}

    @Task
    void slowCount(@Default("3") int steps) {}
}
