package io.snorky.json;

/**
 * A JSON value that has been written already.
 *
 * <p>Threads: immutable, if its bytes are left alone.
 */
public final class JsonText {

    private final byte[] utf8;
    private final int from;
    private final int count;

    /** A part of an array, which is not copied and must not change any more. */
    public JsonText(byte[] utf8, int from, int count) {
        this.utf8 = utf8;
        this.from = from;
        this.count = count;
    }

    /** What has been written to a writer so far. */
    public static JsonText of(JsonWriter writer) {
        byte[] utf8 = writer.toBytes();
        return new JsonText(utf8, 0, utf8.length);
    }

    JsonWriter writeTo(JsonWriter out) {
        return out.raw(utf8, from, count);
    }
}
