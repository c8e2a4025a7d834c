package io.snorky.datasync;

/**
 * A delta in a log. What is sent of it is kept with it, so that it is encoded once for all who read
 * it now or later.
 *
 * <p>Threads: any.
 */
public final class LogEntry {

    private final long offset;
    private final Delta delta;
    private final DeltaMessages messages;

    /**
     * @param offset more than zero, and one more than that of the entry before
     */
    public LogEntry(long offset, Delta delta) {
        this.offset = offset;
        this.delta = delta;
        this.messages = new DeltaMessages();
    }

    /** Its place in the log. */
    public long offset() {
        return offset;
    }

    /** What has changed. */
    public Delta delta() {
        return delta;
    }

    DeltaMessages messages() {
        return messages;
    }

    @Override
    public String toString() {
        return offset + ": " + delta;
    }
}
