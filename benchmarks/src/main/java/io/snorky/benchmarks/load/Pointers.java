package io.snorky.benchmarks.load;

import io.snorky.benchmarks.load.Dialect.Step;

import org.HdrHistogram.Histogram;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients in one document of Cursors, each of which moves a cursor of its own. In the end each must
 * have seen where each of the others has come to rest.
 *
 * @param perSecond moves of each
 */
record Pointers(int clients, int perSecond) implements Scenario {

    private static final String ANSWER =
            "{\"service\":\"cursors\",\"message\":{\"type\":\"response\"";
    private static final String OWNER = "\"owner\":";
    private static final String MOVE = "\"n\":";
    private static final String TIME = "\"t\":";

    /** One client, its cursor, and those of the others as it sees them. */
    private static final class Pointer implements Listener {

        private final int number;
        private final Histogram latency;
        private final long[] seen;
        private final Connection connection;
        private long moves;
        private long heard;

        Pointer(int number, int clients, Histogram latency, Loop loop) {
            this.number = number;
            this.latency = latency;
            seen = new long[clients];
            connection =
                    loop.connect(
                            List.of(
                                    new Step(login(number), "{\"service\":\"auth\""),
                                    new Step(command("join", "{\"document\":\"board\"}"), ANSWER),
                                    new Step(
                                            command(
                                                    "createCursor",
                                                    "{\"privateHandle\":0,\"document\":\"board\","
                                                            + "\"position\":{\"x\":0,\"y\":0},"
                                                            + "\"status\":\"here\"}"),
                                            ANSWER)),
                            this);
        }

        private static String login(int number) {
            return "{\"service\":\"auth\",\"message\":{\"command\":\"login\",\"params\":{\"name\":"
                    + number
                    + "},\"callId\":1}}";
        }

        private static String command(String name, String params) {
            return "{\"service\":\"cursors\",\"message\":{\"command\":\"%s\",\"params\":%s,\"callId\":1}}"
                    .formatted(name, params);
        }

        void move() {
            moves++;
            connection.say(
                    command(
                            "updateCursor",
                            "{\"privateHandle\":0,\"newData\":{\"position\":{\"x\":%d,\"y\":%d,"
                                            .formatted(moves % 1000, moves % 700)
                                    + MOVE
                                    + moves
                                    + ","
                                    + TIME
                                    + System.nanoTime()
                                    + "}}}"));
        }

        @Override
        public boolean reads() {
            return true;
        }

        @Override
        public void message(Connection from, byte[] payload, long length) {
            String text = Connection.string(payload, length);
            if (text.startsWith(
                    "{\"service\":\"cursors\",\"message\":{\"type\":\"cursorUpdated\"")) {
                heard++;
                int owner = (int) numberAfter(OWNER, text);
                long move = numberAfter(MOVE, text);
                if (owner == number || move <= seen[owner]) {
                    throw new LoadException(
                            "cursor: %d at %d (expected: of another, after %d)"
                                    .formatted(owner, move, seen[owner]));
                }
                seen[owner] = move;
                latency.recordValue(System.nanoTime() - numberAfter(TIME, text));
            }
        }

        private static long numberAfter(String key, String text) {
            int begin = text.indexOf(key) + key.length();
            int end = begin;
            while (Character.isDigit(text.charAt(end))) {
                end++;
            }
            return Long.parseLong(text, begin, end, 10);
        }
    }

    @Override
    public String title() {
        return "%,d cursors in one document, %d moves a second each; per delivery"
                .formatted(clients, perSecond);
    }

    /** Of rooms and documents there are as many kinds as servers. */
    @Override
    public List<Peer> peers(List<Peer> chosen) {
        return List.of(Peer.SNORKY);
    }

    @Override
    public Figures run(ServerProcess server, Dialect dialect, Timing timing) {
        try (var loop = new Loop(server.port(), dialect)) {
            var latency = new Histogram(3);
            List<Pointer> pointers = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                pointers.add(new Pointer(i, clients, latency, loop));
            }
            loop.awaitOpen();
            moveFor(timing.warmUp(), pointers, loop);

            latency.reset();
            var stopwatch = new Stopwatch(server);
            long before = heard(pointers);
            moveFor(timing.measured(), pointers, loop);
            var figures = stopwatch.figures(heard(pointers) - before, latency);
            figures.put(Figure.CPU_PERCENT, 100 * stopwatch.cpuNanos() / stopwatch.elapsedNanos());

            loop.runUntil(
                    () -> pointers.stream().allMatch(each -> seesAll(each, pointers)), "rest");
            return new Figures(figures);
        }
    }

    /** All move in turn, so that their moves are spread over time as those of people are. */
    private void moveFor(Duration time, List<Pointer> pointers, Loop loop) {
        long start = System.nanoTime();
        double step = 1e9 / perSecond / clients;
        for (long move = 0; move * step < time.toNanos(); move++) {
            long due = start + (long) (move * step);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                loop.poll(left);
            }
            pointers.get((int) (move % clients)).move();
        }
    }

    private static boolean seesAll(Pointer one, List<Pointer> all) {
        return all.stream().allMatch(each -> each == one || one.seen[each.number] == each.moves);
    }

    private static long heard(List<Pointer> pointers) {
        return pointers.stream().mapToLong(pointer -> pointer.heard).sum();
    }
}
