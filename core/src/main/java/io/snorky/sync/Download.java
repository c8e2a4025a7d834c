package io.snorky.sync;

/**
 * Something that a browser is to save.
 *
 * @param filename what it is to be called; any text, which browsers make a safe name of
 */
public record Download(String filename, DownloadSource source) {}
