package io.snorky.identity;

import static io.snorky.testkit.Json.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.CloseReason;
import io.snorky.Identification;
import io.snorky.Registry;
import io.snorky.Verdict;
import io.snorky.testkit.Call;
import io.snorky.testkit.ManualScheduler;
import io.snorky.testkit.TestClient;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

class IdentityServiceTest {

    private final RefusedTokens refused = new RefusedTokens();
    private final Registry registry =
            new Registry(new IdentityService("identity", IdentityServiceTest::verify, refused));
    private final ManualScheduler scheduler = new ManualScheduler();
    private final TestClient client = TestClient.connect(registry, Verdict.ANONYMOUS, scheduler);

    /** Tokens are as {@code alice 60}: a name, and for how many seconds. */
    private static Identification verify(String token) throws TokenRefusedException {
        String[] parts = token.split(" ", -1);
        if (token.isEmpty() || parts.length > 2) {
            throw new TokenRefusedException("token: of " + parts.length + " parts");
        }
        var who = Identification.of(parts[0]);
        return parts.length == 1 ? who : who.validFor(Duration.ofSeconds(Long.parseLong(parts[1])));
    }

    private Call authenticates(String token) {
        return client.call("identity", "authenticate", Map.of("token", token));
    }

    @Test
    void who_shows_a_token_is_whom_it_names() {
        authenticates("alice").replies(json("{'identity':'alice','expiresIn':null}"));
        assertThat(client.client().identity().asString()).isEqualTo("alice");
    }

    @Test
    void it_is_told_for_how_many_seconds_that_holds() {
        authenticates("alice 60").replies(json("{'identity':'alice','expiresIn':60}"));
        scheduler.advance(Duration.ofSeconds(59));
        assertThat(client.closed()).isEmpty();
    }

    @Test
    void when_the_time_is_over_it_is_hung_up_on() {
        authenticates("alice 60").reply();

        scheduler.advance(Duration.ofSeconds(60));

        client.isClosedWith(CloseReason.TOKEN_EXPIRED.code());
    }

    @Test
    void a_bad_token_changes_nothing_and_is_counted() {
        authenticates("alice").reply();

        authenticates("").isRefused("Not authenticated");
        assertThat(client.client().identity().asString()).isEqualTo("alice");
        assertThat(client.closed()).isEmpty();
        assertThat(refused.count()).isEqualTo(1);
    }

    @Test
    void who_brings_bad_tokens_again_and_again_is_hung_up_on() {
        for (int i = 0; i < 4; i++) {
            authenticates("").isRefused("Not authenticated");
        }
        assertThat(client.closed()).isEmpty();

        authenticates("");

        client.isClosedWith(CloseReason.NOT_AUTHENTICATED.code());
    }

    @Test
    void nobody_becomes_somebody_else() {
        authenticates("alice").reply();

        authenticates("bob")
                .isRefused(
                        "identity: \"bob\" (expected: the one before, \"alice\"; connect anew to"
                                + " be somebody else)");
        assertThat(client.client().identity().asString()).isEqualTo("alice");
    }

    @Test
    void what_is_sent_behind_the_token_waits_until_it_has_been_looked_at() {
        var looked = new CountDownLatch(1);
        var slow =
                new IdentityService(
                        "identity",
                        token -> {
                            try {
                                looked.await();
                            } catch (InterruptedException e) {
                                throw new AssertionError(e);
                            }
                            return Identification.of(token);
                        });
        TestClient eager = TestClient.connect(new Registry(slow, new WhoAmI()));

        Call token = eager.call("identity", "authenticate", json("{'token':'alice'}"));
        Call name = eager.call("me", "name");
        looked.countDown();

        token.repliesLike(json("{'identity':'alice'}"));
        name.replies("alice");
        token.answer().before(name);
    }
}
