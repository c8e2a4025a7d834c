package io.snorky.sync;

import io.snorky.Message;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of events that have an id, so that who sends one again, not knowing whether it
 * arrived, has it done once. The last ones only.
 *
 * <p>Threads: the session's turn.
 */
final class Outcomes {

    private static final int MAX = 1024;

    /** How an event ended. */
    sealed interface Outcome {

        /** It was done. */
        record Done() implements Outcome {}

        /** It was refused, by this. */
        record Refused(Message answer) implements Outcome {}
    }

    static final Outcome DONE = new Outcome.Done();

    private final Map<String, Outcome> outcomes = new LinkedHashMap<>();

    @Nullable Outcome of(String id) {
        return outcomes.get(id);
    }

    void put(String id, Outcome outcome) {
        outcomes.put(id, outcome);
        if (outcomes.size() > MAX) {
            outcomes.remove(outcomes.keySet().iterator().next());
        }
    }
}
