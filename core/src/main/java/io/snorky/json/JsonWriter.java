package io.snorky.json;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes JSON as UTF-8 bytes. Unpaired surrogates, which UTF-8 cannot hold, are written as escapes.
 *
 * <p>Threads: one at a time.
 */
public final class JsonWriter {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.FAIL_ON_EMPTY_BEANS).build();
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

    private byte[] bytes;
    private int length;

    public JsonWriter() {
        this(256);
    }

    /**
     * @param capacity bytes it starts with; it grows as needed
     */
    public JsonWriter(int capacity) {
        bytes = new byte[capacity];
    }

    /** What has been written, in bytes of its own. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** Bytes that have been written. */
    public int length() {
        return length;
    }

    /** Bytes that can be written before it grows. */
    public int capacity() {
        return bytes.length;
    }

    /** What has been written, at the beginning of an array that is the writer's own. */
    public byte[] bytes() {
        return bytes;
    }

    /** Makes it empty again. */
    public void clear() {
        length = 0;
    }

    /** Bytes that are JSON, or part of it, already. */
    public JsonWriter raw(byte[] json) {
        return raw(json, 0, json.length);
    }

    /** As {@link #raw(byte[])}, for a part of an array. */
    public JsonWriter raw(byte[] json, int from, int count) {
        reserve(count);
        System.arraycopy(json, from, bytes, length, count);
        length += count;
        return this;
    }

    /** ASCII characters that are JSON, or part of it, already. */
    public JsonWriter raw(String ascii) {
        reserve(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            bytes[length++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    /** A quoted string. */
    public JsonWriter string(String value) {
        reserve(value.length() + 2);
        bytes[length++] = '"';
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            reserve(value.length() - i + 12);
            if (c < 0x80) {
                ascii(c);
            } else if (c < 0x800) {
                bytes[length++] = (byte) (0xc0 | c >> 6);
                bytes[length++] = (byte) (0x80 | c & 0x3f);
            } else if (!Character.isSurrogate(c)) {
                bytes[length++] = (byte) (0xe0 | c >> 12);
                bytes[length++] = (byte) (0x80 | c >> 6 & 0x3f);
                bytes[length++] = (byte) (0x80 | c & 0x3f);
            } else if (i + 1 < value.length()
                    && Character.isSurrogatePair(c, value.charAt(i + 1))) {
                pair(Character.toCodePoint(c, value.charAt(++i)));
            } else {
                escape(c);
            }
        }
        bytes[length++] = '"';
        return this;
    }

    private void ascii(char c) {
        switch (c) {
            case '"', '\\' -> shortEscape(c);
            case '\n' -> shortEscape('n');
            case '\r' -> shortEscape('r');
            case '\t' -> shortEscape('t');
            case '\b' -> shortEscape('b');
            case '\f' -> shortEscape('f');
            default -> {
                if (c < ' ') {
                    escape(c);
                } else {
                    bytes[length++] = (byte) c;
                }
            }
        }
    }

    private void shortEscape(char kind) {
        bytes[length++] = '\\';
        bytes[length++] = (byte) kind;
    }

    private void escape(char c) {
        bytes[length++] = '\\';
        bytes[length++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            bytes[length++] = HEX[c >> shift & 0xf];
        }
    }

    private void pair(int codePoint) {
        bytes[length++] = (byte) (0xf0 | codePoint >> 18);
        bytes[length++] = (byte) (0x80 | codePoint >> 12 & 0x3f);
        bytes[length++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
        bytes[length++] = (byte) (0x80 | codePoint & 0x3f);
    }

    /**
     * Any value that JSON can say: null, a {@link JsonNode}, a string, number or boolean, a {@link
     * JsonText}, and what Jackson turns into JSON: records, lists, maps and so on.
     *
     * @throws JsonException if it cannot be said, as NaN
     */
    public JsonWriter value(@Nullable Object value) {
        return switch (value) {
            case null -> raw(NULL);
            case JsonNode node -> node(node);
            case String string -> string(string);
            case Boolean bool -> raw(bool ? TRUE : FALSE);
            case Integer number -> raw(number.toString());
            case Long number -> raw(number.toString());
            case Double number -> real(number);
            case JsonText text -> text.writeTo(this);
            default -> node(treeOf(value));
        };
    }

    private static JsonNode treeOf(Object value) {
        try {
            return MAPPER.valueToTree(value);
        } catch (JacksonException e) {
            throw new JsonException(value.getClass() + " cannot be written as JSON: " + e);
        }
    }

    private JsonWriter real(double number) {
        if (!Double.isFinite(number)) {
            throw new JsonException(number + " cannot be written as JSON");
        }
        return raw(Double.toString(number));
    }

    private JsonWriter node(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> object(node);
            case ARRAY -> array(node);
            case STRING -> string(node.stringValue());
            case BOOLEAN -> raw(node.booleanValue() ? TRUE : FALSE);
            case NUMBER -> number(node);
            case NULL, MISSING -> raw(NULL);
            case BINARY -> string(node.asString());
            case POJO -> pojo(node);
        };
    }

    private JsonWriter object(JsonNode object) {
        char separator = '{';
        for (var member : object.properties()) {
            one(separator).string(member.getKey()).one(':').node(member.getValue());
            separator = ',';
        }
        return separator == '{' ? raw("{}") : one('}');
    }

    private JsonWriter array(JsonNode array) {
        char separator = '[';
        for (JsonNode element : array) {
            one(separator).node(element);
            separator = ',';
        }
        return separator == '[' ? raw("[]") : one(']');
    }

    private JsonWriter number(JsonNode node) {
        return switch (node.numberType()) {
            case INT, LONG, BIG_INTEGER, BIG_DECIMAL -> raw(node.numberValue().toString());
            case FLOAT, DOUBLE -> real(node.doubleValue());
        };
    }

    private JsonWriter pojo(JsonNode node) {
        String number = JsonNumber.rawText(node);
        return number.isEmpty() ? value(MAPPER.convertValue(node, Object.class)) : raw(number);
    }

    private JsonWriter one(char ascii) {
        reserve(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    private void reserve(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
        }
    }
}
