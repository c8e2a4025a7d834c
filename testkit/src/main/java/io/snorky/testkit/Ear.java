package io.snorky.testkit;

import io.snorky.CloseReason;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What one client has heard, and what of it the test has looked at.
 *
 * <p>Threads: any; a lock guards all of it and is not held while others' code runs.
 */
final class Ear {

    private static final int SHOWN = 50;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final List<Heard> all = new ArrayList<>();
    private final TreeMap<Integer, Heard> untaken = new TreeMap<>();
    private final Map<Integer, Call> unanswered = new HashMap<>();
    private final Map<Integer, Call> unseen = new HashMap<>();
    private @Nullable CloseReason closed;
    private Runnable whenClosed = () -> {};
    private Duration patience = Duration.ofSeconds(10);
    private String name = "a client";

    // --- What happens

    void hear(String text) {
        guarded(() -> {
            Heard heard = new Heard(this, all.size() + 1, text);
            all.add(heard);
            Call call = unanswered.get(heard.callId());
            if (call != null && call.takes(heard)) {
                unanswered.remove(heard.callId());
                unseen.put(heard.number(), call);
            }
            untaken.put(heard.number(), heard);
            change.signalAll();
            return heard;
        });
    }

    void asked(Call call) {
        guarded(() -> unanswered.put(call.id(), call));
    }

    void close(CloseReason reason) {
        Runnable told =
                guarded(() -> {
                    if (closed != null) {
                        return () -> {};
                    }
                    closed = reason;
                    change.signalAll();
                    return whenClosed;
                });
        told.run();
    }

    void whenClosed(Runnable task) {
        boolean isTooLate =
                guarded(() -> {
                    whenClosed = task;
                    return closed != null;
                });
        if (isTooLate) {
            task.run();
        }
    }

    // --- What the test looks at

    /** The first thing not yet taken that is wanted; null if none comes in time. */
    @Nullable Heard take(Predicate<Heard> wanted) {
        return guarded(() -> {
            var found = new ArrayList<Heard>(1);
            await(() -> {
                firstOf(wanted, found);
                return !found.isEmpty();
            });
            if (found.isEmpty()) {
                return null;
            }
            forget(found.getFirst());
            return found.getFirst();
        });
    }

    private void firstOf(Predicate<Heard> wanted, List<Heard> found) {
        for (Heard heard : untaken.values()) {
            if (wanted.test(heard)) {
                found.add(heard);
                return;
            }
        }
    }

    private void forget(Heard heard) {
        untaken.remove(heard.number());
        unseen.remove(heard.number());
    }

    /** All that is not yet taken, without waiting. */
    List<Heard> takeAll() {
        return guarded(() -> {
            List<Heard> rest = List.copyOf(untaken.values());
            untaken.clear();
            unseen.clear();
            return rest;
        });
    }

    /** What came although nobody asked for it, and refusals that nobody has looked at. */
    List<Heard> surprises() {
        return guarded(() ->
                untaken.values().stream()
                        .filter(heard -> isNews(heard) || isRefusal(heard))
                        .toList());
    }

    /** Whether it is something else than the answer to a call. */
    boolean isNews(Heard heard) {
        return guarded(() -> !unseen.containsKey(heard.number()));
    }

    private static boolean isRefusal(Heard heard) {
        return heard.message().path("type").asString("").equals("error");
    }

    /** The answer to a call; null if none comes in time. */
    @Nullable Heard answerTo(Call call) {
        return guarded(() -> {
            await(() -> call.answered() != null);
            Heard answer = call.answered();
            if (answer != null) {
                forget(answer);
            }
            return answer;
        });
    }

    /** Why it was closed; null if it is not, in time. */
    @Nullable CloseReason awaitClosed() {
        return guarded(() -> {
            await(() -> closed != null);
            return closed;
        });
    }

    @Nullable CloseReason closed() {
        return guarded(() -> closed);
    }

    private void await(BooleanSupplier condition) {
        long left = patience.toNanos();
        try {
            while (!condition.getAsBoolean() && left > 0) {
                left = change.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // --- What it says when something is not as it should be

    void name(String newName) {
        guarded(() -> name = newName);
    }

    String name() {
        return guarded(() -> name);
    }

    Duration patience() {
        return guarded(() -> patience);
    }

    void patience(Duration newPatience) {
        guarded(() -> patience = newPatience);
    }

    /** What the client does not do, what was expected and what came instead, and all it heard. */
    AssertionError failure(String problem, String... details) {
        var text = new StringBuilder(name()).append(' ').append(problem);
        for (String detail : details) {
            text.append("\n  ").append(Json.withSingleQuotes(detail));
        }
        return new AssertionError(text.append('\n').append(report()).toString());
    }

    private String report() {
        return guarded(() -> {
            var text = new StringBuilder("Everything it has heard");
            text.append(all.isEmpty() ? ": nothing" : ", * not yet looked at:");
            int skipped = Math.max(0, all.size() - SHOWN);
            if (skipped > 0) {
                text.append("\n  … ").append(skipped).append(" more");
            }
            for (Heard heard : all.subList(skipped, all.size())) {
                text.append(untaken.containsKey(heard.number()) ? "\n* " : "\n  ").append(heard);
            }
            for (Call call : unanswered.values()) {
                text.append("\nNot answered: ").append(call);
            }
            if (closed != null) {
                text.append("\nClosed with ").append(closed.code()).append(' ');
                text.append(closed.text());
            }
            return text.toString();
        });
    }

    private <T extends @Nullable Object> T guarded(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
