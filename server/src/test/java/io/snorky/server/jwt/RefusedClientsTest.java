package io.snorky.server.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.snorky.Registry;
import io.snorky.identity.IdentityService;
import io.snorky.identity.RefusedTokens;
import io.snorky.server.WebSocketOptions;
import io.snorky.server.identity.TokenAuthenticator;
import io.snorky.server.wire.Frame;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is heard of bad tokens: by those who bring them nothing, by operators what is wrong. */
class RefusedClientsTest {

    private static final HandClock CLOCK = new HandClock();
    private static final long NOW = Instant.parse("2026-01-31T12:05:00Z").getEpochSecond();
    private static final AtomicLong NANOS = new AtomicLong();

    private static final JwtVerifier VERIFIER =
            new JwtVerifier(
                    new FixedKeys(
                            new KeyRing(
                                    "the test",
                                    List.of(
                                            VerificationKey.of(
                                                    "a", (PublicKey) TestKey.RSA.verifying())))),
                    JwtOptions.DEFAULT.withAudiences("chat").withClock(CLOCK));

    private static final RefusedTokens REFUSED = new RefusedTokens(NANOS::get);

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(at ->
                    at.webSocket(
                            "/ws",
                            WebSocketOptions.DEFAULT.withAuthenticator(
                                    TokenAuthenticator.of(VERIFIER, REFUSED)),
                            new Registry(new IdentityService("identity", VERIFIER, REFUSED))));

    private static String claims(long exp, String audience, String more) {
        return "{\"sub\":\"alice\",\"exp\":%d,\"aud\":\"%s\"%s}".formatted(exp, audience, more);
    }

    private static final String GOOD = claims(NOW + 3600, "chat", "");

    /** Tokens, each wrong in one way, and what the log says of it. */
    enum Bad {
        EXPIRED(TestKey.RSA.signAs("a", claims(NOW - 31, "chat", "")), "exp: 2026-01-31T12:04:29Z"),
        NOT_YET_VALID(
                TestKey.RSA.signAs("a", claims(NOW + 3600, "chat", ",\"nbf\":" + (NOW + 31))),
                "nbf: 2026-01-31T12:05:31Z"),
        FOR_SOMEBODY_ELSE(
                TestKey.RSA.signAs("a", claims(NOW + 3600, "shop", "")),
                "aud: \"shop\" (expected: one of \"chat\")"),
        OF_ANOTHER_KEY(TestKey.OTHER_RSA.signAs("a", GOOD), "signature: another one"),
        UNSIGNED(
                TestKey.unsigned("{\"alg\":\"none\"}", GOOD, new byte[0]),
                "alg: \"none\" (expected: PS256"),
        OF_AN_UNKNOWN_KEY(TestKey.RSA.signAs("x9", GOOD), "kid: \"x9\" (expected: "),
        SIGNED_WITH_THE_PUBLIC_KEY(
                TestKey.secret(TestKey.RSA.verifying().getEncoded()).signAs("a", GOOD),
                "alg: \"HS256\" (expected: PS256"),
        OVERSIZED("x".repeat(9_000), "9000 characters (expected: ");

        private final String token;
        private final String said;

        Bad(String token, String said) {
            this.token = token;
            this.said = said;
        }
    }

    private final Logger logger = Logger.getLogger("io.snorky");
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord record) {
                    log.add(record.getMessage() + " " + record.getThrown());
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    @BeforeEach
    void listen() {
        NANOS.addAndGet(2_000_000_000L);
        logger.setLevel(Level.ALL);
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
    }

    @AfterEach
    void listenNoMore() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
        logger.setLevel(null);
    }

    private static WireWebSocket open(String target) {
        Wire wire = SERVER.connect();
        wire.write(WireWebSocket.HANDSHAKE.replace("/ws", target));
        assertThat(wire.replyWithoutBody().status()).isEqualTo(101);
        return WireWebSocket.opened(wire);
    }

    private static String authenticate(String token) {
        return "{\"service\":\"identity\",\"message\":{\"command\":\"authenticate\",\"params\":"
                + "{\"token\":\""
                + token
                + "\"},\"callId\":1}}";
    }

    private static void hearsNoMoreThanTheEnd(WireWebSocket client) {
        Frame frame = client.frame();
        assertThat(frame.opcode()).as("opcode, of: " + frame.text()).isEqualTo(Frame.CLOSE);
        assertThat(frame.closeCode()).isEqualTo(4401);
        assertThat(frame.text().substring(2)).isEqualTo("Not authenticated");
    }

    private void operatorsRead(Bad bad) {
        await().untilAsserted(() ->
                assertThat(log).anySatisfy(line -> assertThat(line).contains(bad.said)));
        String signature = bad.token.substring(bad.token.lastIndexOf('.') + 1);
        assertThat(log)
                .noneMatch(line -> line.contains(bad.token))
                .noneMatch(line -> !signature.isEmpty() && line.contains(signature));
    }

    @ParameterizedTest
    @EnumSource(value = Bad.class, mode = EnumSource.Mode.EXCLUDE, names = "OVERSIZED")
    void at_the_handshake(Bad bad) {
        try (var client = open("/ws?token=" + bad.token)) {
            hearsNoMoreThanTheEnd(client);
        }
        operatorsRead(bad);
    }

    @ParameterizedTest
    @EnumSource(Bad.class)
    void in_the_first_message(Bad bad) {
        try (var client = open("/ws")) {
            client.says(authenticate(bad.token));
            hearsNoMoreThanTheEnd(client);
        }
        operatorsRead(bad);
    }

    @Test
    void a_good_token_shows_nowhere_either() {
        String token = TestKey.RSA.signAs("a", GOOD);
        try (var client = open("/ws?token=" + token)) {
            client.says(authenticate(token));
            assertThat(client.frame().text()).contains("\"identity\":\"alice\"");
        }
        assertThat(log).noneMatch(line -> line.contains(token));
    }
}
