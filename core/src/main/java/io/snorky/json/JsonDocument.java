package io.snorky.json;

import static io.snorky.json.JsonScanner.END;
import static io.snorky.json.JsonScanner.EXTRA;
import static io.snorky.json.JsonScanner.START;
import static io.snorky.json.JsonScanner.WIDTH;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One JSON text, checked in a single pass and then looked at where it lies: no value is decoded
 * before somebody asks for it.
 *
 * <p>Values are named by numbers: {@link #ROOT}, and what the methods here return. They hold until
 * the next {@link #read}; so do the bytes, which are not copied.
 *
 * <p>Threads: one at a time. Made once per thread and used again and again.
 */
public final class JsonDocument {

    /** The outermost value. */
    public static final int ROOT = 0;

    /** No such value. */
    public static final int NONE = -1;

    private final JsonScanner scanner = new JsonScanner();
    private byte[] text = {};
    private int[] notes = {};

    /** A document that holds nothing yet. */
    public JsonDocument() {}

    /**
     * Reads the bytes from {@code from} up to, not including, {@code to}.
     *
     * @param maxNesting levels of objects and arrays inside each other, at most
     * @throws JsonException if they are not one JSON value in UTF-8 (RFC 8259), start with a byte
     *     order mark, or are nested too deeply
     */
    public void read(byte[] bytes, int from, int to, int maxNesting) {
        scanner.scan(bytes, from, to, maxNesting);
        text = bytes;
        notes = scanner.notes();
    }

    public boolean isObject(int value) {
        return first(value) == '{';
    }

    public boolean isArray(int value) {
        return first(value) == '[';
    }

    public boolean isString(int value) {
        return first(value) == '"';
    }

    public boolean isNull(int value) {
        return first(value) == 'n';
    }

    public boolean isBoolean(int value) {
        return first(value) == 't' || first(value) == 'f';
    }

    public boolean isNumber(int value) {
        byte first = first(value);
        return first == '-' || (first >= '0' && first <= '9');
    }

    /** Whether the value is the literal {@code true}. */
    public boolean isTrue(int value) {
        return first(value) == 't';
    }

    /** Whether the value is an integer of at most 18 characters, without exponent or fraction. */
    public boolean isSmallInteger(int value) {
        return isNumber(value)
                && length(value) <= 18
                && JsonNumber.isInteger(text, start(value), end(value));
    }

    /** The value of a small integer. */
    public long smallInteger(int value) {
        return JsonNumber.longOf(text, start(value), end(value));
    }

    /** The first byte of the value's text, which tells its type. */
    byte first(int value) {
        return text[start(value)];
    }

    int start(int value) {
        return notes[value * WIDTH + START];
    }

    int end(int value) {
        return notes[value * WIDTH + END];
    }

    byte[] text() {
        return text;
    }

    /** The first element of an array, or the first name of an object; {@link #NONE} if empty. */
    public int firstIn(int container) {
        return after(container) == container + 1 ? NONE : container + 1;
    }

    /** What follows {@code value} inside {@code container}; {@link #NONE} after the last. */
    public int nextIn(int container, int value) {
        int next = after(value);
        return next == after(container) ? NONE : next;
    }

    private int after(int value) {
        byte first = first(value);
        return first == '{' || first == '[' ? notes[value * WIDTH + EXTRA] : value + 1;
    }

    /** The value of the member with that name, the last if there are several, or {@link #NONE}. */
    public int member(int object, JsonName name) {
        int found = NONE;
        for (int key = firstIn(object); key != NONE; key = nextIn(object, key + 1)) {
            if (hasText(key, name)) {
                found = key + 1;
            }
        }
        return found;
    }

    boolean hasEscapes(int string) {
        return notes[string * WIDTH + EXTRA] != 0;
    }

    /** Whether a string (or a member's name) is equal to the given one. */
    public boolean hasText(int string, JsonName name) {
        if (hasEscapes(string)) {
            return string(string).equals(name.text());
        }
        byte[] utf8 = name.utf8();
        return Arrays.equals(text, start(string) + 1, end(string) - 1, utf8, 0, utf8.length);
    }

    /** The decoded content of a string (or of a member's name). */
    public String string(int value) {
        int from = start(value) + 1;
        int to = end(value) - 1;
        if (!hasEscapes(value)) {
            return new String(text, from, to - from, StandardCharsets.UTF_8);
        }
        return JsonTree.unescape(new String(text, from, to - from, StandardCharsets.UTF_8));
    }

    /**
     * The decoded content of a string, as {@link Wtf8} has it.
     *
     * @param out has room for {@link #length} bytes
     * @return bytes written
     */
    public int string(int value, byte[] out) {
        int from = start(value) + 1;
        int to = end(value) - 1;
        if (notes[value * WIDTH + EXTRA] == 0) {
            System.arraycopy(text, from, out, 0, to - from);
            return to - from;
        }
        return JsonUnescape.copy(text, from, to, out);
    }

    /** The text of any value, exactly as it came, in bytes of its own. */
    public byte[] copy(int value) {
        return Arrays.copyOfRange(text, start(value), end(value));
    }

    /** Bytes of the value's text. */
    public int length(int value) {
        return end(value) - start(value);
    }

    /** The value as a tree of its own, numbers exact. Costs time and memory in its size. */
    public JsonNode tree(int value) {
        return JsonTree.of(this, value);
    }
}
