package io.snorky.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.Identification;
import io.snorky.Registry;
import io.snorky.Verdict;
import io.snorky.identity.IdentityService;
import io.snorky.identity.RefusedTokens;
import io.snorky.identity.TokenRefusedException;
import io.snorky.server.Authenticator;
import io.snorky.server.PortBuilder;
import io.snorky.server.WebSocketOptions;
import io.snorky.server.wire.Frame;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Who may connect, and as whom, over WebSocket. */
class AuthenticationTest {

    private static final BlockingQueue<String> ASKED = new LinkedBlockingQueue<>();
    private static final RefusedTokens REFUSED = new RefusedTokens();

    /** Tokens are as {@code alice.60}: a name, and for how many milliseconds. */
    private static Identification verify(String token) throws TokenRefusedException {
        String[] parts = token.split("\\.", -1);
        if (!token.startsWith("alice")) {
            throw new TokenRefusedException("sub: of nobody (expected: alice)");
        }
        var who = Identification.of(parts[0]);
        return parts.length == 1 ? who : who.validFor(Duration.ofMillis(Long.parseLong(parts[1])));
    }

    private static final TokenAuthenticator BY_TOKEN =
            TokenAuthenticator.of(AuthenticationTest::verify, REFUSED).withCookie("access");

    private static final SessionAuthenticator BY_SESSION =
            SessionAuthenticator.of(
                    "sid",
                    value -> {
                        ASKED.add(value);
                        return value.equals("s3cret")
                                ? Optional.of(Identification.of("alice"))
                                : Optional.empty();
                    });

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(at -> {
                offer(at, "/token", BY_TOKEN);
                offer(
                        at,
                        "/short",
                        BY_TOKEN.withoutToken(new Verdict.TokenFirst(Duration.ofMillis(50))));
                offer(at, "/optional", BY_TOKEN.withoutToken(Verdict.ANONYMOUS));
                offer(at, "/session", BY_SESSION);
                offer(at, "/refusing", request -> new Verdict.Refused("Closed on Sundays"));
                offer(
                        at,
                        "/failing",
                        request -> {
                            throw new IllegalStateException("the table is gone");
                        });
            });

    private static Registry registry() {
        return new Registry(
                new IdentityService("identity", AuthenticationTest::verify, REFUSED), new WhoAmI());
    }

    private static void offer(PortBuilder at, String path, Authenticator authenticator) {
        at.webSocket(path, WebSocketOptions.DEFAULT.withAuthenticator(authenticator), registry());
    }

    private static WireWebSocket open(String path, String... headers) {
        var lines = new StringBuilder("\r\n");
        List.of(headers).forEach(header -> lines.append(header).append("\r\n"));
        Wire wire = SERVER.connect();
        wire.write(
                WireWebSocket.HANDSHAKE
                        .replace("/ws", path)
                        .replace("\r\n\r\n", lines.append("\r\n")));
        assertThat(wire.replyWithoutBody().status()).isEqualTo(101);
        return WireWebSocket.opened(wire);
    }

    private static String authenticate(String token) {
        return "{\"service\":\"identity\",\"message\":{\"command\":\"authenticate\",\"params\":"
                + "{\"token\":\""
                + token
                + "\"},\"callId\":7}}";
    }

    private static void hearsClose(WireWebSocket client, int code, String text) {
        Frame frame = client.frame();
        assertThat(frame.opcode()).as("opcode, of: " + frame.text()).isEqualTo(Frame.CLOSE);
        assertThat(frame.closeCode()).isEqualTo(code);
        assertThat(frame.text()).endsWith(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/token?token=alice",
                "/token?x=1&token=ali%63e",
                "/token Authorization: Bearer alice",
                "/token Authorization: bearer  alice",
                "/token Cookie: a=b; access=alice",
                "/session Cookie: sid=s3cret"
            })
    void who_proves_at_the_handshake_who_it_is_is_known_from_then_on(String how) {
        String[] parts = how.split(" ", 2);
        try (var client = parts.length == 1 ? open(parts[0]) : open(parts[0], parts[1])) {
            client.says(WhoAmI.QUESTION);
            client.hears(WhoAmI.answer("\"alice\""));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/token?token=mallory",
                "/token?token=",
                "/token Authorization: Bearer mallory",
                "/session Cookie: sid=guess",
                "/session?sid=s3cret"
            })
    void who_does_not_is_told_no_more_than_that(String how) {
        String[] parts = how.split(" ", 2);
        try (var client = parts.length == 1 ? open(parts[0]) : open(parts[0], parts[1])) {
            hearsClose(client, 4401, "Not authenticated");
        }
    }

    @Test
    void an_authenticator_of_ones_own_says_why_it_refuses() {
        try (var client = open("/refusing")) {
            hearsClose(client, 4401, "Closed on Sundays");
        }
    }

    @Test
    void a_failing_authenticator_lets_nobody_in() {
        try (var client = open("/failing")) {
            hearsClose(client, 1011, "Internal error");
        }
    }

    @Test
    void the_first_message_may_carry_the_token_and_others_may_follow_at_once() {
        try (var client = open("/token")) {
            client.sends(Frame.text(authenticate("alice")), Frame.text(WhoAmI.QUESTION));

            client.hears(
                    "{\"service\":\"identity\",\"message\":{\"type\":\"response\",\"callId\":7,"
                            + "\"data\":{\"identity\":\"alice\",\"expiresIn\":null}}}");
            client.hears(WhoAmI.answer("\"alice\""));
        }
    }

    @Test
    void any_other_first_message_ends_it() {
        try (var client = open("/token")) {
            client.says(WhoAmI.QUESTION);
            hearsClose(client, 4401, "Not authenticated");
        }
    }

    @Test
    void a_bad_token_in_the_first_message_ends_it() {
        try (var client = open("/token")) {
            client.sends(Frame.text(authenticate("mallory")), Frame.text(WhoAmI.QUESTION));
            hearsClose(client, 4401, "Not authenticated");
        }
    }

    @Test
    void silence_ends_it_too() {
        try (var client = open("/short")) {
            hearsClose(client, 4401, "Not authenticated");
        }
    }

    @Test
    void where_it_is_optional_who_brings_none_is_nobody() {
        try (var client = open("/optional")) {
            client.says(WhoAmI.QUESTION);
            client.hears(WhoAmI.answer("null"));
        }
    }

    @Test
    void when_the_token_ends_the_connection_does() {
        try (var client = open("/token?token=alice.50")) {
            hearsClose(client, 4404, "Token expired");
        }
    }

    @Test
    void one_message_renews_it() {
        try (var client = open("/token?token=alice.60000")) {
            client.says(authenticate("alice.1000"));
            assertThat(client.frame().text()).contains("\"expiresIn\":1");
            hearsClose(client, 4404, "Token expired");
        }
    }

    @Test
    void a_cookie_that_is_too_long_is_not_looked_up() throws InterruptedException {
        ASKED.clear();
        try (var client = open("/session", "Cookie: sid=" + "x".repeat(4_097))) {
            hearsClose(client, 4401, "Not authenticated");
        }
        assertThat(ASKED.poll(0, TimeUnit.SECONDS)).isNull();
    }
}
