package io.snorky.sync;

import io.snorky.Message;
import io.snorky.Scheduler;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What browsers were told to fetch, each by a token that nobody else knows and that is good once.
 * An endpoint answers them; applications have no use for it.
 *
 * <p>Threads: any. The lock is held for moments.
 */
public final class Downloads {

    /** What comes before the token in an address, which is relative to the endpoint. */
    public static final String PATH = "download/";

    /** How long a browser may take to come for it. */
    static final Duration LIFETIME = Duration.ofMinutes(1);

    /** What may wait for the browsers of a session; beyond, the oldest goes. */
    static final int PER_SESSION = 16;

    private static final int TOKEN_BYTES = 24;
    private static final Logger LOG = System.getLogger(Downloads.class.getName());

    private record Offer(SyncSession session, Download download, Scheduler.Timer expiry) {}

    private final Scheduler scheduler;
    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock lock = new ReentrantLock(); // guards what follows
    private final Map<String, Offer> offers = new HashMap<>();
    private final Map<SyncSession, Deque<String>> tokens = new HashMap<>(); // the oldest first

    Downloads(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** What has a token, if it is still there and not taken. */
    public Optional<Download> look(String token) {
        lock.lock();
        try {
            return Optional.ofNullable(offers.get(token)).map(Offer::download);
        } finally {
            lock.unlock();
        }
    }

    /** The same, and it is taken. */
    public Optional<Download> take(String token) {
        lock.lock();
        try {
            return Optional.ofNullable(remove(token)).map(Offer::download);
        } finally {
            lock.unlock();
        }
    }

    /** Tells one browser of a file that comes with the event itself. */
    static Message event(String filename, byte[] content) {
        return event(filename, "data", Base64.getEncoder().encodeToString(content));
    }

    /** Tells one browser of a file that it has to come for. */
    Message event(SyncSession session, Download download) {
        return event(download.filename(), "url", PATH + offer(session, download));
    }

    private static Message event(String filename, String member, String value) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("filename", filename);
        data.put(member, value);
        return Frames.event("_DOWNLOAD", data);
    }

    private String offer(SyncSession session, Download download) {
        byte[] secret = new byte[TOKEN_BYTES];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        Scheduler.Timer expiry = scheduler.schedule(LIFETIME, () -> take(token));
        lock.lock();
        try {
            offers.put(token, new Offer(session, download, expiry));
            Deque<String> own = tokens.computeIfAbsent(session, absent -> new ArrayDeque<>());
            own.add(token);
            if (own.size() > PER_SESSION) {
                remove(own.element());
                LOG.log(Level.INFO, "{0}: a download that nobody came for is dropped", session);
            }
        } finally {
            lock.unlock();
        }
        return token;
    }

    /** With the lock. */
    private @Nullable Offer remove(String token) {
        Offer offer = offers.remove(token);
        if (offer != null) {
            offer.expiry.cancel();
            Deque<String> own = tokens.get(offer.session);
            if (own != null && own.remove(token) && own.isEmpty()) {
                tokens.remove(offer.session);
            }
        }
        return offer;
    }

    /** What a session had to offer is gone with it. */
    void forget(SyncSession session) {
        lock.lock();
        try {
            Deque<String> own = tokens.get(session);
            while (own != null && !own.isEmpty()) {
                remove(own.element());
            }
        } finally {
            lock.unlock();
        }
    }
}
