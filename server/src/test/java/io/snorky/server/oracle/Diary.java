package io.snorky.server.oracle;

import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * What a page went through lately, to be told when something is wrong.
 *
 * <p>Threads: one writes, any read.
 */
final class Diary {

    private static final int LINES = 60;

    private final Run run;
    private final Deque<String> lines = new ConcurrentLinkedDeque<>();

    Diary(Run run) {
        this.run = run;
    }

    void note(String line) {
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        lines.addLast(run.time() + " " + line);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
