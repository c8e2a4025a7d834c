package io.snorky.benchmarks.load;

import java.util.EnumMap;
import java.util.List;

/**
 * Viewers of a synced object of 10,000 items that come all at once, on a server to which as many
 * have come before.
 */
record SyncedOpening(int viewers) implements Scenario {

    private static final long POLL_NANOS = 5_000_000;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double BYTES_PER_MB = 1 << 20;

    @Override
    public String title() {
        return "%,d viewers of 10,000 items come at once; per viewer".formatted(viewers);
    }

    @Override
    public List<Peer> peers(List<Peer> chosen) {
        return List.of(Peer.SYNCED);
    }

    @Override
    public boolean needsNewServer() {
        return true;
    }

    @Override
    public Figures run(ServerProcess server, Dialect dialect, Timing timing) {
        for (int i = 0; i < 3; i++) {
            try (var loop = new Loop(server.port(), dialect)) {
                new SyncedRoom(loop, viewers).awaitState();
            }
        }
        var figures = new EnumMap<Figure, Double>(Figure.class);
        figures.put(Figure.HEAP_MB, server.collect() / BYTES_PER_MB);
        figures.put(Figure.RESIDENT_MB, server.residentBytes() / BYTES_PER_MB);
        try (var loop = new Loop(server.port(), dialect)) {
            var stopwatch = new Stopwatch(server);
            var room = new SyncedRoom(loop, viewers);
            long resident = server.residentBytes();
            while (room.received() < viewers) {
                loop.poll(POLL_NANOS);
                resident = Math.max(resident, server.residentBytes());
            }
            room.awaitState();
            figures.put(Figure.OPEN_MILLIS, stopwatch.elapsedNanos() / NANOS_PER_MILLI);
            figures.put(Figure.OPEN_CPU_MICROS, stopwatch.cpuNanos() / 1e3 / viewers);
            figures.put(Figure.MESSAGE_BYTES, (double) room.bytes() / room.received());
            figures.put(Figure.PEAK_HEAP_MB, server.peakHeap() / BYTES_PER_MB);
            figures.put(Figure.PEAK_RESIDENT_MB, resident / BYTES_PER_MB);
            return new Figures(figures);
        }
    }
}
