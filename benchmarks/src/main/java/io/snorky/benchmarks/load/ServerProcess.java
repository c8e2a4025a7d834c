package io.snorky.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own, which says {@code ready PORT NAME} when it serves, answers
 * {@code collect} with {@code heap BYTES}, if in Java also {@code peak} with {@code peak BYTES},
 * and ends when its standard input does.
 */
final class ServerProcess implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path errors;
    private final BufferedReader output;
    private final Writer input;
    private final int port;
    private final String title;

    private ServerProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        output = process.inputReader();
        input = process.outputWriter();
        String[] ready = answer("ready").split(" ", 2);
        port = Integer.parseInt(ready[0]);
        title = ready[1];
    }

    /**
     * Starts a server and waits until it serves.
     *
     * @throws LoadException if it does not
     */
    static ServerProcess start(List<String> command) {
        try {
            Path errors = Files.createTempFile("snorky-bench-", ".log");
            errors.toFile().deleteOnExit();
            var process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
            return new ServerProcess(process, errors);
        } catch (IOException e) {
            throw new LoadException("missing: " + e.getMessage(), e);
        }
    }

    int port() {
        return port;
    }

    /** What it calls itself, with its version. */
    String title() {
        return title;
    }

    /** The time that all its threads have worked so far. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    long residentBytes() {
        return ResidentMemory.bytes(process.pid());
    }

    /** Has it collect its garbage. Returns the bytes on its heap then. */
    long collect() {
        return ask("collect", "heap");
    }

    /** The most bytes on the heap since the last {@link #collect}, garbage included. */
    long peakHeap() {
        return ask("peak", "peak");
    }

    private long ask(String order, String answer) {
        try {
            input.write(order + "\n");
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Long.parseLong(answer(answer));
    }

    /** The rest of the next line that begins with a word. */
    private String answer(String word) {
        try {
            return CompletableFuture.supplyAsync(() -> readLine(word + " "))
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            process.destroyForcibly();
            throw new LoadException("server: has not said \"" + word + "\"; " + lastError(), e);
        }
    }

    private String readLine(String start) {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(start)) {
                    return line.substring(start.length());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new LoadException("it has ended");
    }

    private String lastError() {
        try {
            return Files.readAllLines(errors).stream()
                    .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                    .reduce((earlier, later) -> later)
                    .orElse("no word on why");
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        try {
            input.close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Files.deleteIfExists(errors);
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
