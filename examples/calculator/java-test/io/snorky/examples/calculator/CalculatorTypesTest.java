package io.snorky.examples.calculator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page is compiled against the types that its service has now. */
class CalculatorTypesTest {

    @Test
    void the_page_has_the_types_of_the_service() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process types =
                new ProcessBuilder(
                                java,
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.snorky.server.cli.SnorkyCli",
                                "types",
                                CalculatorService.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String written = new String(types.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(types.waitFor()).isZero();
        assertThat(written)
                .isEqualTo(Files.readString(Path.of("calculator/web/calculator.types.ts")));
    }
}
