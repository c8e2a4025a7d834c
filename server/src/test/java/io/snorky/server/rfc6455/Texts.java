package io.snorky.server.rfc6455;

import io.snorky.server.wire.Deflate;
import io.snorky.server.wire.Echo;
import io.snorky.server.wire.Frame;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Messages to be echoed, and how they are cut into fragments. */
final class Texts {

    /** The first byte of a message's first frame, if others follow. */
    static final int STARTS_TEXT = Frame.TEXT;

    static final int TEXT = Frame.FIN | Frame.TEXT;
    static final int BINARY = Frame.FIN | Frame.BINARY;
    static final int GOES_ON = Frame.CONTINUATION;
    static final int ENDS = Frame.FIN | Frame.CONTINUATION;
    static final int PING = Frame.FIN | Frame.PING;
    static final int PONG = Frame.FIN | Frame.PONG;
    static final int CLOSE = Frame.FIN | Frame.CLOSE;
    static final int COMPRESSED = Deflate.COMPRESSED;

    static final byte[] NOTHING = {};

    private static final int ENVELOPE_BYTES = Echo.of("\"\"").length();

    private Texts() {}

    /** A message that says something. */
    static String saying(String text) {
        return Echo.of('"' + text + '"');
    }

    /** A message of so many bytes. */
    static String ofBytes(int length) {
        return saying("*".repeat(length - ENVELOPE_BYTES));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] hex(String bytes) {
        return HexFormat.of().parseHex(bytes);
    }

    /** A message that says these bytes, whatever they are. */
    static byte[] sayingBytes(byte[] bytes) {
        byte[] envelope = utf8(saying(""));
        int middle = envelope.length - 2;
        return Frame.join(
                Arrays.copyOf(envelope, middle),
                bytes,
                Arrays.copyOfRange(envelope, middle, envelope.length));
    }

    /** A message in fragments of so many bytes. */
    static List<byte[]> fragments(int firstByte, byte[] message, int size) {
        List<byte[]> frames = new ArrayList<>();
        for (int at = 0; at < message.length; at += size) {
            int end = Math.min(message.length, at + size);
            int first = at == 0 ? firstByte & ~Frame.FIN : Frame.CONTINUATION;
            int last = end == message.length ? Frame.FIN : 0;
            frames.add(Frame.bytes(first | last, Arrays.copyOfRange(message, at, end)));
        }
        return frames;
    }
}
