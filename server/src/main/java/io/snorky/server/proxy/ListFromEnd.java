package io.snorky.server.proxy;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The elements of a header that is a list, the last one first. Commas in quotes do not separate.
 *
 * <p>Threads: one at a time.
 */
final class ListFromEnd implements Iterator<String> {

    private final List<String> lines;
    private int line;
    private int end = -1;

    /**
     * @param lines the header's values, in the order of the head
     */
    ListFromEnd(List<String> lines) {
        this.lines = lines;
        line = lines.size();
    }

    @Override
    public boolean hasNext() {
        return end >= 0 || line > 0;
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (end < 0) {
            line--;
            end = lines.get(line).length();
        }
        String text = lines.get(line);
        int start = startOfElement(text, end);
        String element = text.substring(start, end).strip();
        end = start - 1;
        return element;
    }

    private static int startOfElement(String text, int end) {
        boolean quoted = false;
        for (int i = end - 1; i >= 0; i--) {
            char c = text.charAt(i);
            if (c == '"' && !isEscaped(text, i)) {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                return i + 1;
            }
        }
        return 0;
    }

    private static boolean isEscaped(String text, int index) {
        int first = index;
        while (first > 0 && text.charAt(first - 1) == '\\') {
            first--;
        }
        return (index - first) % 2 == 1;
    }
}
