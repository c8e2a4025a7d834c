package io.snorky.benchmarks.load;

/** Publishes in a {@link Room}, closed-loop or at a rate. */
final class Pace {

    private static final long POLL_NANOS = 20_000_000;

    private final int inFlight;
    private final double perSecond;
    private final long start = System.nanoTime();
    private long due;

    private Pace(int inFlight, double perSecond) {
        this.inFlight = inFlight;
        this.perSecond = perSecond;
    }

    /** A new message as soon as one has reached everybody. */
    static Pace inFlight(int messages) {
        return new Pace(messages, 0);
    }

    /**
     * So many messages a second, whatever becomes of them. Each bears the time at which it was due,
     * so that what a slow server delays is not overlooked.
     */
    static Pace perSecond(double messages) {
        return new Pace(0, messages);
    }

    /** Publishes and receives until a time, as {@link System#nanoTime}. */
    void runUntil(long end, Room room, Loop loop) {
        while (System.nanoTime() < end) {
            if (perSecond == 0) {
                room.fill(inFlight);
                loop.poll(POLL_NANOS);
            } else {
                publishDue(room);
                loop.poll(Math.min(timeOf(due) - System.nanoTime(), POLL_NANOS));
            }
        }
    }

    private void publishDue(Room room) {
        long dueNow = (long) ((System.nanoTime() - start) * perSecond / 1e9) + 1;
        while (due < dueNow) {
            int count = (int) Math.min(dueNow - due, MessageTemplate.MOST);
            room.publish(count, timeOf(due), (long) (1e9 / perSecond));
            due += count;
        }
    }

    private long timeOf(long message) {
        return start + (long) (message * 1e9 / perSecond);
    }
}
