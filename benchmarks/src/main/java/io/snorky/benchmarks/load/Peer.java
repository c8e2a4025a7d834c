package io.snorky.benchmarks.load;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The servers that can be measured. */
enum Peer {
    SNORKY("snorky", "io.snorky.benchmarks.server.BenchmarkServer"),
    DATASYNC("datasync", "io.snorky.benchmarks.server.BenchmarkServer"),
    PLAIN("plain", "io.snorky.benchmarks.server.BenchmarkServer"),
    SYNCED("synced", "io.snorky.benchmarks.server.BenchmarkServer"),
    PUBSUB("pubsub", "io.snorky.benchmarks.server.BenchmarkServer"),
    BUN("bun", "bun.js"),
    VERTX("vertx", "io.snorky.benchmarks.peers.VertxPeer"),
    SPRING("spring", "io.snorky.benchmarks.peers.SpringPeer"),
    WS("ws", "ws.js"),
    SOCKET_IO("socket.io", "socket-io.js");

    private final String id;
    private final String program;

    Peer(String id, String program) {
        this.id = id;
        this.program = program;
    }

    /**
     * @throws IllegalArgumentException if there is none of that name
     */
    static Peer named(String id) {
        return Arrays.stream(values())
                .filter(peer -> peer.id.equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "--peers: " + id + " (expected: " + names() + ")"));
    }

    private static String names() {
        return Arrays.stream(values()).map(peer -> peer.id).collect(Collectors.joining(", "));
    }

    /** All servers that are not Snorky. */
    static List<Peer> ofOthers() {
        return List.of(BUN, VERTX, SPRING, WS, SOCKET_IO);
    }

    String id() {
        return id;
    }

    /** Whether others are compared with it. */
    boolean isOurs() {
        return this == SNORKY || this == PLAIN || this == SYNCED;
    }

    /** How it calls itself in tables. */
    String title(String program) {
        return switch (this) {
            case PLAIN -> program + ", plain texts";
            case DATASYNC -> program + ", DataSync";
            case SYNCED -> program + ", synced object";
            case PUBSUB -> program + ", PubSub";
            default -> program;
        };
    }

    /**
     * @throws LoadException if it cannot be spoken to that way
     */
    Dialect dialect(Wire wire) {
        return wire.isSockJs() ? sockJs(wire) : webSocket();
    }

    private Dialect webSocket() {
        return switch (this) {
            case SNORKY, PUBSUB -> Dialect.SNORKY;
            case DATASYNC -> Dialect.DATASYNC;
            case SYNCED -> Dialect.SYNCED;
            case SOCKET_IO -> Dialect.SOCKET_IO;
            case BUN, VERTX, SPRING, WS -> Dialect.PLAIN;
            case PLAIN -> throw new LoadException("missing: plain texts over WebSocket");
        };
    }

    private Dialect sockJs(Wire wire) {
        return switch (this) {
            case SNORKY, PUBSUB -> Dialect.SNORKY.over(wire, "/sockjs");
            case DATASYNC -> Dialect.DATASYNC.over(wire, "/sockjs");
            case PLAIN, VERTX -> Dialect.PLAIN.over(wire, "/plain");
            case SYNCED, BUN, SPRING, WS, SOCKET_IO -> throw new LoadException("missing: SockJS");
        };
    }

    /** What starts it. */
    List<String> command(Programs programs) {
        return switch (this) {
            case SNORKY, DATASYNC, PLAIN, SYNCED, PUBSUB, VERTX, SPRING -> programs.java(program);
            case BUN -> programs.bun(program);
            case WS, SOCKET_IO -> programs.node(program);
        };
    }
}
