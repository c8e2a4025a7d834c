package io.snorky.server.proxy;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** What a trusted proxy wrote and cannot be understood gets a line in the log, for the curious. */
final class Unintelligible {

    private static final Logger LOG = System.getLogger(Unintelligible.class.getName());

    private static final int SHOWN = 80;

    private Unintelligible() {}

    /**
     * @return what was understood, as it is
     */
    static <T> Optional<T> noted(String header, String element, Optional<T> understood) {
        if (understood.isEmpty()) {
            LOG.log(Level.DEBUG, () -> "Ignored of a proxy: " + header + ": " + cut(element));
        }
        return understood;
    }

    private static String cut(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
