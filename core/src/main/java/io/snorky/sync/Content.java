package io.snorky.sync;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is in collections and maps whose fields are final. */
final class Content {

    private Content() {}

    @SuppressWarnings(
            "unchecked") // the values have been read as what the field is declared to hold
    static void replace(Collection<?> target, @Nullable Object content) {
        target.clear();
        if (content instanceof Collection<?> values) {
            ((Collection<Object>) target).addAll(values);
        }
    }

    @SuppressWarnings("unchecked") // as above
    static void replace(Map<?, ?> target, @Nullable Object content) {
        target.clear();
        if (content instanceof Map<?, ?> values) {
            ((Map<Object, Object>) target).putAll(values);
        }
    }

    /** What a value was like, to be put back if something goes wrong. */
    static @Nullable Object saved(@Nullable Object value) {
        return switch (value) {
            case Collection<?> values -> new ArrayList<>(values);
            case Map<?, ?> values -> new LinkedHashMap<>(values);
            case null, default -> value;
        };
    }
}
