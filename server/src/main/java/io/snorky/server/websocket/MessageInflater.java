package io.snorky.server.websocket;

import io.netty.util.concurrent.FastThreadLocal;
import io.snorky.CloseReason;

import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Restores compressed messages (RFC 7692, section 7.2.2). No message refers to an earlier one, so
 * all connections of an event loop share one of these.
 *
 * <p>Threads: one for each event loop.
 */
final class MessageInflater {

    private static final FastThreadLocal<MessageInflater> OF_THIS_LOOP =
            new FastThreadLocal<>() {
                @Override
                protected MessageInflater initialValue() {
                    return new MessageInflater();
                }

                @Override
                protected void onRemoval(MessageInflater inflater) {
                    inflater.inflater.end();
                }
            };

    /** As RFC 6455, section 7.4.1, has it: data that is not consistent with its type. */
    private static final CloseReason BROKEN = new CloseReason(1007, "Compressed message is broken");

    /**
     * What the sender took away from the end, and then an empty last block: a message that was cut
     * off does not come to an end with it.
     */
    private static final byte[] TAIL = {0, 0, -1, -1, 1, 0, 0, -1, -1};

    /** Each costs about a microsecond, for as little as two bytes. */
    private static final int MAX_LAST_BLOCKS = 64;

    private static final int KEPT_BYTES = 64 * 1024;
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    private final Inflater inflater = new Inflater(true);
    private final byte[] kept = new byte[KEPT_BYTES];
    private byte[] output = kept;
    private int length;
    private int lastBlocks;

    private MessageInflater() {}

    static MessageInflater ofThisLoop() {
        return OF_THIS_LOOP.get();
    }

    /** The bytes of the last message; valid until {@link #inflate} is called again. */
    byte[] output() {
        return output;
    }

    /** How many they are. */
    int length() {
        return length;
    }

    /** Forgets the last message. */
    void release() {
        output = kept;
    }

    /**
     * Restores a message.
     *
     * @param maxBytes that it may have; no more are ever restored
     * @return what was wrong with it
     */
    Optional<CloseReason> inflate(byte[] compressed, int compressedLength, int maxBytes) {
        output = kept;
        length = 0;
        lastBlocks = 0;
        inflater.reset();
        int bound = (int) Math.min(maxBytes + 1L, MAX_ARRAY);
        try {
            if (!inflateAll(compressed, compressedLength, bound)
                    || !inflateAll(TAIL, TAIL.length, bound)) {
                return Optional.of(length == bound ? CloseReason.TOO_BIG : BROKEN);
            }
            return inflater.finished() && inflater.getRemaining() == 0
                    ? Optional.empty()
                    : Optional.of(BROKEN);
        } catch (DataFormatException e) {
            return Optional.of(BROKEN);
        }
    }

    /**
     * @return false if there are too many bytes, or too many streams
     */
    private boolean inflateAll(byte[] input, int end, int bound) throws DataFormatException {
        inflater.setInput(input, 0, end);
        while (true) {
            if (length == output.length) {
                output = Arrays.copyOf(output, (int) Math.min(bound, 2L * length));
            }
            int room = Math.min(output.length, bound) - length;
            int inflated = inflater.inflate(output, length, room);
            length += inflated;
            if (length == bound) {
                return false;
            }
            int rest = inflater.getRemaining();
            if (inflater.finished() && rest > 0) {
                if (++lastBlocks > MAX_LAST_BLOCKS) {
                    return false;
                }
                inflater.reset(); // another stream follows (RFC 7692, section 7.2.3.4)
                inflater.setInput(input, end - rest, rest);
            } else if (inflated == 0) {
                return true;
            }
        }
    }
}
