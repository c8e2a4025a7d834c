package io.snorky.sync;

import io.snorky.json.JsonWriter;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * One operation of a patch on its way to a client.
 *
 * @param isElement whether it adds an element to a list or removes one, so that others move
 * @param value a frozen value; null for one that removes
 * @param instead what it does at once, step by step, if it stands for more than one; else nothing
 */
record Operation(
        Kind kind,
        String path,
        boolean isElement,
        @Nullable Object value,
        List<Operation> instead) {

    enum Kind {
        ADD("add"),
        REPLACE("replace"),
        REMOVE("remove");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    Operation(Kind kind, String path, boolean isElement, @Nullable Object value) {
        this(kind, path, isElement, value, List.of());
    }

    private static final long OVERHEAD = "{'op':'replace','path':'','value':},".length();

    /** Bytes that one takes besides its value, about. */
    static long overhead(int pathLength) {
        return OVERHEAD + pathLength;
    }

    void write(JsonWriter out) {
        out.raw("{\"op\":\"").raw(kind.text).raw("\",\"path\":").string(path);
        if (kind != Kind.REMOVE) {
            out.raw(",\"value\":");
            Forms.write(value, out);
        }
        out.raw("}");
    }
}
