package io.snorky.sync;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Attributes of all kinds, which change at random: in place where they can. */
final class RandomState {

    enum Color {
        RED,
        GREEN
    }

    record Point(int x, double y) {}

    record Item(int id, String title, boolean done) {}

    record Rich(
            @Nullable Object any, List<@Nullable Object> list, Optional<Point> point, Color color) {

        int getSize() {
            return list.size();
        }
    }

    /** Not a record, and so only Jackson knows what is in it. */
    static final class Plain {
        public int number;
        public List<@Nullable Object> list = new ArrayList<>();
    }

    private static final String[] KEYS = {"a", "b", "a/b", "~", "", "~1", "0", "-", "é\"\n"};
    static final List<String> NAMES = List.of("items", "anything", "any/map", "plain", "scalar");

    final List<@Nullable Object> items = new ArrayList<>();
    final List<@Nullable Object> anything = new ArrayList<>();
    final Map<String, @Nullable Object> map = new HashMap<>();
    final Plain plain = new Plain();
    @Nullable Object scalar = 1;

    private final Random random;

    RandomState(long seed) {
        random = new Random(seed);
        int count = random.nextInt(12);
        for (int i = 0; i < count; i++) {
            items.add(item());
        }
    }

    @Nullable Object[] values() {
        return new @Nullable Object[] {items, anything, map, plain, scalar};
    }

    /** Some changes. */
    void change() {
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            switch (random.nextInt(6)) {
                case 0, 1 -> changeList(items, 0);
                case 2 -> changeList(anything, 2);
                case 3 -> changeMap(map);
                case 4 -> changePlain();
                default -> scalar = value(2);
            }
        }
    }

    private void changePlain() {
        plain.number = random.nextInt(3);
        changeList(plain.list, 1);
    }

    private Item item() {
        return new Item(random.nextInt(9), "title " + random.nextInt(3), random.nextBoolean());
    }

    private @Nullable Object element(int depth) {
        return depth == 0 && random.nextInt(8) > 0 ? item() : value(depth);
    }

    private void changeList(List<@Nullable Object> list, int depth) {
        int size = list.size();
        switch (size == 0 ? 0 : random.nextInt(9)) {
            case 0, 1 -> list.add(random.nextInt(size + 1), element(depth));
            case 2 -> list.remove(random.nextInt(size));
            case 3 -> list.set(random.nextInt(size), element(depth));
            case 4 -> Collections.shuffle(list, random);
            case 5 -> Collections.rotate(list, 1);
            case 6 -> list.subList(random.nextInt(size), size).clear();
            case 7 ->
                    list.addAll(
                            List.copyOf(
                                    list.subList(0, Math.min(3, size)).stream()
                                            .filter(each -> each != null)
                                            .toList()));
            default -> inside(list.get(random.nextInt(size)));
        }
    }

    @SuppressWarnings("unchecked")
    private void inside(@Nullable Object value) {
        switch (value) {
            case ArrayList<?> list -> changeList((List<@Nullable Object>) list, 1);
            case HashMap<?, ?> map -> changeMap((Map<String, @Nullable Object>) map);
            case Rich rich when rich.list instanceof ArrayList<@Nullable Object> list ->
                    changeList(list, 1);
            case Object[] array when array.length > 0 -> array[0] = item();
            case null, default -> {}
        }
    }

    private void changeMap(Map<String, @Nullable Object> map) {
        String key = KEYS[random.nextInt(KEYS.length)];
        if (random.nextInt(3) == 0) {
            map.remove(key);
        } else if (map.get(key) instanceof ArrayList<?> list) {
            inside(list);
        } else {
            map.put(key, value(2));
        }
    }

    private @Nullable Object value(int depth) {
        return switch (random.nextInt(depth > 0 ? 20 : 12)) {
            case 0 -> null;
            case 1 -> random.nextInt(3);
            case 2 -> (double) random.nextInt(3);
            case 3 -> new BigDecimal("1.00");
            case 4 -> Long.MAX_VALUE - random.nextInt(2);
            case 5 -> "text " + random.nextInt(3);
            case 6 -> random.nextBoolean();
            case 7 -> Color.values()[random.nextInt(2)];
            case 8 -> Instant.ofEpochSecond(random.nextInt(3));
            case 9 -> new Point(random.nextInt(2), random.nextInt(2) / 2.0);
            case 10 -> item();
            case 11 -> (float) random.nextInt(2);
            case 12, 13 -> new ArrayList<>(values(depth - 1));
            case 14 -> Collections.unmodifiableList(values(depth - 1));
            case 15 -> List.of(item(), item());
            case 16 -> new HashMap<>(Map.of(KEYS[random.nextInt(KEYS.length)], item()));
            case 17 -> values(depth - 1).toArray();
            case 18 -> new int[] {random.nextInt(2), 7};
            default ->
                    new Rich(
                            value(depth - 1),
                            values(depth - 1),
                            random.nextBoolean() ? Optional.empty() : Optional.of(new Point(1, 2)),
                            Color.RED);
        };
    }

    private List<@Nullable Object> values(int depth) {
        List<@Nullable Object> values = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            values.add(value(depth));
        }
        return values;
    }
}
