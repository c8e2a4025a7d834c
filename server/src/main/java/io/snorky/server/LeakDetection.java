package io.snorky.server;

import io.netty.util.ResourceLeakDetector;

/**
 * Netty's search for buffers that were never released. It takes a stack trace for one in 128, which
 * shows in the cost of a call, so it is off unless asked for.
 */
final class LeakDetection {

    private static final String[] PROPERTIES = {
        "io.netty.leakDetection.level",
        "io.netty.leakDetectionLevel",
        "io.netty.noResourceLeakDetection"
    };

    private LeakDetection() {}

    /** Turns it off, unless a system property says how it shall be, or a program has said so. */
    static void offUnlessAskedFor() {
        for (String property : PROPERTIES) {
            if (System.getProperty(property) != null) {
                return;
            }
        }
        if (ResourceLeakDetector.getLevel() == ResourceLeakDetector.Level.SIMPLE) {
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        }
    }
}
