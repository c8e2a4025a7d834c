package io.snorky.server.jwt;

import io.snorky.ConfigurationException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keys of an address, fetched when somebody needs them, in a thread of its own.
 *
 * <p>Threads: any. What is known is one immutable value, replaced by the only fetch that runs; the
 * lock guards whether one may begin, and is not held while it runs.
 */
final class FetchedKeys extends JwtKeys {

    /** From the start of a fetch to that of the next, at least, whatever is asked for. */
    static final Duration PAUSE = Duration.ofSeconds(30);

    /**
     * @param maxAge when that has passed, newer ones are fetched; when it has passed twice, they
     *     are waited for
     */
    private record Known(KeyRing ring, Instant since, Duration maxAge) {

        boolean isYoungerThan(int ages, Instant now) {
            return now.isBefore(since.plus(maxAge.multipliedBy(ages)));
        }
    }

    private static final Logger LOG = System.getLogger(FetchedKeys.class.getName());

    private final JwksRequest request;
    private final KeyRing none;
    private volatile @Nullable Known known;

    private final ReentrantLock beginning = new ReentrantLock();
    private @Nullable Instant begun;
    private CompletableFuture<Void> fetch = CompletableFuture.completedFuture(null);

    /** In a row. Belongs to the fetch that runs. */
    private int failures;

    FetchedKeys(JwksRequest request) {
        this.request = request;
        none = new KeyRing(request.toString(), List.of());
    }

    @Override
    void prepare(Instant now) {
        fetch(now);
    }

    @Override
    KeyRing ring(Instant now) {
        Known current = known;
        if (current == null || !current.isYoungerThan(1, now)) {
            CompletableFuture<Void> newer = fetch(now);
            if (current == null || !current.isYoungerThan(2, now)) {
                await(newer);
            }
        }
        return knownRing();
    }

    @Override
    KeyRing newerRing(Instant now) {
        await(fetch(now));
        return knownRing();
    }

    private KeyRing knownRing() {
        Known current = known;
        return current == null ? none : current.ring;
    }

    /** The fetch that runs, or a new one if it is time for it, or the last. */
    private CompletableFuture<Void> fetch(Instant now) {
        beginning.lock();
        try {
            if (fetch.isDone() && mayBegin(now)) {
                begun = now;
                var next = new CompletableFuture<Void>();
                fetch = next;
                Thread.ofVirtual().name("snorky-jwks").start(() -> run(next, now));
            }
            return fetch;
        } finally {
            beginning.unlock();
        }
    }

    /** Also if the clock has been put back. */
    private boolean mayBegin(Instant now) {
        return begun == null || now.isBefore(begun) || !now.isBefore(begun.plus(PAUSE));
    }

    private void run(CompletableFuture<Void> done, Instant now) {
        try {
            JwksRequest.Answer answer = request.send();
            KeyRing ring = Jwks.read("jwks", request.toString(), answer.body());
            succeeded(new Known(ring, now, answer.maxAge()));
        } catch (IOException | RuntimeException e) {
            failed(e);
        } finally {
            done.complete(null);
        }
    }

    private void succeeded(Known fetched) {
        if (failures > 0 || !fetched.ring.equals(knownRing())) {
            RingLog.tell(LOG, fetched.ring);
        }
        failures = 0;
        known = fetched;
    }

    /** Says so the first time, the second, the fourth, the eighth … */
    private void failed(Exception why) {
        failures++;
        if (Integer.bitCount(failures) == 1) {
            KeyRing kept = knownRing();
            String problem =
                    why instanceof ConfigurationException e
                            ? String.join("; ", e.problems())
                            : String.valueOf(why.getMessage());
            int count = failures;
            LOG.log(
                    Level.WARNING,
                    () ->
                            (kept.keys().isEmpty() ? "Still " : "Keeping the ")
                                    + kept
                                    + "; newer ones could not be fetched, attempts so far: "
                                    + count
                                    + "; the last: "
                                    + problem);
        }
    }

    private static void await(CompletableFuture<Void> fetch) {
        try {
            fetch.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // what is known has to do
        } catch (ExecutionException e) {
            throw new AssertionError("fetches do not fail but are done", e);
        }
    }

    @Override
    String source() {
        return request.toString();
    }
}
