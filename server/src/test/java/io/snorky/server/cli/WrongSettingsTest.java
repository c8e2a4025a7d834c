package io.snorky.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.snorky.ConfigurationException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

/** A configuration file that is wrong is told so: place, value, what would be right. */
class WrongSettingsTest {

    private static final String REST = "\ndealers: [{name: AllTasks, model: Task}]\n";
    private static final String BACKEND = "\nbackend: {keys: [swordfish]}";

    private static List<String> problems(String yaml) {
        return catchThrowableOfType(
                        ConfigurationException.class,
                        () -> ServerConfig.parse("snorky.yaml", yaml, Map.of("PORT", "many")))
                .problems();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            textBlock =
                    """
                    frontend: {host: 5}                               -> frontend.host: 5 (expected: a text)
                    frontend: {port: 65536}                           -> frontend.port: 65536 (expected: a number from 0 to 65535)
                    frontend: {port: -1}                              -> frontend.port: -1 (expected: a number from 0 to 65535)
                    frontend: {port: "${PORT}"}                       -> frontend.port: many (expected: a number from 0 to 65535)
                    frontend: {port: [1]}                             -> frontend.port: a list (expected: a number from 0 to 65535)
                    frontend: {websocket: ws}                         -> frontend.websocket: ws (expected: starting with /)
                    frontend: {allowed-origins: [example.org]}        -> frontend.allowed-origins: example.org (expected: as https://example.org, https://*.example.org, null or *)
                    frontend: {allowed-origins: https://example.org}  -> frontend.allowed-origins: no list (expected: a list)
                    frontend: {subprotocols: [a b]}                   -> frontend.subprotocols: a b (expected: letters, digits and !#$%&'*+-.^_`|~)
                    frontend: {ping-interval: 90}                     -> frontend.ping-interval: 90 (expected: a time, as 500 ms, 30 s, 2 min or 1 h; zero is 0 s, a year at most)
                    frontend: {inbound: {max-message-bytes: 0}}       -> frontend.inbound.max-message-bytes: 0 (expected: bytes, as 65536, 64 KiB or 10 MiB; more than zero, less than 2 GiB)
                    frontend: {inbound: {max-message-bytes: 2 GiB}}   -> frontend.inbound.max-message-bytes: 2 GiB (expected: bytes, as 65536, 64 KiB or 10 MiB; more than zero, less than 2 GiB)
                    frontend: {inbound: {bytes-per-second: 5 MB}}     -> frontend.inbound.bytes-per-second: 5 MB (expected: bytes, as 65536, 64 KiB or 10 MiB; more than zero, less than 2 GiB)
                    frontend: {inbound: {max-pending: 0}}             -> frontend.inbound.max-pending: 0 (expected: a number from 1 to 999999999)
                    frontend: {inbound: {max-nesting: 1.5}}           -> frontend.inbound.max-nesting: 1.5 (expected: a number from 1 to 999999999)
                    frontend: {inbound: {patience: 0 s}}              -> frontend.inbound.patience: 0 s (expected: a time, as 500 ms, 30 s, 2 min or 1 h; more than zero, a year at most)
                    frontend: {outbound: {stall-timeout: 400 d}}      -> frontend.outbound.stall-timeout: 400 d (expected: a time, as 500 ms, 30 s, 2 min or 1 h; more than zero, a year at most)
                    frontend: {outbound: {stall-timeout: 9000 h}}     -> frontend.outbound.stall-timeout: 9000 h (expected: a time, as 500 ms, 30 s, 2 min or 1 h; more than zero, a year at most)
                    frontend: {jwt: {}}                               -> frontend.jwt.keys: none (expected: one of jwks-url, jwks-file, public-key and secret)
                    frontend: {jwt: {secret: a, jwks-file: b}}        -> frontend.jwt.keys: 2 kinds (expected: one of jwks-url, jwks-file, public-key and secret)
                    frontend: {jwt: {jwks-url: "https:// x"}}         -> frontend.jwt.jwks-url: https:// x (expected: as https://example.org/jwks.json)
                    frontend: {jwt: {secret: a, leeway: 11 min}}      -> frontend.jwt.leeway: 11 min (expected: a time, as 500 ms, 30 s, 2 min or 1 h; 10 min at most)
                    frontend: {jwt: {secret: a, without-token: no}}   -> frontend.jwt.without-token: no (expected: first-message or anonymous or refused)
                    frontend: {outbound: 5}                           -> frontend.outbound: 5 (expected: a mapping)
                    frontend: {compression: {enabled: perhaps}}       -> frontend.compression.enabled: perhaps (expected: true or false)
                    frontend: {compression: {level: 10}}              -> frontend.compression.level: 10 (expected: a number from 1 to 9)
                    frontend: {sockjs: sockjs}                        -> frontend.sockjs.path: sockjs (expected: starting with /)
                    frontend: {sockjs: /sockjs/}                      -> frontend.sockjs.path: /sockjs/ (expected: not ending in /)
                    frontend: {sockjs: /ws}                           -> frontend.sockjs.path: /ws (expected: another than that of the WebSocket)
                    frontend: {sockjs: true}                          -> frontend.sockjs: true (expected: a path or a mapping)
                    frontend: {sockjs: {switched-off: [xhr, flash]}}  -> frontend.sockjs.switched-off: flash (expected: websocket or raw-websocket or xhr-streaming or xhr or eventsource or htmlfile or jsonp)
                    frontend: {sockjs: {switched-off: jsonp}}         -> frontend.sockjs.switched-off: no list (expected: a list)
                    frontend: {sockjs: {heartbeat-delay: 0 s}}        -> frontend.sockjs.heartbeat-delay: 0 s (expected: a time, as 500 ms, 30 s, 2 min or 1 h; more than zero, a year at most)
                    frontend: {sockjs: {max-sessions: 0}}             -> frontend.sockjs.max-sessions: 0 (expected: a number from 1 to 999999999)
                    frontend: {sockjs: {session-cookie: 1}}           -> frontend.sockjs.session-cookie: 1 (expected: true or false)
                    frontend: {sockjs: {client-url: sockjs.js}}       -> frontend.sockjs.client-url: sockjs.js (expected: starting with / or http)
                    frontend: {sockjs: {cookie: true}}                -> frontend.sockjs.cookie: unknown (expected: one of [client-url, disconnect-delay, heartbeat-delay, max-message-bytes, max-sessions, max-sessions-per-address, path, response-limit-bytes, session-cookie, switched-off])
                    frontend: {tls: {private-key: key.pem}}           -> frontend.tls.certificate-chain: missing (expected: a text)
                    frontend: {proxies: {trusted: [localhost]}}       -> frontend.proxies.trusted: localhost (expected: an address or a range, as 10.0.0.0/8)
                    frontend: {proxies: {proxy-protocol: true}}       -> frontend.proxies.proxy-protocol: true (expected: with a trusted proxy at least)
                    frontend: {proxies: {header: via}}                -> frontend.proxies.header: via (expected: x-forwarded or forwarded)
                    frontend: {prot: 5}                               -> frontend.prot: unknown (expected: one of [allowed-origins, compression, host, inbound, jwt, outbound, ping-interval, port, proxies, sockjs, subprotocols, tls, websocket])
                    frontend: {outbound: {bytes: 5}}                  -> frontend.outbound.bytes: unknown (expected: one of [max-bytes, stall-timeout])
                    management: {port: 5 s}                           -> management.port: 5 s (expected: a number from 0 to 65535)
                    limits: {ipv6-prefix-bits: 129}                   -> limits.ipv6-prefix-bits: 129 (expected: a number from 1 to 128)
                    limits: {max-connections: a lot}                  -> limits.max-connections: a lot (expected: a number from 1 to 999999999)
                    server: {transport: kqueue}                       -> server.transport: kqueue (expected: best or io-uring or epoll or nio)
                    server: {event-loops: 0}                          -> server.event-loops: 0 (expected: a number from 1 to 1024)
                    server: {drain-window: -1 s}                      -> server.drain-window: -1 s (expected: a time, as 500 ms, 30 s, 2 min or 1 h; zero is 0 s, a year at most)
                    pubsub: {overflow: lag}                           -> pubsub.overflow: lag (expected: close or drop-oldest or conflate)
                    pubsub: {channels: [{pattern: a*}]}               -> pubsub.channels[0].pattern: "a*" (expected: * as a whole segment, or ** as the last, as in chat/*)
                    pubsub: {channels: [{presence: true}]}            -> pubsub.channels[0].pattern: missing (expected: a text)
                    pubsub: {channels: [{pattern: a, history: 5}]}    -> pubsub.channels[0].history: 5 (expected: a mapping)
                    datasync: {log: {max-age: 0 s}}                   -> datasync.log.max-age: 0 s (expected: a time, as 500 ms, 30 s, 2 min or 1 h; more than zero, a year at most)
                    datasync: {max-query-depth: 501}                  -> datasync.max-query-depth: 501 (expected: a number from 1 to 500)
                    pubsub: {overflow: drop}                          -> pubsub.overflow: drop (expected: close or drop-oldest or conflate)
                    servers: {}                                       -> servers: unknown (expected: one of [backend, datasync, dealers, frontend, limits, management, pubsub, server])
                    """)
    void each_problem_names_place_value_and_what_would_be_right(String yaml, String problem) {
        assertThat(problems(yaml + BACKEND + REST)).containsExactly("snorky.yaml: " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            textBlock =
                    """
                    backend: {}                        -> backend.keys: none or empty (expected: a list of secrets, one at least)
                    backend: {keys: [""]}              -> backend.keys: none or empty (expected: a list of secrets, one at least)
                    backend: {keys: ["${KEY}", other]} -> backend.keys: ${KEY} (expected: a variable that is set)
                    """)
    void the_back_end_is_not_open_without_a_key(String yaml, String problem) {
        assertThat(problems(yaml + REST)).contains("snorky.yaml: " + problem);
    }

    @Test
    void one_transport_of_SockJS_is_left_at_least() {
        String all = "[websocket, raw-websocket, xhr-streaming, xhr, eventsource, htmlfile, jsonp]";

        assertThat(problems("frontend: {sockjs: {switched-off: " + all + "}}" + BACKEND + REST))
                .containsExactly(
                        "snorky.yaml: frontend.sockjs.switched-off: all (expected: one transport is"
                                + " left at least)");
    }

    @Test
    void origins_that_SockJS_shares_are_wrong_once() {
        String origins = "frontend: {sockjs: /sockjs, allowed-origins: [a]}";

        assertThat(problems(origins + BACKEND + REST)).hasSize(1);
    }

    @Test
    void all_problems_are_told_at_once() {
        String yaml =
                """
                frontend:
                  port: x
                  allowed-origins: [a, b]
                  subprotocols: ["?"]
                  tls: {protocols: [SSLv3]}
                limits: {max-handshakes: 0, idle-timeout: never}
                backend: {keys: []}
                dealers: [{name: Tasks}, 5, {name: A, model: B, kind: simple}, {name: A, model: B, kind: x}]
                """;

        assertThat(problems(yaml))
                .extracting(problem -> problem.substring(0, problem.indexOf(" (")))
                .containsExactlyInAnyOrder(
                        "snorky.yaml: frontend.port: x",
                        "snorky.yaml: frontend.allowed-origins: a",
                        "snorky.yaml: frontend.allowed-origins: b",
                        "snorky.yaml: frontend.subprotocols: ?",
                        "snorky.yaml: frontend.tls.certificate-chain: missing",
                        "snorky.yaml: frontend.tls.private-key: missing",
                        "snorky.yaml: frontend.tls.protocols: SSLv3",
                        "snorky.yaml: limits.max-handshakes: 0",
                        "snorky.yaml: limits.idle-timeout: never",
                        "snorky.yaml: backend.keys: none or empty",
                        "snorky.yaml: dealers[0].model: missing",
                        "snorky.yaml: dealers[1]: 5",
                        "snorky.yaml: dealers[2].key: missing",
                        "snorky.yaml: dealers[3].kind: x");
    }

    @Test
    void what_may_be_a_secret_is_not_shown() {
        String yaml =
                """
                frontend: {tls: {certificate-chain: a, private-key: b, key-password: [sesame]}}
                backend: [{keys: sesame}]
                dealers: {sesame: {}}
                """;

        assertThat(String.join("\n", problems(yaml))).doesNotContain("sesame").contains("backend");
    }

    @Test
    void long_values_are_cut() {
        String yaml = "frontend: {port: " + "9".repeat(1000) + "}" + BACKEND + REST;

        assertThat(problems(yaml)).first().asString().hasSizeLessThan(200);
    }

    @Test
    void what_is_not_YAML_is_told_so() {
        assertThat(problems("frontend: {")).first().asString().startsWith("not YAML");
        assertThat(problems("5"))
                .containsExactly("snorky.yaml: no mapping (expected: name: value)");
    }
}
