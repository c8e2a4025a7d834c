package io.snorky.examples.demo;

import io.snorky.server.StaticFiles;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The page that lists the examples, and the addresses it shows.
 *
 * <p>Threads: any; the list of examples is replaced in one step.
 */
final class ExamplePages implements StaticFiles {

    /** One example, as the page shows it. */
    record Example(String name, String title, String description, String url, String source) {}

    private record Listing(List<Example> examples) {}

    private final StaticFiles files =
            StaticFiles.onClassPath(
                    ExamplePages.class.getClassLoader(), "io/snorky/examples/demo/web");
    private volatile List<Example> examples = List.of();

    void show(List<Example> newExamples) {
        examples = List.copyOf(newExamples);
    }

    @Override
    public Optional<byte[]> read(String path) throws IOException {
        return path.equals("demo.json")
                ? Optional.of(JsonMapper.shared().writeValueAsBytes(new Listing(examples)))
                : files.read(path);
    }
}
