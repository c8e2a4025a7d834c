package io.snorky.datasync;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** What is gathered for the looks of one change, to be gone through in the order of sending. */
final class ByLook<T> {

    private final Map<Look, List<T>> parts = new EnumMap<>(Look.class);

    void add(Look look, T part) {
        parts.computeIfAbsent(look, key -> new ArrayList<>()).add(part);
    }

    /** Gives away all parts, those of one look together. */
    void take(BiConsumer<Look, List<T>> taker) {
        parts.forEach(taker);
        parts.clear();
    }
}
