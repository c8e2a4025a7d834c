package io.snorky.json;

import java.util.Arrays;

/**
 * Checks a text against RFC 8259 in one pass without recursion, and notes where each value lies.
 *
 * <p>The notes are a flat array of three ints per token, in the order of the text: where the token
 * starts, where it ends, and either the token after its subtree (objects, arrays) or whether it
 * holds a backslash (strings). A member is its name's token followed by its value's.
 *
 * <p>Threads: one at a time.
 */
final class JsonScanner {

    static final int START = 0;
    static final int END = 1;
    static final int EXTRA = 2;
    static final int WIDTH = 3;

    /** Notes above this size are not kept for the next text. */
    private static final int KEPT_INTS = 3 * 4096;

    private static final long ONES = 0x0101010101010101L;

    private int maxDepth;
    private int[] open = new int[32];
    private int[] notes = new int[WIDTH * 32];
    private int tokens;
    private int depth;
    private byte[] text = {};
    private int limit;

    int[] notes() {
        return notes;
    }

    /** Scans the bytes from {@code from} up to, not including, {@code to}. */
    void scan(byte[] bytes, int from, int to, int levels) {
        maxDepth = levels;
        if (notes.length > KEPT_INTS) {
            notes = new int[WIDTH * 32];
        }
        text = bytes;
        limit = to;
        tokens = 0;
        depth = 0;
        int at = value(skipSpace(from));
        while (at < to) {
            at = value(at);
        }
        if (depth > 0) {
            throw fail(to, "the text ends inside a value");
        }
    }

    /**
     * Reads one scalar, or the opening of a container, and all closing brackets and the comma after
     * it.
     *
     * @return where the next value starts, or the end of the text if there is none
     */
    private int value(int at) {
        int token = note(at);
        byte first = byteAt(at);
        int end;
        switch (first) {
            case '{', '[' -> {
                push(token, at);
                int inside = skipSpace(at + 1);
                if (byteAt(inside) != first + 2) { // '}' is '{' + 2, and so with brackets
                    return first == '{' ? name(inside) : inside;
                }
                end = pop(inside);
            }
            case '"' -> end = string(token, at);
            case 't' -> end = literal(at, "true");
            case 'f' -> end = literal(at, "false");
            case 'n' -> end = literal(at, "null");
            default -> end = number(at);
        }
        notes[token * WIDTH + END] = end;
        return next(end);
    }

    /** Goes on after a value that ends at {@code at}. */
    private int next(int at) {
        int here = skipSpace(at);
        while (depth > 0) {
            byte opening = text[notes[open[depth - 1] * WIDTH + START]];
            byte found = byteAt(here);
            if (found == ',') {
                int inside = skipSpace(here + 1);
                return opening == '{' ? name(inside) : inside;
            }
            if (found != opening + 2) {
                throw fail(here, opening == '{' ? "',' or '}' expected" : "',' or ']' expected");
            }
            here = skipSpace(pop(here));
        }
        if (here < limit) {
            throw fail(here, "the text goes on after the value");
        }
        return here;
    }

    private int name(int at) {
        if (byteAt(at) != '"') {
            throw fail(at, "a member's name expected");
        }
        int token = note(at);
        int end = string(token, at);
        notes[token * WIDTH + END] = end;
        int colon = skipSpace(end);
        if (byteAt(colon) != ':') {
            throw fail(colon, "':' expected");
        }
        return skipSpace(colon + 1);
    }

    private void push(int token, int at) {
        if (depth == maxDepth) {
            throw fail(at, "nested deeper than " + maxDepth + " levels");
        }
        if (depth == open.length) {
            open = Arrays.copyOf(open, depth * 2);
        }
        open[depth++] = token;
    }

    private int pop(int closing) {
        int token = open[--depth];
        notes[token * WIDTH + END] = closing + 1;
        notes[token * WIDTH + EXTRA] = tokens;
        return closing + 1;
    }

    private int note(int at) {
        int index = tokens * WIDTH;
        if (index == notes.length) {
            notes = Arrays.copyOf(notes, notes.length * 2);
        }
        notes[index + START] = at;
        notes[index + EXTRA] = 0;
        return tokens++;
    }

    private int string(int token, int opening) {
        byte[] bytes = text;
        int at = opening + 1;
        while (at < limit) {
            if (at + 8 <= limit) {
                long special = special((long) Utf8.LONG.get(bytes, at));
                if (special == 0) {
                    at += 8;
                    continue;
                }
                at += Long.numberOfTrailingZeros(special) >>> 3;
            }
            byte next = bytes[at];
            if (next == '"') {
                return at + 1;
            }
            if (next == '\\') {
                notes[token * WIDTH + EXTRA] = 1;
                at = escape(at + 1);
            } else if (next >= ' ') {
                at++;
            } else if (next >= 0) {
                throw fail(at, "a control character inside a string");
            } else {
                int length = Utf8.sequenceLength(bytes, at, limit);
                if (length < 0) {
                    throw fail(at, "not UTF-8");
                }
                at += length;
            }
        }
        throw fail(limit, "the text ends inside a string");
    }

    /**
     * Marks the quotes, backslashes, control characters and bytes above ASCII among eight bytes,
     * each in its highest bit. Beyond the first there may be marks where nothing is, for
     * subtracting borrows from the next byte.
     */
    private static long special(long word) {
        long quote = word ^ (ONES * '"');
        long backslash = word ^ (ONES * '\\');
        long found = (quote - ONES) & ~quote;
        found |= (backslash - ONES) & ~backslash;
        found |= (word - ONES * ' ') & ~word;
        return (found | word) & Utf8.HIGH_BITS;
    }

    private int escape(int at) {
        return switch (byteAt(at)) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 1;
            case 'u' -> hexadecimal(at + 1);
            default -> throw fail(at, "no such escape");
        };
    }

    private int hexadecimal(int at) {
        for (int i = 0; i < 4; i++) {
            if (Character.digit(byteAt(at + i), 16) < 0) {
                throw fail(at + i, "four hexadecimal digits expected");
            }
        }
        return at + 4;
    }

    private int literal(int at, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (byteAt(at + i) != word.charAt(i)) {
                throw fail(at, "a value expected");
            }
        }
        return at + word.length();
    }

    private int number(int start) {
        int at = byteAt(start) == '-' ? start + 1 : start;
        if (byteAt(at) == '0') {
            at++;
        } else {
            at = digits(at, "a value expected");
        }
        if (byteAt(at) == '.') {
            at = digits(at + 1, "a digit expected after the decimal point");
        }
        if ((byteAt(at) | 0x20) == 'e') {
            byte sign = byteAt(at + 1);
            at = digits(sign == '+' || sign == '-' ? at + 2 : at + 1, "an exponent expected");
        }
        return at;
    }

    private int digits(int at, String complaint) {
        int end = at;
        while (isDigit(byteAt(end))) {
            end++;
        }
        if (end == at) {
            throw fail(at, complaint);
        }
        return end;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private int skipSpace(int at) {
        int here = at;
        while (here < limit) {
            byte b = text[here];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return here;
            }
            here++;
        }
        return here;
    }

    /** The byte there, or NUL, which fits nowhere, at the end of the text. */
    private byte byteAt(int at) {
        return at < limit ? text[at] : 0;
    }

    private JsonException fail(int at, String what) {
        return new JsonException("not JSON at byte " + at + ": " + what);
    }
}
