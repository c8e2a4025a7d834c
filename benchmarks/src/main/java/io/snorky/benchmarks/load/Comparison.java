package io.snorky.benchmarks.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Gives servers the same load, in turns, so that what disturbs the machine meanwhile disturbs them
 * all.
 */
final class Comparison {

    private static final class Contestant {

        private final Peer peer;
        private final List<Figures> runs = new ArrayList<>();
        private String title;
        private String problem = "";

        Contestant(Peer peer) {
            this.peer = peer;
            this.title = peer.id();
        }
    }

    /** For code to be compiled, in a server that is used for several runs. */
    private static final Duration FIRST_WARM_UP = Duration.ofSeconds(4);

    private final Programs programs;
    private final Wire wire;
    private final List<Peer> peers;
    private final int repetitions;
    private final Timing timing;
    private final Consumer<String> progress;

    Comparison(
            Programs programs,
            Wire wire,
            List<Peer> peers,
            int repetitions,
            Timing timing,
            Consumer<String> progress) {
        this.programs = programs;
        this.wire = wire;
        this.peers = List.copyOf(peers);
        this.repetitions = repetitions;
        this.timing = timing;
        this.progress = progress;
    }

    /** Measures all. A server that cannot be measured has a problem in the table instead. */
    Table run(Scenario scenario) {
        progress.accept(scenario.title());
        List<Contestant> contestants = scenario.peers(peers).stream().map(Contestant::new).toList();
        Map<Peer, ServerProcess> servers = new EnumMap<>(Peer.class);
        try {
            for (int i = 1; i <= repetitions; i++) {
                for (Contestant contestant : contestants) {
                    if (contestant.problem.isEmpty()) {
                        progress.accept("  " + turn(scenario, contestant, servers, i));
                    }
                }
            }
        } finally {
            servers.values().forEach(ServerProcess::close);
        }
        return new Table(scenario.title(), contestants.stream().map(Comparison::row).toList());
    }

    private String turn(
            Scenario scenario,
            Contestant contestant,
            Map<Peer, ServerProcess> servers,
            int repetition) {
        String what = "%s %d/%d: ".formatted(contestant.peer.id(), repetition, repetitions);
        try {
            boolean fresh = scenario.needsNewServer();
            Timing howLong =
                    fresh || servers.containsKey(contestant.peer)
                            ? timing
                            : timing.withMoreWarmUp(FIRST_WARM_UP);
            Dialect dialect = contestant.peer.dialect(wire);
            ServerProcess server = server(contestant.peer, fresh, servers);
            contestant.title = contestant.peer.title(server.title());
            Figures figures = scenario.run(server, dialect, howLong);
            contestant.runs.add(figures);
            return what + figures.summary();
        } catch (LoadException e) {
            contestant.problem = String.valueOf(e.getMessage());
            return what + contestant.problem;
        }
    }

    private ServerProcess server(Peer peer, boolean fresh, Map<Peer, ServerProcess> servers) {
        ServerProcess running = servers.get(peer);
        if (running != null && !fresh) {
            return running;
        }
        if (running != null) {
            running.close();
        }
        var started = ServerProcess.start(peer.command(programs));
        servers.put(peer, started);
        return started;
    }

    private static Table.Row row(Contestant contestant) {
        Map<Figure, Double> figures =
                contestant.runs.isEmpty() ? Map.of() : Figures.median(contestant.runs).values();
        boolean ours = contestant.peer.isOurs();
        return new Table.Row(contestant.title, ours, figures, contestant.problem);
    }
}
