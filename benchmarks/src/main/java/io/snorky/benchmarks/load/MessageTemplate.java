package io.snorky.benchmarks.load;

import java.nio.ByteBuffer;

/**
 * A message that is sent again and again, as frames that are ready but for their stamps.
 *
 * <p>Threads: one at a time.
 */
final class MessageTemplate {

    /** Frames that are sent at once, at most. */
    static final int MOST = 1024;

    private final Wire wire;
    private final ByteBuffer frames;
    private final int frameLength;
    private final int header;
    private final int stampIndex;

    /**
     * @param text with a blank stamp, or without any
     */
    MessageTemplate(Wire wire, String text) {
        this.wire = wire;
        String payload = wire.payload(text);
        byte[] frame = wire.frame(payload);
        frameLength = frame.length;
        header = frame.length - payload.length();
        stampIndex = payload.indexOf(Stamp.BLANK) + 2;
        frames = ByteBuffer.allocateDirect(MOST * frameLength);
        for (int i = 0; i < MOST; i++) {
            frames.put(frame);
        }
    }

    /** Some frames as they are. They are one buffer, shared by all calls. */
    ByteBuffer frames(int count) {
        return frames.clear().limit(count * frameLength);
    }

    /** The same with stamps: numbers that go up by one, and times that go up by a step. */
    ByteBuffer frames(int count, long number, long nanos, long stepNanos) {
        for (int i = 0; i < count; i++) {
            frames.clear();
            new Stamp(number + i, nanos + i * stepNanos)
                    .write(wire, frames, i * frameLength + header + stampIndex, stampIndex);
        }
        return frames(count);
    }
}
