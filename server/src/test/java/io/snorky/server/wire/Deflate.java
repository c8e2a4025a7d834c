package io.snorky.server.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterOutputStream;

/** What a client that agreed on permessage-deflate sends and understands (RFC 7692). */
public final class Deflate {

    /** In the first byte of a frame: its message is compressed. */
    public static final int COMPRESSED = 0x40;

    private static final byte[] TAIL = {0, 0, -1, -1};

    private Deflate() {}

    /** The payload of a compressed message, made in the usual way. */
    public static byte[] compress(byte[] text) {
        return compress(new Deflater(Deflater.DEFAULT_COMPRESSION, true), text);
    }

    /**
     * The payload of a compressed message, of several blocks if the text comes in several parts.
     */
    public static byte[] compress(Deflater deflater, byte[]... text) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(bytes, deflater, true)) {
            for (byte[] part : text) {
                out.write(part);
                out.flush();
            }
            byte[] flushed = bytes.toByteArray();
            return Arrays.copyOf(flushed, flushed.length - TAIL.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A complete stream, whose last block says that it is the last. */
    public static byte[] stream(byte[] text) {
        var bytes = new ByteArrayOutputStream();
        try (var out =
                new DeflaterOutputStream(bytes, new Deflater(Deflater.DEFAULT_COMPRESSION, true))) {
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** What a compressed message says. */
    public static byte[] restore(byte[] payload) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new InflaterOutputStream(bytes, new Inflater(true))) {
            out.write(Frame.join(payload, TAIL));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A frame with a compressed text. */
    public static byte[] text(byte[] payload) {
        return Frame.bytes(Frame.FIN | COMPRESSED | Frame.TEXT, payload);
    }
}
