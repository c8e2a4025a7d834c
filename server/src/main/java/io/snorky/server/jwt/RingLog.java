package io.snorky.server.jwt;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Tells operators which keys there are. */
final class RingLog {

    private RingLog() {}

    static void tell(Logger log, KeyRing ring) {
        log.log(Level.INFO, () -> "Verifying tokens with " + ring);
        for (String each : ring.ignored()) {
            log.log(Level.WARNING, () -> "Ignoring, of " + ring.source() + ", " + each);
        }
    }
}
