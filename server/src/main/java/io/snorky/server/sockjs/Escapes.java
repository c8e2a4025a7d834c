package io.snorky.server.sockjs;

import io.snorky.json.Wtf8;

/**
 * Strings as SockJS has them: JSON, in which also what browsers or JavaScript have been known to
 * mangle is escaped, and what UTF-8 cannot hold; and what some transports put on top of that.
 */
final class Escapes {

    private static final byte[] HEX = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    /** What to do with a byte: nothing, look closer, or write this letter behind a backslash. */
    private static final byte[] WHAT = new byte[256];

    private static final byte CONTROL = 1;
    private static final byte LEAD = 2;

    static {
        for (int control = 0; control < ' '; control++) {
            WHAT[control] = CONTROL;
        }
        WHAT['\b'] = 'b';
        WHAT['\f'] = 'f';
        WHAT['\n'] = 'n';
        WHAT['\r'] = 'r';
        WHAT['\t'] = 't';
        WHAT['"'] = '"';
        WHAT['\\'] = '\\';
        WHAT[0xe2] = LEAD; // of U+2000 to U+2FFF
        WHAT[0xed] = LEAD; // of surrogates, among others
        WHAT[0xef] = LEAD; // of U+F000 to U+FFFF
    }

    private Escapes() {}

    /** Appends a string, quoted, whose content is in UTF-8 or {@link Wtf8}. */
    static void quote(byte[] content, int from, int to, Text out) {
        out.one('"');
        int plain = from;
        int at = from;
        while (at < to) {
            byte what = WHAT[content[at] & 0xff];
            if (what == 0) {
                at++;
                continue;
            }
            if (what == LEAD) {
                if (at + 3 > to || !mustBeEscaped(unit(content, at))) {
                    at++;
                    continue;
                }
                out.raw(content, plain, at);
                unicode(unit(content, at), out);
                at += 3;
            } else {
                out.raw(content, plain, at);
                if (what == CONTROL) {
                    unicode(content[at], out);
                } else {
                    out.two('\\', what);
                }
                at++;
            }
            plain = at;
        }
        out.raw(content, plain, to).one('"');
    }

    /** The character of three bytes. */
    private static int unit(byte[] bytes, int at) {
        return (bytes[at] & 0xf) << 12 | (bytes[at + 1] & 0x3f) << 6 | bytes[at + 2] & 0x3f;
    }

    private static boolean mustBeEscaped(int unit) {
        return unit >= 0x200c && unit <= 0x200f
                || unit >= 0x2028 && unit <= 0x202f
                || unit >= 0x2060 && unit <= 0x206f
                || unit >= 0xd800 && unit <= 0xdfff
                || unit >= 0xfff0;
    }

    private static void unicode(int unit, Text out) {
        out.two('\\', 'u');
        out.two(HEX[unit >> 12 & 0xf], HEX[unit >> 8 & 0xf]);
        out.two(HEX[unit >> 4 & 0xf], HEX[unit & 0xf]);
    }

    /**
     * Appends a frame as a string of JavaScript. Control characters are escaped in it already.
     *
     * @param inHtml whether it is inside a script element, which nothing in it may end
     */
    static void quoteFrame(Text frame, boolean inHtml, Text out) {
        out.one('"');
        byte[] bytes = frame.bytes();
        int plain = 0;
        for (int at = 0; at < frame.length(); at++) {
            byte next = bytes[at];
            if (next == '"' || next == '\\') {
                out.raw(bytes, plain, at).one('\\');
                plain = at;
            } else if (next == '<' && inHtml) {
                out.raw(bytes, plain, at);
                unicode('<', out);
                plain = at + 1;
            }
        }
        out.raw(bytes, plain, frame.length()).one('"');
    }

    /** Appends a frame for a client that decodes it as if it were a URI. */
    static void percent(Text frame, Text out) {
        byte[] bytes = frame.bytes();
        int plain = 0;
        for (int at = 0; at < frame.length(); at++) {
            if (bytes[at] == '%') {
                out.raw(bytes, plain, at).ascii("%25");
                plain = at + 1;
            }
        }
        out.raw(bytes, plain, frame.length());
    }
}
