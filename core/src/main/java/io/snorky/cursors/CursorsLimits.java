package io.snorky.cursors;

/**
 * Bounds of a Cursors service; each more than zero.
 *
 * @param documentsPerClient documents that one client may have joined
 * @param cursorsPerDocument cursors of one document, whoever owns them; at most 65,536
 * @param keyCharacters of the JSON text of a document or of a private handle, about
 * @param cursorBytes of a notification about one cursor, as JSON
 */
public record CursorsLimits(
        int documentsPerClient, int cursorsPerDocument, int keyCharacters, int cursorBytes) {

    static final int PUBLIC_HANDLES = 1 << 16;

    /** 1,000 documents a client, 10,000 cursors a document, 1,024 characters, 16,384 bytes. */
    public static final CursorsLimits DEFAULT = new CursorsLimits(1_000, 10_000, 1_024, 16_384);

    public CursorsLimits {
        require("documentsPerClient", documentsPerClient, Integer.MAX_VALUE);
        require("cursorsPerDocument", cursorsPerDocument, PUBLIC_HANDLES);
        require("keyCharacters", keyCharacters, Integer.MAX_VALUE);
        require("cursorBytes", cursorBytes, Integer.MAX_VALUE);
    }

    private static void require(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    name + ": " + value + " (expected: 1 to " + most + ")");
        }
    }
}
