package io.snorky.examples.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Protocol, section 8.4: authorised, acquired, gone, and back. */
class SubscriptionLifeTest {

    @RegisterExtension static final Conformance SERVER = new Conformance();

    @AutoClose private Peer alice;
    @AutoClose private Peer bob;
    private BackEnd backEnd;

    @BeforeEach
    void connect() {
        alice = SERVER.connect();
        bob = SERVER.connect();
        backEnd = SERVER.backEnd();
    }

    private String isAuthorized() {
        return backEnd.authorizes("datasync_backend", Deltas.items("AllPlayers"));
    }

    /** One that has a second to be acquired. */
    private String isAuthorizedBriefly() {
        return backEnd.authorizes("datasync_backend_short", Deltas.items("AllPlayers"));
    }

    private static String params(String token) {
        return "{'token':'" + token + "'}";
    }

    private void isPublished(int from, int to) {
        var deltas = new String[to - from];
        for (int i = from; i < to; i++) {
            deltas[i - from] = Deltas.insert(Integer.toString(i));
        }
        backEnd.publishes(deltas);
    }

    private static void hears(Peer peer, int from, int to) {
        for (int i = from; i < to; i++) {
            peer.hears(Deltas.notification(Deltas.insert(Integer.toString(i))));
        }
    }

    /** The server is the clock. */
    private void aSecondPasses() {
        bob.calls("rpc.later", "{'value':null,'delayMs':1200}");
        bob.hearsReply("rpc.later", "null");
    }

    /** Waits until the server has noticed that whoever held this is gone, and takes it. */
    private static void takesOver(Peer peer, String token) {
        await().untilAsserted(() -> {
            peer.calls("datasync.acquireSubscription", params(token));
            assertThat(peer.next()).contains("response");
        });
    }

    @Test
    void acquiring_delivers_what_was_published_since_then_the_response_and_then_what_comes() {
        isPublished(0, 3);
        String token = isAuthorized();
        isPublished(3, 6);
        isPublished(6, 9);

        alice.calls("datasync.acquireSubscription", params(token));

        hears(alice, 3, 9);
        alice.hearsReply("datasync.acquireSubscription", "null");
        isPublished(9, 12);
        hears(alice, 9, 12);
        alice.hearsNothing();
    }

    @Test
    void it_is_acquired_once_and_its_holder_keeps_it() {
        String token = isAuthorized();
        alice.does("datasync.acquireSubscription", params(token));

        alice.isRefused("datasync.acquireSubscription", params(token), "Already acquired");
        bob.isRefused("datasync.acquireSubscription", params(token), "Already acquired");

        isPublished(0, 1);
        hears(alice, 0, 1);
        alice.hearsNothing();
        bob.hearsNothing();
    }

    @Test
    void only_its_holder_cancels_it_and_that_is_final() {
        String token = isAuthorized();
        alice.isRefused("datasync.cancelSubscription", params(token), "No such subscription");
        alice.does("datasync.acquireSubscription", params(token));
        bob.isRefused("datasync.cancelSubscription", params(token), "No such subscription");

        alice.does("datasync.cancelSubscription", params(token));

        isPublished(0, 1);
        alice.hearsNothing();
        for (Peer peer : new Peer[] {alice, bob}) {
            peer.isRefused("datasync.cancelSubscription", params(token), "No such subscription");
            peer.isRefused("datasync.acquireSubscription", params(token), "No such subscription");
        }
    }

    @Test
    void cancelling_one_leaves_the_others() {
        String one = isAuthorized();
        String other = isAuthorized();
        alice.does("datasync.acquireSubscription", params(one));
        alice.does("datasync.acquireSubscription", params(other));

        alice.does("datasync.cancelSubscription", params(one));

        isPublished(0, 1);
        hears(alice, 0, 1);
        alice.hearsNothing();
    }

    @Test
    void one_that_is_not_acquired_in_time_is_gone() {
        String token = isAuthorizedBriefly();

        aSecondPasses();

        alice.isRefused("datasync.acquireSubscription", params(token), "No such subscription");
    }

    @Test
    void one_that_is_acquired_in_time_lasts() {
        String token = isAuthorizedBriefly();
        alice.does("datasync.acquireSubscription", params(token));

        aSecondPasses();

        isPublished(0, 1);
        hears(alice, 0, 1);
    }

    @Test
    void after_a_lost_connection_the_same_token_resumes_without_loss() {
        String probe = isAuthorized();
        String token = isAuthorized();
        Peer carol = SERVER.connect();
        carol.does("datasync.acquireSubscription", params(probe));
        carol.does("datasync.acquireSubscription", params(token));
        carol.isLost();
        takesOver(bob, probe);

        isPublished(0, 10);
        alice.calls("datasync.acquireSubscription", params(token));

        hears(alice, 0, 10);
        alice.hearsReply("datasync.acquireSubscription", "null");
        isPublished(10, 12);
        hears(alice, 10, 12);
    }

    @Test
    void it_resumes_after_a_goodbye_too_and_as_often_as_it_must() {
        String token = isAuthorized();
        for (int i = 0; i < 3; i++) {
            Peer carol = SERVER.connect();
            takesOver(carol, token);
            isPublished(i, i + 1);
            hears(carol, i, i + 1);
            carol.close();
        }

        takesOver(alice, token);
        alice.hearsNothing();
    }

    @Test
    void a_lost_connection_is_waited_for_as_long_as_the_first_one() {
        String token = isAuthorizedBriefly();
        Peer carol = SERVER.connect();
        carol.does("datasync.acquireSubscription", params(token));
        carol.isLost();
        takesOver(alice, token);
        alice.isLost();
        Peer late = SERVER.connect();

        aSecondPasses();

        late.isRefused("datasync.acquireSubscription", params(token), "No such subscription");
        late.close();
    }

    @Test
    void a_cancelled_one_does_not_come_back_when_its_client_goes() {
        String token = isAuthorized();
        Peer carol = SERVER.connect();
        carol.does("datasync.acquireSubscription", params(token));
        carol.does("datasync.cancelSubscription", params(token));
        carol.close();

        alice.isRefused("datasync.acquireSubscription", params(token), "No such subscription");
    }

    @Test
    void a_thousand_deltas_wait_for_it() {
        String token = isAuthorized();
        isPublished(0, 400);
        isPublished(400, 1000);

        alice.calls("datasync.acquireSubscription", params(token));

        hears(alice, 0, 1000);
        alice.hearsReply("datasync.acquireSubscription", "null");
    }

    @Test
    void with_one_more_it_is_gone() {
        String token = isAuthorized();
        isPublished(0, 1000);
        isPublished(1000, 1001);

        for (int i = 0; i < 2; i++) {
            alice.isRefused("datasync.acquireSubscription", params(token), "No such subscription");
        }
    }

    @Test
    void who_holds_one_hears_more_than_a_thousand() {
        alice.does("datasync.acquireSubscription", params(isAuthorized()));

        isPublished(0, 3000);

        hears(alice, 0, 3000);
    }
}
