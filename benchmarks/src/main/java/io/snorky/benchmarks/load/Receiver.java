package io.snorky.benchmarks.load;

import org.jspecify.annotations.Nullable;

/**
 * One subscriber of a {@link Room}. A sampled one reads each message: its number must be the next,
 * so that nothing is missed and nothing comes twice.
 */
final class Receiver implements Listener {

    private static final long UNKNOWN = -1;

    private final Room room;
    private final boolean sampled;
    private long next;
    private @Nullable Connection connection;

    private Receiver(Room room, boolean sampled, long next) {
        this.room = room;
        this.sampled = sampled;
        this.next = next;
    }

    /** One that is there before anything is published. */
    static Receiver ofAll(Room room, boolean sampled) {
        return new Receiver(room, sampled, 0);
    }

    /** One that comes later and is sampled: it gets all messages from its first on. */
    static Receiver latecomer(Room room) {
        return new Receiver(room, true, UNKNOWN);
    }

    void open(Loop loop) {
        connection = loop.connect(loop.dialect().greetingAndJoining(), this);
    }

    /** The number of the message that must come next; negative if none has come yet. */
    long next() {
        return next;
    }

    void stall() {
        if (connection != null) {
            connection.stall();
        }
    }

    void cut() {
        if (connection != null) {
            connection.cut();
        }
    }

    @Override
    public boolean reads() {
        return sampled;
    }

    @Override
    public void message(Connection from, byte[] payload, long length) {
        if (sampled) {
            read(Stamp.read(payload, length));
        }
        room.delivered(next++, length);
    }

    private void read(Stamp stamp) {
        if (next == UNKNOWN) {
            next = stamp.number();
        }
        if (stamp.number() != next) {
            throw new LoadException(
                    "message: number " + stamp.number() + " (expected: " + next + ")");
        }
        room.sampled(stamp);
    }

    @Override
    public void closed(Connection from, String reason) {
        room.lost(this, reason);
    }
}
