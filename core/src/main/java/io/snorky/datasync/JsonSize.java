package io.snorky.datasync;

import tools.jackson.databind.JsonNode;

import java.util.Map;

/**
 * How large JSON values are: as text, about; as trees in memory, about; and how deep.
 *
 * @param characters of the text
 * @param bytes of the tree
 * @param depth 0 for a value that holds no others
 */
record JsonSize(long characters, long bytes, int depth) {

    private static final int NODE_BYTES = 24;
    private static final int SMALL_NUMBER_DIGITS = 12;
    private static final int STRING_BYTES = 48;
    private static final int CONTAINER_BYTES = 80;
    private static final int MEMBER_BYTES = 48;
    private static final int DELTA_BYTES = 160;

    static JsonSize of(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> ofObject(value);
            case ARRAY -> ofArray(value);
            case STRING -> {
                int length = value.stringValue().length();
                yield new JsonSize(length + 2L, NODE_BYTES + STRING_BYTES + length, 0);
            }
            case NUMBER -> {
                int length = digits(value);
                yield new JsonSize(length, NODE_BYTES + length, 0);
            }
            default -> new JsonSize(5, 0, 0); // true, false and null are there once
        };
    }

    private static int digits(JsonNode number) {
        if (number.isBigInteger()) {
            return number.bigIntegerValue().bitLength() / 3 + 1;
        }
        if (number.isBigDecimal()) {
            return number.decimalValue().unscaledValue().bitLength() / 3 + 12;
        }
        return SMALL_NUMBER_DIGITS;
    }

    private static JsonSize ofObject(JsonNode object) {
        long characters = 2;
        long bytes = CONTAINER_BYTES;
        int depth = 0;
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            JsonSize value = of(member.getValue());
            int name = member.getKey().length();
            characters += name + 4 + value.characters;
            bytes += MEMBER_BYTES + STRING_BYTES + name + value.bytes;
            depth = Math.max(depth, value.depth + 1);
        }
        return new JsonSize(characters, bytes, depth);
    }

    private static JsonSize ofArray(JsonNode array) {
        long characters = 2;
        long bytes = CONTAINER_BYTES;
        int depth = 0;
        for (JsonNode element : array) {
            JsonSize value = of(element);
            characters += 1 + value.characters;
            bytes += Long.BYTES + value.bytes;
            depth = Math.max(depth, value.depth + 1);
        }
        return new JsonSize(characters, bytes, depth);
    }

    /** Bytes that a delta takes in a log, with one message of it. */
    static long ofDelta(Delta delta) {
        return DELTA_BYTES
                + switch (delta) {
                    case Delta.Insert insert -> of(insert.data()).withText();
                    case Delta.Delete delete -> of(delete.data()).withText();
                    case Delta.Update update ->
                            of(update.newData()).withText() + of(update.oldData()).withText();
                };
    }

    private long withText() {
        return bytes + characters;
    }
}
