package io.snorky.server.jwt;

import io.snorky.ConfigurationException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keys of a file, which is looked at for each token and read when it has changed.
 *
 * <p>Threads: any. What is known is one immutable value; the lock is held by who replaces it.
 */
final class FileKeys extends JwtKeys {

    /** Makes keys of what a file holds. */
    @FunctionalInterface
    interface Format {

        /**
         * @param what the file is called in problems
         * @throws ConfigurationException if there is no key to be used
         */
        KeyRing read(String what, String source, byte[] content);
    }

    /** Tells that a file has changed. */
    private record Stamp(FileTime modified, long bytes, @Nullable Object file) {

        static Stamp of(Path file) {
            try {
                var seen = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(seen.lastModifiedTime(), seen.size(), seen.fileKey());
            } catch (IOException e) {
                return new Stamp(FileTime.fromMillis(0), -1, null);
            }
        }
    }

    private record Known(Stamp stamp, KeyRing ring) {}

    private static final Logger LOG = System.getLogger(FileKeys.class.getName());

    private static final int MAX_BYTES = 1 << 20;

    private final String what;
    private final Path file;
    private final Format format;
    private final ReentrantLock replacing = new ReentrantLock();
    private volatile Known known;

    /**
     * @param what the file is called in problems
     * @throws ConfigurationException if it holds no key to be used
     */
    FileKeys(String what, Path file, Format format) {
        this.what = what;
        this.file = file;
        this.format = format;
        Stamp stamp = Stamp.of(file); // before it is read: what changes meanwhile is read again
        known = new Known(stamp, read());
    }

    @Override
    void prepare(Instant now) {}

    @Override
    KeyRing ring(Instant now) {
        if (!Stamp.of(file).equals(known.stamp)) {
            replacing.lock();
            try {
                readAgain();
            } finally {
                replacing.unlock();
            }
        }
        return known.ring;
    }

    @Override
    KeyRing newerRing(Instant now) {
        return ring(now);
    }

    private void readAgain() {
        Stamp stamp = Stamp.of(file);
        if (stamp.equals(known.stamp)) {
            return; // somebody else was first
        }
        KeyRing ring = known.ring;
        try {
            ring = read();
        } catch (ConfigurationException e) {
            String problems = String.join("; ", e.problems());
            LOG.log(Level.WARNING, () -> "Keeping the " + known.ring + ": " + problems);
        }
        known = new Known(stamp, ring);
    }

    private KeyRing read() {
        try (InputStream in = Files.newInputStream(file)) {
            KeyRing ring = format.read(what, file.toString(), in.readNBytes(MAX_BYTES));
            RingLog.tell(LOG, ring);
            return ring;
        } catch (IOException e) {
            String problem = what + ": " + file + " (expected: a file that can be read): " + e;
            throw new ConfigurationException("JWT", List.of(problem));
        }
    }

    @Override
    String source() {
        return file.toString();
    }
}
