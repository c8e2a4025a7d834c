package io.snorky.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory of a process is in the machine's. */
final class ResidentMemory {

    private ResidentMemory() {}

    static long bytes(long pid) {
        try {
            Path status = Path.of("/proc/" + pid + "/status");
            return 1024 * (Files.exists(status) ? ofLinux(status) : ofPs(pid));
        } catch (IOException e) {
            throw new LoadException("memory of process " + pid + ": cannot be read", e);
        }
    }

    private static long ofLinux(Path status) throws IOException {
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    private static long ofPs(long pid) throws IOException {
        var ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
        try (var output = ps.inputReader()) {
            String line = output.readLine();
            return line == null ? 0 : Long.parseLong(line.strip());
        }
    }
}
