package io.snorky;

import io.snorky.json.JsonException;
import io.snorky.json.JsonWriter;
import io.snorky.json.Wtf8;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/**
 * One JSON value on its way to clients, already encoded: however many clients get it, it is encoded
 * once.
 *
 * <p>Threads: immutable, shared freely.
 */
public final class Message {

    private static final Object NO_KIND = new Object();

    private final byte[] utf8;
    private final Overflow overflow;
    private final Object kind;
    private final long offset;
    private final boolean unhurried;
    private final byte @Nullable [] bytes;

    private Message(
            byte[] utf8,
            Overflow overflow,
            Object kind,
            long offset,
            boolean unhurried,
            byte @Nullable [] bytes) {
        this.utf8 = utf8;
        this.bytes = bytes;
        this.overflow = overflow;
        this.kind = kind;
        this.offset = offset;
        this.unhurried = unhurried;
    }

    /**
     * The envelope {@code {"service": service, "message": value}}.
     *
     * @param value null, a {@code JsonNode}, string, number, boolean, or what Jackson can turn into
     *     JSON: records, lists, maps and so on
     * @throws JsonException if it cannot be said in JSON
     */
    public static Message of(String service, @Nullable Object value) {
        return ofJson(
                new JsonWriter()
                        .raw("{\"service\":")
                        .string(service)
                        .raw(",\"message\":")
                        .value(value)
                        .raw("}")
                        .toBytes());
    }

    /**
     * A message from its finished text.
     *
     * @param utf8 JSON in UTF-8, which is neither checked nor copied and must not change any more
     */
    public static Message ofJson(byte[] utf8) {
        return new Message(utf8, Overflow.CLOSE, NO_KIND, 0, false, null);
    }

    /**
     * The same message, for which something else than {@link Overflow#CLOSE} is right.
     *
     * @param newOverflow not {@link Overflow#LAG}, which {@link #inLog} is for
     * @param newKind what {@link Overflow} compares: messages whose kinds are equal are of one
     *     kind. It belongs to the service that sends, such as one of its own objects
     */
    public Message with(Overflow newOverflow, Object newKind) {
        if (newOverflow == Overflow.LAG) {
            throw new IllegalArgumentException("overflow: LAG (expected: another, or inLog)");
        }
        return new Message(utf8, newOverflow, newKind, 0, unhurried, bytes);
    }

    /**
     * The same message as part of a log that clients can read it from: {@link Overflow#LAG} is
     * right for it. Only clients whose {@link io.snorky.transport.LogReader} follows that log get
     * it.
     *
     * @param log what its readers know it by
     * @param newOffset of the log's entry; several messages may tell of one entry, in a row
     */
    public Message inLog(Object log, long newOffset) {
        return new Message(utf8, Overflow.LAG, log, newOffset, unhurried, bytes);
    }

    /**
     * The same message, which may wait for what else there is for its client, as long as a frame of
     * a screen lasts: it goes out after 16 ms at most, and never after something that was sent
     * later. For what changes faster than anybody looks.
     */
    public Message unhurried() {
        return new Message(utf8, overflow, kind, offset, true, bytes);
    }

    /**
     * The same message with bytes that follow it in a frame of their own, and nothing between the
     * two. For clients that {@link Client#takesBytes take} them, and no others.
     *
     * @param newBytes neither copied nor to be changed any more
     */
    public Message followedBy(byte[] newBytes) {
        return new Message(utf8, overflow, kind, offset, unhurried, newBytes);
    }

    /** A text that need not be JSON, for clients of a {@link ConnectionHandler}. */
    public static Message ofText(String text) {
        return ofJson(Wtf8.encode(text));
    }

    /** The JSON text in UTF-8. It is shared: do not change it. */
    public byte[] utf8() {
        return utf8;
    }

    /** The bytes that follow it, null if there are none. They are shared: do not change them. */
    public byte @Nullable [] bytes() {
        return bytes;
    }

    /** What to do with it if a client cannot take it. */
    public Overflow overflow() {
        return overflow;
    }

    /** What {@link #overflow} compares. */
    public Object kind() {
        return kind;
    }

    /** Where it is in its log; 0 if it is of none. */
    public long offset() {
        return offset;
    }

    /** Whether it may wait a little. */
    public boolean isUnhurried() {
        return unhurried;
    }

    /** The text. */
    @Override
    public String toString() {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
