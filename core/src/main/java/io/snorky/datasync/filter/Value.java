package io.snorky.datasync.filter;

import io.snorky.json.ValueKey;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.POJONode;
import tools.jackson.databind.util.RawValue;

import java.math.BigDecimal;

/**
 * A JSON value that filters and keys compare: equal by type and content, numbers by their exact
 * value, objects whatever the order of their members.
 */
public sealed interface Value permits Value.Ordered, Value.Unordered {

    /** A value that has an order among its kind. */
    sealed interface Ordered extends Value permits Text, Whole, Decimal {

        /** Grows with the value; where it is the same for two, {@link #compareExactly} decides. */
        long rank();

        /** Compares with a value of the same kind and rank. */
        int compareExactly(Ordered other);

        /** Compares with a value of the same kind. */
        default int compare(Ordered other) {
            int ranks = Long.compare(rank(), other.rank());
            return ranks == 0 ? compareExactly(other) : ranks;
        }

        /** Whether both are numbers or both are strings. */
        default boolean isComparableWith(Ordered other) {
            return this instanceof Text == other instanceof Text;
        }
    }

    /** A string, in the order of its code points. */
    record Text(String text) implements Ordered, Comparable<Text> {

        @Override
        public long rank() {
            return CodePoints.rank(text);
        }

        @Override
        public int compareExactly(Ordered other) {
            return compareTo((Text) other);
        }

        @Override
        public int compareTo(Text other) {
            return CodePoints.compare(text, other.text);
        }
    }

    /** An integer of 64 bits. */
    record Whole(long number) implements Ordered, Comparable<Whole> {

        @Override
        public long rank() {
            return Decimal.rank((double) number);
        }

        @Override
        public int compareExactly(Ordered other) {
            return other instanceof Whole(long theirs)
                    ? Long.compare(number, theirs)
                    : Decimal.of(number).compareExactly(other);
        }

        @Override
        public int compareTo(Whole other) {
            return Long.compare(number, other.number);
        }
    }

    /**
     * A boolean, null, list or object, which has no order.
     *
     * @param canonical a text that is the same for equal values only
     */
    record Unordered(String canonical) implements Value, Comparable<Unordered> {

        @Override
        public int compareTo(Unordered other) {
            return canonical.compareTo(other.canonical);
        }
    }

    Unordered TRUE = new Unordered("t");
    Unordered FALSE = new Unordered("f");
    Unordered NULL = new Unordered("n");

    /** Whether it is a list or an object. */
    static boolean isContainer(Value value) {
        return value instanceof Unordered(String canonical)
                && (canonical.charAt(0) == '[' || canonical.charAt(0) == '{');
    }

    /** The value of a node; null if it holds none, or something that is not JSON. */
    static @Nullable Value of(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> new Text(node.stringValue());
            case NUMBER -> number(node);
            case BOOLEAN -> node.booleanValue() ? TRUE : FALSE;
            case NULL -> NULL;
            case OBJECT, ARRAY -> new Unordered(ValueKey.of(node).canonical());
            case BINARY -> new Text(node.asString());
            case POJO ->
                    node instanceof POJONode pojo && pojo.getPojo() instanceof RawValue raw
                            ? Decimal.of(raw.rawValue().toString())
                            : null;
            case MISSING -> null;
        };
    }

    private static @Nullable Value number(JsonNode node) {
        return switch (node.numberType()) {
            case INT, LONG -> new Whole(node.longValue());
            case BIG_INTEGER -> Decimal.of(new BigDecimal(node.bigIntegerValue()));
            case BIG_DECIMAL -> Decimal.of(node.decimalValue());
            case FLOAT, DOUBLE ->
                    Double.isFinite(node.doubleValue())
                            ? Decimal.of(BigDecimal.valueOf(node.doubleValue()))
                            : null;
        };
    }
}
