package io.snorky.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The load tool: {@code ./snorky bench}. */
public final class Bench {

    private static final long MEGABYTE = 1 << 20;

    private final Options options;
    private final List<String> report = new ArrayList<>();

    private Bench(Options options) {
        this.options = options;
    }

    /**
     * Measures. Ends with status 2 if the arguments are wrong, with 1 if Snorky could not be
     * measured or has lost something.
     *
     * @param args as the text says that it prints if they are wrong
     */
    public static void main(String[] args) throws IOException {
        if (args.length == 1 && args[0].matches("help|--help|-h")) {
            System.out.println(Options.USAGE);
            return;
        }
        Bench bench;
        try {
            bench = new Bench(Options.parse(args));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n\n" + Options.USAGE);
            System.exit(2);
            return;
        }
        System.exit(bench.run() ? 0 : 1);
    }

    private boolean run() throws IOException {
        say(Machine.description() + "; Snorky on " + settings() + "\n");
        boolean well = options.mode() != Options.Mode.SOAK ? compare() : soak();
        if (options.output().isPresent()) {
            Files.write(Path.of(options.output().get()), report, StandardCharsets.UTF_8);
        }
        return well;
    }

    private String settings() {
        return "%s, over %s, event loops: %d; medians of %d, %s each"
                .formatted(
                        options.transport().name().toLowerCase(Locale.ROOT),
                        options.wire().id(),
                        loops(),
                        repetitions(),
                        timing().measured().toString().substring(2).toLowerCase(Locale.ROOT));
    }

    private int loops() {
        return options.number("loops", 1);
    }

    private int repetitions() {
        return options.number("repetitions", options.mode() == Options.Mode.ALL ? 1 : 3);
    }

    private Timing timing() {
        return new Timing(
                Duration.ofSeconds(options.number("warm-up", 1)),
                Duration.ofSeconds(options.number("seconds", seconds())));
    }

    private int seconds() {
        return options.mode() == Options.Mode.SYNCED ? 10 : 2;
    }

    private Programs programs() {
        var scripts = Optional.ofNullable(System.getProperty("snorky.bench.scripts")).map(Path::of);
        return new Programs(loops(), options.transport().name(), options.javaOptions(), scripts);
    }

    private boolean compare() {
        var comparison =
                new Comparison(
                        programs(),
                        options.wire(),
                        options.peers(),
                        repetitions(),
                        timing(),
                        System.err::println);
        boolean well = true;
        for (Scenario scenario : scenarios().toList()) {
            Table table = comparison.run(scenario);
            say(table.markdown());
            well &= table.rows().stream().noneMatch(row -> row.ours() && !row.problem().isEmpty());
        }
        say(
                "In brackets: Snorky's figure divided by the one before. Below 1 Snorky takes"
                        + " less;\n"
                        + "of \"per second\", above 1 it does more.");
        return well;
    }

    private Stream<Scenario> scenarios() {
        return switch (options.mode()) {
            case FANOUT -> Stream.of(fanout(8, options.number("rate", 0)));
            case ECHO -> Stream.of(echo(1));
            case IDLE -> Stream.of(idle(10_000));
            case CHURN -> Stream.of(churn());
            case STALLED -> Stream.of(stalled());
            case CURSORS -> Stream.of(cursors());
            case CROWD -> Stream.of(crowd());
            case SYNCED -> synced();
            case ALL, SOAK ->
                    Stream.of(
                            fanout(1, 0),
                            fanout(8, 0),
                            fanout(64, 0),
                            fanout(1, 10),
                            echo(1),
                            echo(16),
                            churn(),
                            idle(2_000),
                            stalled());
        };
    }

    private Scenario fanout(int inFlight, double rate) {
        int receivers = options.number("receivers", 1_000);
        return new Fanout(receivers, options.number("in-flight", inFlight), rate);
    }

    private Scenario echo(int inFlight) {
        return new Echo(options.number("connections", 100), options.number("in-flight", inFlight));
    }

    private Scenario idle(int connections) {
        Duration hold = Duration.ofSeconds(options.number("hold", 5));
        return new Idle(options.number("connections", connections), hold);
    }

    private Scenario churn() {
        return new Churn(options.number("connections", 64));
    }

    private Scenario stalled() {
        return new Stalled(options.number("receivers", 1_000), options.number("in-flight", 64));
    }

    private Scenario cursors() {
        return new Pointers(options.number("receivers", 50), options.number("rate", 30));
    }

    private Scenario crowd() {
        Duration time = Duration.ofSeconds(options.number("hold", 30));
        return new Crowd(options.number("receivers", 10_000), time);
    }

    private Stream<Scenario> synced() {
        int viewers = options.number("receivers", 1_000);
        int perSecond = options.number("rate", 100);
        return Stream.of(
                new Synced(viewers, perSecond),
                new SyncedOpening(viewers),
                new SyncedStalled(viewers, perSecond));
    }

    private boolean soak() {
        Duration time = Duration.ofMinutes(options.number("minutes", 10));
        var soak = new Soak(options.number("receivers", 500), time, Duration.ofSeconds(5));
        try (var server = ServerProcess.start(Peer.SNORKY.command(programs()))) {
            var samples =
                    soak.run(server, Peer.SNORKY.dialect(options.wire()), timing(), this::say);
            List<String> problems =
                    Stream.of(
                                    Flatness.problem(
                                            "heap", samples, Soak.Sample::heapBytes, 2 * MEGABYTE),
                                    Flatness.problem(
                                            "resident memory",
                                            samples,
                                            Soak.Sample::residentBytes,
                                            16 * MEGABYTE))
                            .filter(problem -> !problem.isEmpty())
                            .toList();
            problems.forEach(this::say);
            say(problems.isEmpty() ? "Nothing lost, memory flat." : "Nothing lost.");
            return problems.isEmpty();
        } catch (LoadException e) {
            say(String.valueOf(e.getMessage()));
            return false;
        }
    }

    private void say(String text) {
        System.out.println(text);
        report.add(text);
    }
}
