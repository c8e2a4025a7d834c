package io.snorky.json;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Values by name, to be found with a string of a document where it lies, which is not decoded.
 *
 * <p>Threads: immutable, if the values are.
 */
public final class JsonNames<V> {

    private record Entry<V>(JsonName name, V value) {}

    /** Bytes of a name that are looked at to find its place: no more, however long it is. */
    private static final int HASHED_BYTES = 32;

    private final Map<String, V> values;
    private final List<List<Entry<V>>> places;

    /**
     * @param values are copied
     */
    public JsonNames(Map<String, ? extends V> values) {
        this.values = Map.copyOf(values);
        int count = Integer.highestOneBit(Math.max(1, values.size()) * 4 - 1);
        List<List<Entry<V>>> empty = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            empty.add(new ArrayList<>());
        }
        this.values.forEach((name, value) -> {
            byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
            empty.get(hash(utf8, 0, utf8.length) & count - 1)
                    .add(new Entry<>(new JsonName(name), value));
        });
        places = empty.stream().map(List::copyOf).toList();
    }

    /** The value whose name a string is. */
    public @Nullable V get(JsonDocument document, int string) {
        if (document.hasEscapes(string)) {
            return values.get(document.string(string));
        }
        int hash = hash(document.text(), document.start(string) + 1, document.end(string) - 1);
        List<Entry<V>> place = places.get(hash & places.size() - 1);
        for (int i = 0; i < place.size(); i++) {
            Entry<V> entry = place.get(i);
            if (document.hasText(string, entry.name)) {
                return entry.value;
            }
        }
        return null;
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = to - from;
        for (int at = from; at < Math.min(to, from + HASHED_BYTES); at++) {
            hash = hash * 31 + bytes[at];
        }
        return hash ^ hash >>> 15;
    }
}
