package io.snorky.sync;

import java.time.Duration;

/**
 * Bounds for browsers, all more than zero. How long a message may be, and how much may wait to be
 * sent, is up to the endpoint.
 *
 * @param idleTimeout after which a session ends that nobody is connected to
 * @param handshakeTimeout in which a browser has to say whose session it wants
 * @param maxSessions of one {@link SyncSessions}
 * @param maxIdLength characters of a user's or a session's id
 * @param maxNesting levels of objects and arrays in what a browser says
 * @param maxPatchOperations in one patch of a browser
 * @param maxDownloadBytes of a file that goes out in an event, in base64, with all else that waits
 *     for a browser; for larger ones it is told where to fetch them
 */
public record SyncLimits(
        Duration idleTimeout,
        Duration handshakeTimeout,
        int maxSessions,
        int maxIdLength,
        int maxNesting,
        int maxPatchOperations,
        int maxDownloadBytes) {

    /** 30 min, 10 s, 100,000 sessions, 128 characters, 64 levels, 10,000 operations, 256 KiB. */
    public static final SyncLimits DEFAULT =
            new SyncLimits(
                    Duration.ofMinutes(30),
                    Duration.ofSeconds(10),
                    100_000,
                    128,
                    64,
                    10_000,
                    256 << 10);

    public SyncLimits {
        if (!idleTimeout.isPositive() || !handshakeTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "idleTimeout, handshakeTimeout: "
                            + idleTimeout
                            + ", "
                            + handshakeTimeout
                            + " (expected: more than zero)");
        }
        for (int each :
                new int[] {
                    maxSessions, maxIdLength, maxNesting, maxPatchOperations, maxDownloadBytes
                }) {
            if (each < 1) {
                throw new IllegalArgumentException("limits: " + each + " (expected: 1 or more)");
            }
        }
    }

    /** The same with another idle timeout. */
    public SyncLimits withIdleTimeout(Duration timeout) {
        return new SyncLimits(
                timeout,
                handshakeTimeout,
                maxSessions,
                maxIdLength,
                maxNesting,
                maxPatchOperations,
                maxDownloadBytes);
    }

    /** The same with another bound for sessions. */
    public SyncLimits withMaxSessions(int sessions) {
        return new SyncLimits(
                idleTimeout,
                handshakeTimeout,
                sessions,
                maxIdLength,
                maxNesting,
                maxPatchOperations,
                maxDownloadBytes);
    }

    /** The same with another bound for operations. */
    public SyncLimits withMaxPatchOperations(int operations) {
        return new SyncLimits(
                idleTimeout,
                handshakeTimeout,
                maxSessions,
                maxIdLength,
                maxNesting,
                operations,
                maxDownloadBytes);
    }

    /** The same with another bound for files in events. */
    public SyncLimits withMaxDownloadBytes(int bytes) {
        return new SyncLimits(
                idleTimeout,
                handshakeTimeout,
                maxSessions,
                maxIdLength,
                maxNesting,
                maxPatchOperations,
                bytes);
    }
}
