package io.snorky.benchmarks.load;

import io.snorky.benchmarks.load.Dialect.Step;

import org.HdrHistogram.Histogram;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Clients that join one room of Chat and leave it again, evenly over some time. Some of them read
 * all they are told, and must know who is there when all are, and when all others have left.
 *
 * @param time for joining, and again for leaving
 */
record Crowd(int clients, Duration time) implements Scenario {

    private static final int WATCHERS = 16;
    private static final String CHAT = "{\"service\":\"chat\",\"message\":{\"type\":";
    private static final String ANSWER = CHAT + "\"response\"";
    private static final String PRESENCE = CHAT + "\"presence\"";
    private static final String FROM = "\"from\":\"";
    private static final String MEMBERS = "\"members\":[";

    /** One client. */
    private static final class Guest implements Listener {

        private final String name;
        private final boolean watches;
        private final Histogram latency;
        private final Set<String> present = new HashSet<>();
        private final Connection connection;
        private long asked;
        private int answers;

        Guest(int number, Histogram latency, Loop loop) {
            name = "guest-" + number;
            watches = number < WATCHERS;
            this.latency = latency;
            connection =
                    loop.connect(
                            List.of(
                                    new Step(
                                            "{\"service\":\"auth\",\"message\":{\"command\":"
                                                    + "\"login\",\"params\":{\"name\":\""
                                                    + name
                                                    + "\"},\"callId\":1}}",
                                            "{\"service\":\"auth\"")),
                            this);
        }

        void call(String command) {
            asked = System.nanoTime();
            connection.say(
                    "{\"service\":\"chat\",\"message\":{\"command\":\""
                            + command
                            + "\",\"params\":{\"channel\":\"#crowd\"},\"callId\":1}}");
        }

        @Override
        public boolean reads() {
            return true;
        }

        @Override
        public void message(Connection from, byte[] payload, long length) {
            if (payload[CHAT.length() + 1] == 'r') {
                String text = Connection.string(payload, length);
                answers++;
                latency.recordValue(System.nanoTime() - asked);
                if (!text.startsWith(ANSWER)) {
                    throw new LoadException("answer: " + text + " (expected: a response)");
                }
                if (watches && text.contains(MEMBERS)) {
                    readMembers(text);
                }
            } else if (watches) {
                readPresence(Connection.string(payload, length));
            }
        }

        private void readMembers(String text) {
            int begin = text.indexOf(MEMBERS) + MEMBERS.length();
            String members = text.substring(begin, text.indexOf(']', begin));
            for (String member : members.split(",", -1)) {
                present.add(member.substring(1, member.length() - 1));
            }
        }

        private void readPresence(String text) {
            if (!text.startsWith(PRESENCE)) {
                throw new LoadException("heard: " + text + " (expected: presence)");
            }
            int begin = text.indexOf(FROM) + FROM.length();
            String who = text.substring(begin, text.indexOf('"', begin));
            if (text.contains("\"joined\"")) {
                present.add(who);
            } else {
                present.remove(who);
            }
        }
    }

    @Override
    public String title() {
        return "%,d clients join a room within %d s and leave it within %d s; per coming or going"
                .formatted(clients, time.toSeconds(), time.toSeconds());
    }

    /** Of rooms and documents there are as many kinds as servers. */
    @Override
    public List<Peer> peers(List<Peer> chosen) {
        return List.of(Peer.SNORKY);
    }

    @Override
    public boolean needsNewServer() {
        return true;
    }

    @Override
    public Figures run(ServerProcess server, Dialect dialect, Timing timing) {
        try (var loop = new Loop(server.port(), dialect)) {
            var latency = new Histogram(3);
            List<Guest> guests = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                loop.awaitRoom();
                guests.add(new Guest(i, latency, loop));
            }
            loop.awaitOpen();
            List<Guest> watchers = guests.subList(0, Math.min(WATCHERS, clients));

            var stopwatch = new Stopwatch(server);
            spread(guests, guest -> guest.call("join"), loop);
            loop.runUntil(() -> guests.stream().allMatch(guest -> guest.answers == 1), "joins");
            awaitPresent(watchers, clients, loop);
            spread(guests.subList(watchers.size(), clients), guest -> guest.call("leave"), loop);
            awaitPresent(watchers, watchers.size(), loop);
            var figures = stopwatch.figures(2L * clients - watchers.size(), latency);
            figures.put(Figure.CPU_PERCENT, 100 * stopwatch.cpuNanos() / stopwatch.elapsedNanos());
            return new Figures(figures);
        }
    }

    private void spread(List<Guest> guests, Consumer<Guest> action, Loop loop) {
        long start = System.nanoTime();
        for (int i = 0; i < guests.size(); i++) {
            long due = start + time.toNanos() * i / guests.size();
            loop.poll(0);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                loop.poll(left);
            }
            action.accept(guests.get(i));
        }
    }

    private static void awaitPresent(List<Guest> watchers, int count, Loop loop) {
        loop.runUntil(
                () -> watchers.stream().allMatch(each -> each.present.size() == count), "presence");
    }
}
