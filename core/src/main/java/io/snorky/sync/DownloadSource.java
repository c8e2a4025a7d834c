package io.snorky.sync;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Where the content of a download comes from. It is opened once at most: when a browser comes for
 * it.
 *
 * <p>Threads: a virtual thread; it may block. What reads is interrupted if the browser goes away.
 */
@FunctionalInterface
public interface DownloadSource {

    /**
     * The content, which is read to its end and closed.
     *
     * @throws IOException if there is none; it is logged, and the browser gets none either
     */
    InputStream open() throws IOException;

    /**
     * How many bytes it is, which browsers need to show how far they are. Asked before {@link
     * #open}; no more are read, and fewer are a failure.
     *
     * @return empty if that is not known, which is the default
     */
    default OptionalLong length() throws IOException {
        return OptionalLong.empty();
    }

    /** A file, as it is when the browser comes for it. */
    static DownloadSource of(Path file) {
        return new DownloadSource() {
            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }

            @Override
            public OptionalLong length() throws IOException {
                return OptionalLong.of(Files.size(file));
            }
        };
    }

    /**
     * Bytes in memory.
     *
     * @param content neither copied nor to be changed any more
     */
    static DownloadSource of(byte[] content) {
        return new DownloadSource() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(content);
            }

            @Override
            public OptionalLong length() {
                return OptionalLong.of(content.length);
            }
        };
    }
}
