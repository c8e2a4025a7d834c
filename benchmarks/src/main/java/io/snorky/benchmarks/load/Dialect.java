package io.snorky.benchmarks.load;

import java.util.List;
import java.util.stream.Stream;

/**
 * How a server is spoken to.
 *
 * @param wire what messages travel by
 * @param path of its WebSocket, or of its SockJS endpoint
 * @param greeting what is said before anything else
 * @param joining how to subscribe, after the greeting
 * @param publish how to publish, with {@code %s} for the payload
 * @param request what is answered; likewise
 * @param payloadBytes of a payload
 * @param ping a short message that is to be answered
 * @param pong the answer
 */
record Dialect(
        Wire wire,
        String path,
        List<Step> greeting,
        List<Step> joining,
        String publish,
        String request,
        int payloadBytes,
        String ping,
        String pong) {

    /**
     * One turn of a dialogue.
     *
     * @param say what is sent; nothing if empty. {@value #TOKEN} stands for the token in the answer
     *     before
     * @param hear how the answer begins, which is waited for
     */
    record Step(String say, String hear) {

        static final String TOKEN = "{token}";
        private static final int TOKEN_LENGTH = 32;

        /** What is sent, after that answer to the step before. */
        String say(Step before, String answer) {
            int begin = before.hear.length();
            return say.contains(TOKEN)
                    ? say.replace(TOKEN, answer.substring(begin, begin + TOKEN_LENGTH))
                    : say;
        }
    }

    /** Texts that begin with {@code s} to subscribe, {@code p} to publish, {@code e} to echo. */
    static final Dialect PLAIN =
            new Dialect(
                    Wire.WEBSOCKET,
                    "/",
                    List.of(),
                    List.of(new Step("s", "s")),
                    "p%s",
                    "e%s",
                    127,
                    "",
                    "");

    /** Socket.IO without its client. */
    static final Dialect SOCKET_IO =
            new Dialect(
                    Wire.WEBSOCKET,
                    "/socket.io/?EIO=4&transport=websocket",
                    List.of(new Step("", "0"), new Step("40", "40")),
                    List.of(new Step("42[\"s\"]", "42[\"s\"]")),
                    "42[\"p\",\"%s\"]",
                    "42[\"e\",\"%s\"]",
                    128,
                    "2",
                    "3");

    /** PubSub and the command {@code rpc.sum}. */
    static final Dialect SNORKY =
            new Dialect(
                    Wire.WEBSOCKET,
                    "/ws",
                    List.of(),
                    List.of(
                            new Step(
                                    "{\"service\":\"pubsub\",\"message\":{\"command\":\"subscribe\","
                                        + "\"params\":{\"channel\":\"bench\"},\"callId\":1}}",
                                    "{\"service\":\"pubsub\",\"message\":{\"type\":\"response\"")),
                    "{\"service\":\"pubsub\",\"message\":{\"command\":\"publish\","
                            + "\"params\":{\"channel\":\"bench\",\"message\":\"%s\"}}}",
                    "{\"service\":\"rpc\",\"message\":{\"command\":\"sum\","
                            + "\"params\":{\"a\":5,\"b\":12},\"callId\":1}}",
                    128,
                    "",
                    "");

    /** DataSync: a subscription of all rows, and rows that are new. */
    static final Dialect DATASYNC =
            new Dialect(
                    Wire.WEBSOCKET,
                    "/ws",
                    List.of(),
                    List.of(
                            new Step(
                                    "{\"service\":\"datasync_backend\",\"message\":{\"command\":"
                                            + "\"authorizeSubscription\",\"params\":{\"items\":"
                                            + "[{\"dealer\":\"AllRows\",\"query\":null}]},"
                                            + "\"callId\":1}}",
                                    "{\"service\":\"datasync_backend\",\"message\":{\"type\":"
                                            + "\"response\",\"callId\":1,\"data\":\""),
                            new Step(
                                    "{\"service\":\"datasync\",\"message\":{\"command\":"
                                            + "\"acquireSubscription\",\"params\":{\"token\":\""
                                            + Step.TOKEN
                                            + "\"},\"callId\":1}}",
                                    "{\"service\":\"datasync\",\"message\":{\"type\":\"response\"")),
                    "{\"service\":\"datasync_backend\",\"message\":{\"command\":"
                            + "\"publishDeltas\",\"params\":{\"deltas\":[{\"type\":\"insert\","
                            + "\"model\":\"Row\",\"data\":\"%s\"}]}}}",
                    SNORKY.request,
                    128,
                    "",
                    "");

    /** Synced objects, to those who have been asked who they are. */
    static final Dialect SYNCED =
            new Dialect(
                    Wire.WEBSOCKET,
                    "/sync",
                    List.of(new Step("", "{\"type\":\"_REQUEST_USER_SESSION\"}")),
                    List.of(),
                    "",
                    "",
                    0,
                    "",
                    "");

    /** Bytes of the shortest message that is no ping or pong of the protocol. */
    static final int SHORTEST_MESSAGE = 24;

    Dialect {
        greeting = List.copyOf(greeting);
        joining = List.copyOf(joining);
    }

    /** The same by other means. */
    Dialect over(Wire otherWire, String otherPath) {
        return new Dialect(
                otherWire,
                otherPath,
                greeting,
                joining,
                publish,
                request,
                payloadBytes,
                ping,
                pong);
    }

    /** The same with payloads of another length. */
    Dialect withPayload(int bytes) {
        return new Dialect(wire, path, greeting, joining, publish, request, bytes, ping, pong);
    }

    /** A message that is sent again and again. */
    MessageTemplate template(String text) {
        return new MessageTemplate(wire, text);
    }

    /** What is said to greet and then to subscribe. */
    List<Step> greetingAndJoining() {
        return Stream.concat(greeting.stream(), joining.stream()).toList();
    }

    /** A message that publishes a payload, with a blank stamp. */
    String publication() {
        return publish.formatted(Stamp.BLANK + "x".repeat(payloadBytes - Stamp.LENGTH));
    }

    /** A request; one for an echo has 128 bytes. */
    String call() {
        return request.formatted("x".repeat(payloadBytes));
    }
}
