package io.snorky;

import java.time.Duration;

/** What becomes of a peer that wants to connect. */
public sealed interface Verdict {

    /** It may connect, and nothing is known about it. */
    Admitted ANONYMOUS = new Anonymous();

    /** It may connect. */
    sealed interface Admitted extends Verdict {}

    /** It has proved who it is. */
    record Identified(Identification who) implements Admitted {}

    /** It may connect without saying who it is. */
    record Anonymous() implements Admitted {}

    /**
     * It has to prove who it is by its first message, before it may do anything else.
     *
     * @param within how long it may take for that
     */
    record TokenFirst(Duration within) implements Admitted {

        public TokenFirst {
            if (!within.isPositive()) {
                throw new IllegalArgumentException(
                        "within: " + within + " (expected: more than zero)");
            }
        }
    }

    /**
     * It may not connect.
     *
     * @param reason it is told, together with the code of {@link CloseReason#NOT_AUTHENTICATED}; at
     *     most 123 bytes in UTF-8
     */
    record Refused(String reason) implements Verdict {

        /** Without a word that helps who has no right to be let in. */
        public Refused() {
            this(CloseReason.NOT_AUTHENTICATED.text());
        }

        /** What the peer hears at the end. */
        public CloseReason closeReason() {
            return new CloseReason(CloseReason.NOT_AUTHENTICATED.code(), reason);
        }
    }
}
