package io.snorky.benchmarks.load;

import org.HdrHistogram.Histogram;

/** Keeps some requests in flight on one connection. Answers come in the order of the requests. */
final class Caller implements Listener {

    private final MessageTemplate template;
    private final Histogram latency;
    private final long[] sentNanos;
    private long sent;
    private long answered;
    private boolean stopped;

    Caller(MessageTemplate template, int inFlight, Histogram latency) {
        this.template = template;
        this.latency = latency;
        sentNanos = new long[inFlight];
    }

    long answered() {
        return answered;
    }

    boolean isIdle() {
        return sent == answered;
    }

    /** Asks for no more. */
    void stop() {
        stopped = true;
    }

    /** Asks as much as may be on its way at once. */
    void call(Connection connection) {
        int count = stopped ? 0 : (int) (sentNanos.length - (sent - answered));
        if (count > 0) {
            long now = System.nanoTime();
            for (int i = 0; i < count; i++) {
                sentNanos[(int) (sent++ % sentNanos.length)] = now;
            }
            connection.send(template.frames(count));
        }
    }

    @Override
    public void message(Connection connection, byte[] payload, long length) {
        if (answered == sent) {
            throw new LoadException("answer: one too many (expected: " + sent + ")");
        }
        long asked = sentNanos[(int) (answered++ % sentNanos.length)];
        latency.recordValue(Math.max(0, System.nanoTime() - asked));
    }

    @Override
    public void paused(Connection connection) {
        call(connection);
    }
}
