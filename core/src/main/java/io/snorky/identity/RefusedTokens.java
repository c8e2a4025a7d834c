package io.snorky.identity;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Tells operators of tokens that were refused: each is counted, and a bounded number of them are
 * logged.
 *
 * <p>Threads: any. In the moment in which one second ends and the next begins, a line more or less
 * may be written.
 */
public final class RefusedTokens {

    private static final Logger LOG = System.getLogger(RefusedTokens.class.getName());
    private static final int LINES_A_SECOND = 10;
    private static final long SECOND = 1_000_000_000;

    private final LongSupplier nanoClock;
    private final LongAdder count = new LongAdder();
    private final AtomicLong second;
    private final AtomicInteger lines = new AtomicInteger();
    private final AtomicLong unsaid = new AtomicLong();

    /** None so far. */
    public RefusedTokens() {
        this(System::nanoTime);
    }

    /**
     * @param nanoClock what {@link System#nanoTime} is to others
     */
    public RefusedTokens(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        second = new AtomicLong(nanoClock.getAsLong());
    }

    /** One more. */
    public void add(SocketAddress peer, TokenRefusedException why) {
        count.increment();
        if (!mayBeLogged()) {
            unsaid.incrementAndGet();
            return;
        }
        long others = unsaid.getAndSet(0);
        String more = others == 0 ? "" : " (and " + others + " that were not logged)";
        LOG.log(Level.WARNING, () -> "Refused a token of " + peer + ": " + why.getMessage() + more);
    }

    private boolean mayBeLogged() {
        long now = nanoClock.getAsLong();
        long began = second.get();
        if (now - began >= SECOND && second.compareAndSet(began, now)) {
            lines.set(0);
        }
        return lines.incrementAndGet() <= LINES_A_SECOND;
    }

    /** So many until now. */
    public long count() {
        return count.sum();
    }
}
