package io.snorky.examples.notes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page is compiled against the types that its synced objects have now. */
class NotesTypesTest {

    @ParameterizedTest
    @CsvSource({"Notes, notes.types.ts", "Visitors, visitors.types.ts"})
    void the_page_has_the_types_of_the_object(String name, String file)
            throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process types =
                new ProcessBuilder(
                                java,
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.snorky.server.cli.SnorkyCli",
                                "types",
                                "io.snorky.examples.notes." + name)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String written = new String(types.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(types.waitFor()).isZero();
        assertThat(written).isEqualTo(Files.readString(Path.of("notes/web", file)));
    }
}
