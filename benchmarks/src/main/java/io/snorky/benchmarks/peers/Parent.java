package io.snorky.benchmarks.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The process that started this server. It reads {@code ready PORT NAME} from it, and {@code heap
 * BYTES} whenever it has written {@code collect}; when it closes the pipe or ends, so does the
 * server.
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
            if (order.equals("collect")) {
                System.out.println("heap " + usedHeap());
            }
        }
    }

    private static long usedHeap() {
        var runtime = Runtime.getRuntime();
        for (int i = 0; i < 2; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
