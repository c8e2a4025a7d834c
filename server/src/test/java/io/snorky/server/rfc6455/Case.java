package io.snorky.server.rfc6455;

import io.snorky.server.wire.Frame;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a client sends and what it hears.
 *
 * @param isCompressed whether the connection agreed on permessage-deflate
 * @param sent frames, or what stands in their place
 * @param heard all that is heard; the connection goes on unless it ends with a close frame
 */
record Case(String name, boolean isCompressed, List<byte[]> sent, List<Heard> heard) {

    /** A frame that is heard, decompressed if it was compressed. */
    record Heard(int opcode, String text) {}

    static Case of(String name) {
        return new Case(name, false, List.of(), List.of());
    }

    Case compressed() {
        return new Case(name, true, sent, heard);
    }

    Case sends(byte[]... frames) {
        return new Case(name, isCompressed, with(sent, Arrays.asList(frames)), heard);
    }

    Case sends(List<byte[]> frames) {
        return new Case(name, isCompressed, with(sent, frames), heard);
    }

    Case hears(String text) {
        return hears(Frame.TEXT, text);
    }

    Case hearsPong(byte[] payload) {
        return hears(Frame.PONG, new String(payload, StandardCharsets.ISO_8859_1));
    }

    /** The connection ends, with this code. */
    Case ends(int code) {
        return hears(Frame.CLOSE, Integer.toString(code));
    }

    private Case hears(int opcode, String text) {
        var more = with(heard, List.of(new Heard(opcode, text)));
        return new Case(name, isCompressed, sent, more);
    }

    private static <T> List<T> with(List<T> before, List<T> more) {
        List<T> all = new ArrayList<>(before);
        all.addAll(more);
        return all;
    }

    boolean ends() {
        return !heard.isEmpty() && heard.get(heard.size() - 1).opcode() == Frame.CLOSE;
    }

    @Override
    public String toString() {
        return name;
    }
}
