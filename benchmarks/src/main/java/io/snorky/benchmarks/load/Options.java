package io.snorky.benchmarks.load;

import io.snorky.server.Transport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The command line.
 *
 * @param mode what is to be measured
 * @param peers with ours first
 * @param wire what messages travel by
 * @param numbers those options that are numbers and were given
 * @param output the file that the tables are to be written to, too
 */
record Options(
        Mode mode,
        List<Peer> peers,
        Transport transport,
        Wire wire,
        Map<String, Integer> numbers,
        List<String> javaOptions,
        Optional<String> output) {

    /** What can be measured. */
    enum Mode {
        ALL,
        FANOUT,
        ECHO,
        IDLE,
        CHURN,
        STALLED,
        CURSORS,
        CROWD,
        SYNCED,
        SOAK
    }

    static final String USAGE =
            """
            Usage: ./snorky bench [MODE] [OPTIONS]

              (none)    a short run of everything, five minutes
              fanout    one publisher, many subscribers
                          --receivers 1000 --in-flight 8, or --rate N messages a second
              echo      requests and answers
                          --connections 100 --in-flight 1
              idle      subscribers to whom nothing happens
                          --connections 10000 --hold 5 (seconds)
              churn     connect, handshake, close
                          --connections 64 (at a time)
              stalled   a fan-out, one of whose subscribers stops reading
                          --receivers 1000 --in-flight 64
              cursors   Snorky: clients that move a cursor each in one document
                          --receivers 50 --rate 30 (moves a second)
              crowd     Snorky: clients that join a chat room and leave it
                          --receivers 10000 --hold 30 (seconds for each)
              synced    Snorky: viewers of one synced object, beside its PubSub
                          --receivers 1000 --rate 100 (changes a second) --seconds 10
              soak      Snorky for long, subscribers coming and going
                          --receivers 500 --minutes 10
              micro     JMH; takes its arguments

            For all but micro:
              --peers bun,vertx,spring,ws,socket.io   beside Snorky; datasync is Snorky's DataSync
                                                      beside its PubSub
              --over websocket                        or sockjs-websocket, sockjs-xhr-streaming: those
                                                      who have SockJS, Snorky with its services and
                                                      with plain texts
              --repetitions 3                         of which the medians are shown; 1 of everything
              --seconds 2 --warm-up 1                 each
              --loops 1                               event loops of Snorky
              --transport epoll                       or nio, io_uring, of Snorky and Vert.x
              --java-options "-Xmx1g ..."             for the servers in Java
              --output FILE                           writes the tables there, too
            """;

    private static final Map<String, Integer> LEAST =
            Map.ofEntries(
                    Map.entry("receivers", 2),
                    Map.entry("connections", 1),
                    Map.entry("in-flight", 1),
                    Map.entry("rate", 1),
                    Map.entry("hold", 1),
                    Map.entry("minutes", 1),
                    Map.entry("repetitions", 1),
                    Map.entry("seconds", 1),
                    Map.entry("warm-up", 0),
                    Map.entry("loops", 1));

    Options {
        peers = List.copyOf(peers);
        numbers = Map.copyOf(numbers);
        javaOptions = List.copyOf(javaOptions);
    }

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException naming all that is wrong with it
     */
    static Options parse(String... arguments) {
        return new Parser(arguments).parse();
    }

    /** A number that was given, or else another. */
    int number(String name, int otherwise) {
        return numbers.getOrDefault(name, otherwise);
    }

    private static final class Parser {

        private final List<String> arguments;
        private final List<String> problems = new ArrayList<>();
        private final Map<String, Integer> numbers = new HashMap<>();
        private Mode mode = Mode.ALL;
        private List<Peer> others = Peer.ofOthers();
        private Wire wire = Wire.WEBSOCKET;
        private Transport transport =
                System.getProperty("os.name").equals("Linux") ? Transport.EPOLL : Transport.NIO;
        private List<String> javaOptions = List.of();
        private Optional<String> output = Optional.empty();

        Parser(String... arguments) {
            this.arguments = List.of(arguments);
        }

        Options parse() {
            boolean hasMode = !arguments.isEmpty() && !arguments.getFirst().startsWith("--");
            if (hasMode) {
                mode(arguments.getFirst());
            }
            for (int i = hasMode ? 1 : 0; i < arguments.size(); i += 2) {
                String value = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
                option(arguments.get(i), value);
            }
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(String.join("\n", problems));
            }
            return new Options(mode, peers(), transport, wire, numbers, javaOptions, output);
        }

        private void mode(String name) {
            Arrays.stream(Mode.values())
                    .filter(each -> each.name().equals(name.toUpperCase(Locale.ROOT)))
                    .findFirst()
                    .ifPresentOrElse(
                            found -> mode = found,
                            () ->
                                    problems.add(
                                            "mode: " + name + " (expected: one of those below)"));
        }

        private void option(String option, String value) {
            switch (option) {
                case "--peers" -> peers(value);
                case "--over" -> wire(value);
                case "--transport" -> transport(value);
                case "--java-options" -> javaOptions = List.of(value.strip().split("\\s+"));
                case "--output" -> output = Optional.of(value);
                default -> number(option, value);
            }
        }

        private void number(String option, String value) {
            String name = option.replaceFirst("^--", "");
            Integer least = option.startsWith("--") ? LEAST.get(name) : null;
            if (least == null) {
                problems.add(option + ": no such option (expected: one of those below)");
            } else if (!value.matches("\\d{1,9}") || Integer.parseInt(value) < least) {
                problems.add(
                        option + ": " + value + " (expected: a number, at least " + least + ")");
            } else {
                numbers.put(name, Integer.parseInt(value));
            }
        }

        private void peers(String names) {
            List<Peer> named = new ArrayList<>();
            for (String name : names.split(",", -1)) {
                try {
                    named.add(Peer.named(name));
                } catch (IllegalArgumentException e) {
                    problems.add(String.valueOf(e.getMessage()));
                }
            }
            others = named;
        }

        private List<Peer> peers() {
            Stream<Peer> ours =
                    wire.isSockJs() ? Stream.of(Peer.PLAIN, Peer.SNORKY) : Stream.of(Peer.SNORKY);
            return Stream.concat(ours, others.stream().filter(peer -> !peer.isOurs()))
                    .distinct()
                    .toList();
        }

        private void wire(String name) {
            try {
                wire = Wire.named(name);
            } catch (IllegalArgumentException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }

        private void transport(String name) {
            try {
                transport = Transport.valueOf(name.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                problems.add("--transport: " + name + " (expected: epoll, io_uring, nio or best)");
            }
        }
    }
}
