package io.snorky.identity;

import static io.snorky.TestClient.error;
import static io.snorky.TestClient.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.snorky.CloseReason;
import io.snorky.Identification;
import io.snorky.Registry;
import io.snorky.TestClient;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

class IdentityServiceTest {

    private final RefusedTokens refused = new RefusedTokens();
    private final Registry registry =
            new Registry(new IdentityService("identity", IdentityServiceTest::verify, refused));
    private final TestClient client = TestClient.connect(registry);

    /** Tokens are as {@code alice 60}: a name, and for how many seconds. */
    private static Identification verify(String token) throws TokenRefusedException {
        String[] parts = token.split(" ", -1);
        if (token.isEmpty() || parts.length > 2) {
            throw new TokenRefusedException("token: of " + parts.length + " parts");
        }
        var who = Identification.of(parts[0]);
        return parts.length == 1 ? who : who.validFor(Duration.ofSeconds(Long.parseLong(parts[1])));
    }

    private String authenticates(String token) {
        return client.asks("identity", "authenticate", "{'token':'" + token + "'}");
    }

    @Test
    void who_shows_a_token_is_whom_it_names() {
        assertThat(authenticates("alice"))
                .isEqualTo(response("identity", "{'identity':'alice','expiresIn':null}"));
        assertThat(client.client().identity().asString()).isEqualTo("alice");
    }

    @Test
    void it_is_told_for_how_many_seconds_that_holds() {
        assertThat(authenticates("alice 60"))
                .isEqualTo(response("identity", "{'identity':'alice','expiresIn':60}"));
        assertThat(client.closed()).isNull();
    }

    @Test
    void when_the_time_is_over_it_is_hung_up_on() {
        authenticates("alice 0");

        await().untilAsserted(
                        () -> assertThat(client.closed()).isEqualTo(CloseReason.TOKEN_EXPIRED));
    }

    @Test
    void a_bad_token_changes_nothing_and_is_counted() {
        authenticates("alice");

        assertThat(authenticates("")).isEqualTo(error("identity", "Not authenticated"));
        assertThat(client.client().identity().asString()).isEqualTo("alice");
        assertThat(client.closed()).isNull();
        assertThat(refused.count()).isEqualTo(1);
    }

    @Test
    void who_brings_bad_tokens_again_and_again_is_hung_up_on() {
        for (int i = 0; i < 4; i++) {
            authenticates("");
        }
        assertThat(client.closed()).isNull();

        authenticates("");

        assertThat(client.closed()).isEqualTo(CloseReason.NOT_AUTHENTICATED);
    }

    @Test
    void nobody_becomes_somebody_else() {
        authenticates("alice");

        assertThat(authenticates("bob"))
                .isEqualTo(
                        error(
                                "identity",
                                "identity: \\'bob\\' (expected: the one before, \\'alice\\';"
                                        + " connect anew to be somebody else)"));
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

        eager.calls("identity", "authenticate", "{'token':'alice'}");
        eager.calls("me", "name", "{}");
        looked.countDown();

        assertThat(eager.next()).contains("'identity':'alice'");
        assertThat(eager.next()).isEqualTo(response("me", "'alice'"));
    }
}
