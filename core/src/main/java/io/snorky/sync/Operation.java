package io.snorky.sync;

import io.snorky.json.JsonWriter;

import org.jspecify.annotations.Nullable;

/**
 * One operation of a patch on its way to a client.
 *
 * @param isElement whether it adds an element to a list or removes one, so that others move
 * @param value a frozen value; null for one that removes
 */
record Operation(Kind kind, String path, boolean isElement, @Nullable Object value) {

    enum Kind {
        ADD("add"),
        REPLACE("replace"),
        REMOVE("remove");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
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
