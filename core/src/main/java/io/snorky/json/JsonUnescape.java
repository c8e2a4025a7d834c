package io.snorky.json;

/** Takes the escapes out of strings that are known to be well-formed, from bytes to bytes. */
final class JsonUnescape {

    private JsonUnescape() {}

    /**
     * Never writes more than it reads.
     *
     * @param from after the opening quote
     * @param to where the closing quote is
     * @return bytes written, from the beginning of {@code out}
     */
    static int copy(byte[] text, int from, int to, byte[] out) {
        int length = 0;
        int at = from;
        while (at < to) {
            int run = at;
            while (at < to && text[at] != '\\') {
                at++;
            }
            System.arraycopy(text, run, out, length, at - run);
            length += at - run;
            if (at == to) {
                break;
            }
            if (text[at + 1] != 'u') {
                out[length++] = plain(text[at + 1]);
                at += 2;
                continue;
            }
            char unit = unit(text, at + 2);
            at += 6;
            if (Character.isHighSurrogate(unit) && startsLowSurrogate(text, at, to)) {
                length = Wtf8.put(Character.toCodePoint(unit, unit(text, at + 2)), out, length);
                at += 6;
            } else {
                length = Wtf8.put(unit, out, length);
            }
        }
        return length;
    }

    private static boolean startsLowSurrogate(byte[] text, int at, int to) {
        return at + 6 <= to
                && text[at] == '\\'
                && text[at + 1] == 'u'
                && Character.isLowSurrogate(unit(text, at + 2));
    }

    private static char unit(byte[] text, int at) {
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            value = value << 4 | Character.digit(text[i], 16);
        }
        return (char) value;
    }

    private static byte plain(byte kind) {
        return switch (kind) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> kind;
        };
    }
}
