package io.snorky.sync;

import java.util.ArrayList;
import java.util.List;

/**
 * A JSON Pointer (RFC 6901).
 *
 * @param segments of the path, without escapes; none for the whole document
 */
record Pointer(String text, List<String> segments) {

    /** Adds a member's name to the text of a pointer. */
    static void append(String name, StringBuilder path) {
        path.append('/');
        for (int i = 0; i < name.length(); i++) {
            switch (name.charAt(i)) {
                case '~' -> path.append("~0");
                case '/' -> path.append("~1");
                default -> path.append(name.charAt(i));
            }
        }
    }

    /**
     * @throws IllegalArgumentException if it is none, saying what would be right
     */
    static Pointer parse(String text) {
        if (text.isEmpty()) {
            return new Pointer(text, List.of());
        }
        if (text.charAt(0) != '/') {
            throw new IllegalArgumentException("expected: a path that begins with \"/\"");
        }
        List<String> segments = new ArrayList<>();
        for (String segment : text.substring(1).split("/", -1)) {
            segments.add(unescape(segment));
        }
        return new Pointer(text, List.copyOf(segments));
    }

    private static String unescape(String segment) {
        for (int at = segment.indexOf('~'); at >= 0; at = segment.indexOf('~', at + 1)) {
            char next = at + 1 < segment.length() ? segment.charAt(at + 1) : ' ';
            if (next != '0' && next != '1') {
                throw new IllegalArgumentException("expected: \"~0\" for ~ and \"~1\" for /");
            }
        }
        return segment.replace("~1", "/").replace("~0", "~");
    }

    static Pointer of(List<String> segments) {
        return new Pointer(text(segments), List.copyOf(segments));
    }

    static String text(List<String> segments) {
        var text = new StringBuilder();
        segments.forEach(segment -> append(segment, text));
        return text.toString();
    }

    /** The text of the pointer to another element of the same list. */
    String sibling(int index) {
        return text.substring(0, text.lastIndexOf('/') + 1) + index;
    }

    boolean isRoot() {
        return segments.isEmpty();
    }

    /** Whether it leads to something inside of what the other leads to. */
    boolean isInside(Pointer other) {
        return segments.size() > other.segments.size()
                && segments.subList(0, other.segments.size()).equals(other.segments);
    }
}
