package io.snorky.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where static files come from.
 *
 * <p>Threads: any; reading may block.
 */
@FunctionalInterface
public interface StaticFiles {

    /**
     * A file's content.
     *
     * @param path relative, of plain segments separated by {@code /}: none is empty or starts with
     *     a dot
     * @return empty if there is no such file
     */
    Optional<byte[]> read(String path) throws IOException;

    /** The files below a directory. Changes show at once. Links that lead out of it are refused. */
    static StaticFiles inDirectory(Path directory) {
        return path -> {
            Path file = directory.resolve(path);
            if (!Files.isRegularFile(file)
                    || !file.toRealPath().startsWith(directory.toRealPath())) {
                return Optional.empty();
            }
            return Optional.of(Files.readAllBytes(file));
        };
    }

    /**
     * The resources below a package of the class path.
     *
     * @param folder as {@code com/example/pages}
     */
    static StaticFiles onClassPath(ClassLoader loader, String folder) {
        return path -> {
            URL resource = loader.getResource(folder + "/" + path);
            if (resource == null || isFolder(resource)) {
                return Optional.empty();
            }
            try (InputStream in = resource.openStream()) {
                return Optional.of(in.readAllBytes());
            }
        };
    }

    /** A class loader hands folders out too: as a list of files, or empty. */
    private static boolean isFolder(URL resource) throws IOException {
        if (resource.getProtocol().equals("file")) {
            return Files.isDirectory(Path.of(URI.create(resource.toString())));
        }
        return resource.openConnection() instanceof JarURLConnection jar
                && jar.getJarEntry().isDirectory();
    }
}
