package io.snorky.server.oracle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What became of each row lately, to be told when something is wrong.
 *
 * <p>Threads: any.
 */
final class History {

    private static final int REMEMBERED = 12;

    private record Key(Model model, long id) {}

    private static final class Past {
        private final Deque<String> lines = new ArrayDeque<>();
        private long newestPublished;

        private synchronized void add(String line) {
            if (lines.size() == REMEMBERED) {
                lines.removeFirst();
            }
            lines.addLast(line);
        }

        /** Whether a later change was published before. */
        private synchronized boolean published(long revision) {
            boolean late = revision < newestPublished;
            newestPublished = Math.max(newestPublished, revision);
            return late;
        }

        private synchronized List<String> lines() {
            return new ArrayList<>(lines);
        }
    }

    private final Run run;
    private final Map<Key, Past> rows = new ConcurrentHashMap<>();

    History(Run run) {
        this.run = run;
    }

    private Past of(Model model, long id) {
        return rows.computeIfAbsent(new Key(model, id), key -> new Past());
    }

    void committed(Change change) {
        of(change.model(), change.id())
                .add(run.time() + " committed " + change.type() + " to " + change.revision());
    }

    /**
     * @return whether it comes after a later change
     */
    boolean published(Change change) {
        Past past = of(change.model(), change.id());
        past.add(run.time() + " published " + change.type() + " to " + change.revision());
        return past.published(change.revision());
    }

    List<String> of(Query query, long id) {
        return of(query.model(), id).lines();
    }
}
