package io.snorky.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The states that viewers have been told of, counted: the newest one, a few before it, from which
 * who has fallen behind goes on, and what was done between more of them, over which a client's
 * patch can be moved.
 *
 * <p>Threads: any. The lock is held for moments only, so that event loops may ask.
 */
final class Revisions {

    private static final int MAX_STATES = 16;
    private static final int TRACES_PER_STEP = 8;

    /** A state and its number. */
    record State(long revision, Snapshot snapshot) {}

    /** What led to a revision. */
    private record Step(long revision, List<Trace> traces) {}

    private final ReentrantLock lock = new ReentrantLock(); // guards what follows
    private final Deque<State> states = new ArrayDeque<>();
    private final Deque<Step> steps = new ArrayDeque<>();
    private final int maxSteps;
    private int traces;

    /**
     * @param maxSteps over which a client's patch can be moved, unless they are large
     */
    Revisions(Snapshot first, int maxSteps) {
        this.maxSteps = maxSteps;
        states.add(new State(1, first));
    }

    State newest() {
        lock.lock();
        try {
            return states.getLast();
        } finally {
            lock.unlock();
        }
    }

    /** The state of a revision, if it is still here. */
    Optional<Snapshot> at(long revision) {
        lock.lock();
        try {
            return states.stream()
                    .filter(state -> state.revision == revision)
                    .findFirst()
                    .map(State::snapshot);
        } finally {
            lock.unlock();
        }
    }

    /**
     * One more.
     *
     * @param done what leads from the one before to this one
     */
    void add(State next, List<Operation> done) {
        lock.lock();
        try {
            var step = new Step(next.revision, done.stream().flatMap(Trace::of).toList());
            steps.add(step);
            traces += step.traces.size();
            while (steps.size() > maxSteps || traces > maxSteps * TRACES_PER_STEP) {
                traces -= steps.remove().traces.size();
            }
            states.add(next);
            if (states.size() > MAX_STATES) {
                states.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    /** One more, of which nobody knows how it came about: nothing of the past is of any use. */
    void begin(State next) {
        lock.lock();
        try {
            steps.clear();
            traces = 0;
            states.clear();
            states.add(next);
        } finally {
            lock.unlock();
        }
    }

    /** The same state, said otherwise. */
    void put(Snapshot same) {
        lock.lock();
        try {
            states.add(new State(states.removeLast().revision, same));
        } finally {
            lock.unlock();
        }
    }

    /**
     * What was done after a revision, in order.
     *
     * @return empty if that is not known any more, or there is no such revision yet
     */
    Optional<List<Trace>> since(long revision) {
        lock.lock();
        try {
            long newest = states.getLast().revision;
            long oldest = newest - steps.size();
            if (revision < oldest || revision > newest) {
                return Optional.empty();
            }
            List<Trace> since = new ArrayList<>();
            for (Step step : steps) {
                if (step.revision > revision) {
                    since.addAll(step.traces);
                }
            }
            return Optional.of(since);
        } finally {
            lock.unlock();
        }
    }
}
