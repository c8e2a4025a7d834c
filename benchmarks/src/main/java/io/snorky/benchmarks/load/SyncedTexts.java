package io.snorky.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All that viewers have been told, so that what many are told is parsed once. Texts are the same if
 * all their bytes are.
 *
 * <p>Threads: that of the {@link Loop}.
 */
final class SyncedTexts {

    /**
     * A text, and the revision that it is to be applied to: that of the viewer who got it first.
     */
    static final class Known {

        private static final long UNKNOWN = -1;

        private final byte[] utf8;
        private final SyncedText text;
        private long base = UNKNOWN;

        private Known(byte[] utf8) {
            this.utf8 = utf8;
            text = SyncedText.parse(utf8);
        }

        SyncedText text() {
            return text;
        }

        /**
         * A viewer applies it.
         *
         * @param revision that the viewer has
         * @throws LoadException if it cannot be the right one, so that one of two viewers has lost
         *     something, or got it twice or too early
         */
        void apply(long revision) {
            if (text.isState()) {
                return;
            }
            if (base == UNKNOWN) {
                base = revision;
            }
            if (base != revision || text.revision() <= revision) {
                throw new LoadException(
                        "patch to %d: at a viewer who has %d (expected: %d, as at others)"
                                .formatted(text.revision(), revision, base));
            }
        }

        private boolean equals(byte[] payload, int length) {
            return Arrays.equals(utf8, 0, utf8.length, payload, 0, length);
        }
    }

    private static final byte[] REVISION = "\"v\":".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD = 64;

    private final Map<Long, List<Known>> byRevision = new HashMap<>();

    /** What a message says. */
    Known read(byte[] payload, int length) {
        List<Known> candidates =
                byRevision.computeIfAbsent(revision(payload, length), r -> new ArrayList<>(1));
        for (Known candidate : candidates) {
            if (candidate.equals(payload, length)) {
                return candidate;
            }
        }
        var known = new Known(Arrays.copyOf(payload, length));
        candidates.add(known);
        return known;
    }

    /** Only to find candidates; 0 if there is none. */
    private static long revision(byte[] payload, int length) {
        int end = Math.min(length, HEAD) - REVISION.length;
        for (int i = 0; i < end; i++) {
            if (Arrays.equals(payload, i, i + REVISION.length, REVISION, 0, REVISION.length)) {
                long revision = 0;
                for (int at = i + REVISION.length; Character.isDigit(payload[at]); at++) {
                    revision = 10 * revision + payload[at] - '0';
                }
                return revision;
            }
        }
        return 0;
    }
}
