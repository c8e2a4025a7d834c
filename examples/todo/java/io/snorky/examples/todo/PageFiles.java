package io.snorky.examples.todo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the built page lies: beside the classes, or in a folder. */
public sealed interface PageFiles {

    /**
     * The file of this name.
     *
     * @param name such as {@code index.html}, without a slash
     */
    Optional<byte[]> read(String name) throws IOException;

    /** The page that was packed together with this application. */
    record Packed() implements PageFiles {
        @Override
        public Optional<byte[]> read(String name) throws IOException {
            try (InputStream file = PageFiles.class.getResourceAsStream("web/" + name)) {
                return file == null ? Optional.empty() : Optional.of(file.readAllBytes());
            }
        }
    }

    /** The page in this folder, read anew with each request. */
    record Folder(Path path) implements PageFiles {
        @Override
        public Optional<byte[]> read(String name) throws IOException {
            Path file = path.resolve(name);
            return Files.isRegularFile(file)
                    ? Optional.of(Files.readAllBytes(file))
                    : Optional.empty();
        }
    }
}
