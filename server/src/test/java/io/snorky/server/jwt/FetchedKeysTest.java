package io.snorky.server.jwt;

import static io.snorky.server.jwt.Refusals.accepted;
import static io.snorky.server.jwt.Refusals.assertRefused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.snorky.ConfigurationException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Keys of an issuer's web server, which come and go, and may not be had. */
class FetchedKeysTest {

    private static final String CLAIMS = "{\"sub\": \"alice\", \"exp\": 1800000000}";

    private final KeyServer server = new KeyServer();
    private final HandClock clock = new HandClock();
    private final LogLines log = new LogLines();

    @AfterEach
    void stop() {
        log.close();
        server.close();
    }

    private JwtVerifier verifier() {
        return verifier(JwtKeys.jwks(server.address()));
    }

    private JwtVerifier verifier(JwtKeys keys) {
        return new JwtVerifier(keys, JwtOptions.DEFAULT.withClock(clock));
    }

    private static String a() {
        return TestKey.RSA.signAs("a", CLAIMS);
    }

    private static String b() {
        return TestKey.P256.signAs("b", CLAIMS);
    }

    private static String unknown(int i) {
        return TestKey.P256.signAs("unknown " + i, CLAIMS);
    }

    @Test
    void keys_are_fetched_once_and_used_again() {
        server.has(TestKey.RSA.jwk("a"), TestKey.P256.jwk("b"));
        JwtVerifier verifier = verifier();

        for (int i = 0; i < 10; i++) {
            accepted(verifier, a());
            accepted(verifier, b());
        }

        assertThat(server.requests()).isEqualTo(1);
        assertThat(log.lines())
                .containsExactly(
                        "Verifying tokens with 2 keys of " + server.address() + ": \"a\", \"b\"");
    }

    @Test
    void they_are_fetched_before_the_first_token() {
        server.has(TestKey.RSA.jwk("a"));

        verifier();

        await().until(() -> !log.lines().isEmpty());
    }

    @Test
    void a_token_that_names_a_new_key_finds_it() {
        server.has(TestKey.RSA.jwk("a"));
        JwtVerifier verifier = verifier();
        accepted(verifier, a());

        server.has(TestKey.RSA.jwk("a"), TestKey.P256.jwk("b"));
        clock.put(FetchedKeys.PAUSE);

        accepted(verifier, b());
        accepted(verifier, a());
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void a_token_that_names_no_key_there_is_refused() {
        server.has(TestKey.RSA.jwk("a"), TestKey.P256.jwk("b"));
        JwtVerifier verifier = verifier();
        accepted(verifier, a());
        clock.put(FetchedKeys.PAUSE);

        assertRefused(verifier, TestKey.RSA.signAs("x9", CLAIMS))
                .isEqualTo(
                        "kid: \"x9\" (expected: one of 2 keys of "
                                + server.address()
                                + ": \"a\", \"b\")");
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void a_thousand_tokens_of_unknown_keys_are_worth_one_request()
            throws InterruptedException, ExecutionException {
        server.has(TestKey.RSA.jwk("a"));
        JwtVerifier verifier = verifier();
        accepted(verifier, a());
        clock.put(FetchedKeys.PAUSE);

        List<Future<?>> refusals = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1_000; i++) {
                String token = unknown(i);
                refusals.add(
                        threads.submit(
                                () -> assertRefused(verifier, token).startsWith("kid: \"unkn")));
            }
        }
        for (Future<?> refusal : refusals) {
            refusal.get();
        }
        assertThat(server.requests()).isEqualTo(2);

        clock.put(FetchedKeys.PAUSE.minusNanos(1));
        assertRefused(verifier, unknown(0)).startsWith("kid: ");
        assertThat(server.requests()).isEqualTo(2);

        clock.put(Duration.ofNanos(1));
        assertRefused(verifier, unknown(0)).startsWith("kid: ");
        assertThat(server.requests()).isEqualTo(3);
    }

    @Test
    void those_who_need_the_same_keys_wait_for_one_request()
            throws InterruptedException, ExecutionException {
        var isAsked = new CountDownLatch(1);
        var mayAnswer = new CountDownLatch(1);
        server.answer(exchange -> {
            isAsked.countDown();
            awaitQuietly(mayAnswer);
            KeyServer.send(exchange, 200, TestKey.jwks(TestKey.RSA.jwk("a")));
        });
        JwtVerifier verifier = verifier();

        List<Future<String>> identities = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                identities.add(threads.submit(() -> verifier.verify(a()).identity().stringValue()));
            }
            isAsked.await();
            mayAnswer.countDown();
        }

        for (Future<String> identity : identities) {
            assertThat(identity.get()).isEqualTo("alice");
        }
        assertThat(server.requests()).isEqualTo(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void old_keys_are_replaced_without_anybody_waiting() {
        server.has(TestKey.RSA.jwk("a"));
        JwtVerifier verifier = verifier();
        accepted(verifier, a());

        var mayAnswer = new CountDownLatch(1);
        server.answer(exchange -> {
            awaitQuietly(mayAnswer);
            KeyServer.send(exchange, 200, TestKey.jwks(TestKey.P256.jwk("b")));
        });
        clock.put(Duration.ofMinutes(10));
        accepted(verifier, a());
        mayAnswer.countDown();

        await().untilAsserted(() -> assertRefused(verifier, a()).startsWith("kid: \"a\""));
        accepted(verifier, b());
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void keys_that_are_very_old_are_not_believed_before_a_look() {
        server.has(TestKey.RSA.jwk("a"));
        JwtVerifier verifier = verifier();
        accepted(verifier, a());

        server.has(TestKey.P256.jwk("b"));
        clock.put(Duration.ofMinutes(20));

        assertRefused(verifier, a()).startsWith("kid: \"a\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"public, max-age=3600", "MAX-AGE=3600,must-revalidate"})
    void the_server_says_for_how_long_keys_are_good(String cacheControl) {
        server.answer(exchange -> {
            exchange.getResponseHeaders().add("Cache-Control", cacheControl);
            KeyServer.send(exchange, 200, TestKey.jwks(TestKey.RSA.jwk("a")));
        });
        JwtVerifier verifier = verifier();
        accepted(verifier, a());

        clock.put(Duration.ofMinutes(60).minusNanos(1));
        accepted(verifier, a());
        assertThat(server.requests()).isEqualTo(1);

        clock.put(Duration.ofMinutes(60).plusNanos(1));
        accepted(verifier, a());
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void keys_are_good_for_a_minute_whatever_the_server_says() {
        server.answer(exchange -> {
            exchange.getResponseHeaders().add("Cache-Control", "no-cache, max-age=0");
            KeyServer.send(exchange, 200, TestKey.jwks(TestKey.RSA.jwk("a")));
        });
        JwtVerifier verifier = verifier();
        accepted(verifier, a());

        clock.put(Duration.ofSeconds(59));
        accepted(verifier, a());

        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void keys_are_kept_while_there_are_no_newer_ones() {
        server.has(TestKey.RSA.jwk("a"));
        JwtVerifier verifier = verifier();
        accepted(verifier, a());
        server.answer(exchange -> KeyServer.send(exchange, 503, "sorry"));

        for (int i = 0; i < 9; i++) {
            clock.put(Duration.ofMinutes(20));
            accepted(verifier, a());
        }
        server.has(TestKey.RSA.jwk("a"));
        clock.put(Duration.ofMinutes(20));
        accepted(verifier, a());

        String kept =
                "Keeping the 1 key of "
                        + server.address()
                        + ": \"a\"; newer ones could not be fetched, attempts so far: ";
        String why = "; the last: status 503 (expected: 200)";
        String good = "Verifying tokens with 1 key of " + server.address() + ": \"a\"";
        assertThat(log.lines())
                .containsExactly(
                        good, kept + 1 + why, kept + 2 + why, kept + 4 + why, kept + 8 + why, good);
    }

    @Test
    void without_keys_tokens_are_refused_until_there_are_some() {
        server.answer(exchange -> KeyServer.send(exchange, 500, ""));
        JwtVerifier verifier = verifier();

        assertRefused(verifier, a())
                .isEqualTo(
                        "keys: 0 keys of "
                                + server.address()
                                + " (expected: at least one; the log says why there is none)");
        assertThat(log.lines())
                .containsExactly(
                        "Still 0 keys of "
                                + server.address()
                                + "; newer ones could not be fetched, attempts so far: 1; the last:"
                                + " status 500 (expected: 200)");

        server.has(TestKey.RSA.jwk("a"));
        clock.put(FetchedKeys.PAUSE);
        accepted(verifier, a());
    }

    @Test
    void a_clock_that_is_put_back_does_not_keep_new_keys_away() {
        server.has(TestKey.RSA.jwk("a"));
        JwtVerifier verifier = verifier();
        accepted(verifier, a());

        server.has(TestKey.P256.jwk("b"));
        clock.put(Duration.ofHours(-1));

        accepted(verifier, b());
    }

    private void assertFetchFails(JwtKeys keys, String why) {
        assertRefused(verifier(keys), a()).startsWith("keys: 0 keys of ");
        assertThat(log.lines()).last().asString().contains("attempts so far: 1; the last: " + why);
    }

    @Test
    void redirects_are_not_followed() {
        server.answer(exchange -> {
            if (exchange.getRequestURI().getPath().equals("/jwks.json")) {
                exchange.getResponseHeaders().add("Location", "/other.json");
                KeyServer.send(exchange, 302, "");
            } else {
                KeyServer.send(exchange, 200, TestKey.jwks(TestKey.RSA.jwk("a")));
            }
        });

        assertFetchFails(JwtKeys.jwks(server.address()), "status 302 (expected: 200)");
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void a_body_of_more_than_a_mebibyte_is_not_taken() {
        String jwks = TestKey.jwks(TestKey.RSA.jwk("a"));
        String largest = jwks + " ".repeat(JwksRequest.MAX_BYTES - jwks.length());
        server.answer(exchange -> KeyServer.send(exchange, 200, largest));
        accepted(verifier(), a());

        server.answer(exchange -> KeyServer.send(exchange, 200, largest + " "));
        assertFetchFails(
                JwtKeys.jwks(server.address()),
                "java.io.IOException: more than 1048576 bytes (expected: no more)");
    }

    @Test
    void a_body_without_end_is_not_taken() {
        server.answer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] spaces = new byte[1 << 16];
            while (true) {
                exchange.getResponseBody().write(spaces);
            }
        });

        assertFetchFails(
                JwtKeys.jwks(server.address()),
                "java.io.IOException: more than 1048576 bytes (expected: no more)");
    }

    @Test
    void a_server_that_does_not_go_on_is_given_up() {
        var over = new CountDownLatch(1);
        server.answer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaitQuietly(over);
        });
        var request = new JwksRequest(server.address(), Duration.ofMillis(300));

        assertFetchFails(new FetchedKeys(request), "no answer within 300 ms");
        over.countDown();
    }

    @Test
    void what_is_no_key_set_is_not_taken() {
        server.answer(exchange -> KeyServer.send(exchange, 200, "<html>\r\n"));

        assertFetchFails(
                JwtKeys.jwks(server.address()),
                "jwks: " + server.address() + ": not JSON at byte 0");
    }

    @Test
    void a_server_that_is_not_there_is_no_reason_not_to_start() {
        URI address = server.address();
        server.close();

        assertFetchFails(JwtKeys.jwks(address), "java.net.ConnectException");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org/jwks.json",
                "http://127.0.0.1.example.org/",
                "http://localhost.example.org/",
                "http://10.0.0.1/",
                "ftp://localhost/",
                "file:///etc/keys",
                "/jwks.json",
                "https:jwks",
                "https://alice:swordfish@example.org/",
                "https://example.org/#keys",
            })
    void addresses_are_safe_ones(String address) {
        assertThatThrownBy(() -> JwtKeys.jwks(URI.create(address)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(
                        "(expected: https://host[:port]/path, or http:// with a loopback address)")
                .message()
                .startsWith("JWT: jwks: ")
                .doesNotContain("swordfish");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/jwks.json?key=swordfish",
                "HTTPS://example.org:8443/",
                "http://localhost:1/",
                "http://[::1]:1/",
                "http://127.9.9.9/",
            })
    void safe_addresses_are_taken(String address) {
        assertThat(JwtKeys.jwks(URI.create(address)).toString())
                .isEqualTo("JwtKeys[" + address.replaceFirst("\\?.*", "") + "]");
    }
}
