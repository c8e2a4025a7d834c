package io.snorky.benchmarks.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;

/**
 * The process that started this server. It reads {@code ready PORT NAME} from it, {@code heap
 * BYTES} whenever it has written {@code collect}, and {@code peak BYTES} whenever it has written
 * {@code peak}; when it closes the pipe or ends, so does the server.
 */
public final class Parent {

    private Parent() {}

    /**
     * Says that the server serves, and does what it is told to until the parent has gone.
     *
     * @param name of what serves, with its version
     */
    public static void obey(int port, String name) throws IOException {
        System.out.println("ready " + port + " " + name);
        var orders =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            switch (order) {
                case "collect" -> System.out.println("heap " + usedHeap());
                case "peak" -> System.out.println("peak " + peakHeap());
                default -> {}
            }
        }
    }

    private static long usedHeap() {
        var runtime = Runtime.getRuntime();
        for (int i = 0; i < 2; i++) {
            System.gc();
        }
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Since the last collection that was asked for, garbage included; at most that. */
    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }
}
