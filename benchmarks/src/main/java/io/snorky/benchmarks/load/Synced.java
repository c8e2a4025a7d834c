package io.snorky.benchmarks.load;

import java.util.List;
import java.util.Map;

/**
 * A synced object of 10,000 items that changes, and the same number of messages of the same length
 * by PubSub. In the end each viewer must have what the server has.
 */
record Synced(int viewers, int perSecond) implements Scenario {

    /** What makes a message of PubSub as long as a patch is on average. */
    private static final int PAYLOAD_BYTES = 52;

    @Override
    public String title() {
        return "%d changes a second of 10,000 items, %,d viewers; per delivery"
                .formatted(perSecond, viewers);
    }

    @Override
    public List<Peer> peers(List<Peer> chosen) {
        return List.of(Peer.SYNCED, Peer.PUBSUB);
    }

    @Override
    public Figures run(ServerProcess server, Dialect dialect, Timing timing) {
        return dialect.equals(Dialect.SYNCED)
                ? synced(server, dialect, timing)
                : published(server, dialect.withPayload(PAYLOAD_BYTES), timing);
    }

    private Figures synced(ServerProcess server, Dialect dialect, Timing timing) {
        try (var loop = new Loop(server.port(), dialect)) {
            var room = new SyncedRoom(loop, viewers);
            room.awaitState();
            room.round(timing.warmUp(), perSecond, room.viewers());

            var stopwatch = new Stopwatch(server);
            long before = room.received();
            long bytesBefore = room.bytes();
            long conflatedBefore = room.conflated();
            room.round(timing.measured(), perSecond, room.viewers());
            long received = room.received() - before;
            var figures = stopwatch.figures(received, room.latency());
            double conflated = room.conflated() - conflatedBefore;
            figures.put(Figure.CONFLATED_PERCENT, 100 * conflated / received);

            room.check();
            return with(figures, (double) (room.bytes() - bytesBefore) / received);
        }
    }

    private Figures published(ServerProcess server, Dialect dialect, Timing timing) {
        try (var loop = new Loop(server.port(), dialect)) {
            var room = new Room(loop, viewers, Room.SAMPLES);
            Pace pace = Pace.perSecond(perSecond);
            pace.runUntil(System.nanoTime() + timing.warmUp().toNanos(), room, loop);

            var stopwatch = new Stopwatch(server);
            long before = room.received();
            long bytesBefore = room.bytes();
            room.measure(true);
            pace.runUntil(System.nanoTime() + timing.measured().toNanos(), room, loop);
            room.measure(false);
            long received = room.received() - before;
            var figures = stopwatch.figures(received, room.latency());

            room.awaitAll();
            return with(figures, (double) (room.bytes() - bytesBefore) / received);
        }
    }

    private static Figures with(Map<Figure, Double> figures, double messageBytes) {
        figures.put(Figure.MESSAGE_BYTES, messageBytes);
        return new Figures(figures);
    }
}
