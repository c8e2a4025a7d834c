package io.snorky.examples.conformance;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocol, section 8.2: which deltas reach whom. */
class DeliveryTest {

    @RegisterExtension static final Conformance SERVER = new Conformance();

    private static final String RED = "{'id':1,'color':'red'}";
    private static final String BLUE = "{'id':1,'color':'blue'}";

    @AutoClose private Peer alice;
    @AutoClose private Peer bob;
    private BackEnd backEnd;

    @BeforeEach
    void connect() {
        alice = SERVER.connect();
        bob = SERVER.connect();
        backEnd = SERVER.backEnd();
    }

    private String acquires(Peer peer, String... dealers) {
        String token = backEnd.authorizes("datasync_backend", Deltas.items(dealers));
        peer.does("datasync.acquireSubscription", "{'token':'" + token + "'}");
        return token;
    }

    @Test
    void every_kind_of_delta_arrives_as_it_was_published() {
        acquires(alice, "AllPlayers");

        backEnd.publishes(Deltas.insert(RED));
        alice.hears(Deltas.notification(Deltas.insert(RED)));

        backEnd.publishes(Deltas.update(RED, BLUE));
        alice.hears(Deltas.notification(Deltas.update(RED, BLUE)));

        backEnd.publishes(Deltas.delete(BLUE));
        alice.hears(Deltas.notification(Deltas.delete(BLUE)));

        alice.hearsNothing();
    }

    @Test
    void a_batch_arrives_in_order_and_so_do_batches() {
        acquires(alice, "AllPlayers");

        for (int i = 0; i < 100; i += 2) {
            backEnd.publishes(
                    Deltas.insert(Integer.toString(i)), Deltas.delete(Integer.toString(i + 1)));
        }
        backEnd.does("datasync_backend.publishDeltas", "{'deltas':[]}");

        for (int i = 0; i < 100; i += 2) {
            alice.hears(Deltas.notification(Deltas.insert(Integer.toString(i))));
            alice.hears(Deltas.notification(Deltas.delete(Integer.toString(i + 1))));
        }
        alice.hearsNothing();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "5", "'x'", "[]", "{}", "{'big':1e1000000000}", "'\\ud800'", "-0.0"})
    void data_may_be_any_value(String data) {
        acquires(alice, "AllPlayers");

        backEnd.publishes(Deltas.insert(data), Deltas.update("1", data), Deltas.delete(data));

        alice.hearsText(Json.of(Deltas.notification(Deltas.insert(data))));
        alice.hearsText(Json.of(Deltas.notification(Deltas.update("1", data))));
        alice.hearsText(Json.of(Deltas.notification(Deltas.delete(data))));
    }

    @Test
    void unknown_members_are_not_sent_on() {
        acquires(alice, "AllPlayers");

        backEnd.publishes(
                "{'type':'insert','model':'Player','data':1,'oldData':2,'tag':'x'}",
                "{'x':1,'type':'update','data':0,'model':'Player','newData':1,'oldData':2}");

        alice.hears(Deltas.notification(Deltas.insert("1")));
        alice.hears(Deltas.notification(Deltas.update("2", "1")));
    }

    @Test
    void each_item_gets_the_deltas_of_its_dealers_model() {
        acquires(alice, "AllPlayers");
        acquires(bob, "AllTeams", "AllNotes");

        backEnd.publishes(
                Deltas.insert(RED),
                "{'type':'insert','model':'Team','data':{'id':2}}",
                "{'type':'insert','model':'Note','data':{'id':3}}");

        alice.hears(Deltas.notification(Deltas.insert(RED)));
        alice.hearsNothing();
        bob.hears(Deltas.notification("{'type':'insert','model':'Team','data':{'id':2}}"));
        bob.hears(Deltas.notification("{'type':'insert','model':'Note','data':{'id':3}}"));
        bob.hearsNothing();
    }

    @Test
    void a_delta_comes_once_for_each_item() {
        acquires(alice, "AllPlayers", "AllPlayers");
        acquires(alice, "AllPlayers");
        acquires(bob, "AllPlayers");

        backEnd.publishes(Deltas.update(RED, BLUE));

        for (int i = 0; i < 3; i++) {
            alice.hears(Deltas.notification(Deltas.update(RED, BLUE)));
        }
        alice.hearsNothing();
        bob.hears(Deltas.notification(Deltas.update(RED, BLUE)));
        bob.hearsNothing();
    }

    @Test
    void a_subscription_without_items_gets_nothing() {
        acquires(alice);

        backEnd.publishes(Deltas.insert(RED));

        alice.hearsNothing();
    }

    @Test
    void nobody_is_interested_in_a_model_without_dealers() {
        acquires(alice, "AllPlayers");

        backEnd.publishes(
                Deltas.insert("1"),
                "{'type':'insert','model':'Ghost','data':{'id':1}}",
                "{'type':'delete','model':'player','data':{'id':1}}",
                Deltas.insert("2"));

        alice.hears(Deltas.notification(Deltas.insert("1")));
        alice.hears(Deltas.notification(Deltas.insert("2")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'red'", "[]", "{'a':1}", "5", "['==','color','red']", "['?']"})
    void a_broadcast_dealer_ignores_queries(String query) {
        String token =
                backEnd.authorizes(
                        "datasync_backend",
                        "[{'dealer':'AllPlayers','query':" + query + ",'x':1}]");
        alice.does("datasync.acquireSubscription", "{'token':'" + token + "'}");

        backEnd.publishes(Deltas.insert(RED));

        alice.hears(Deltas.notification(Deltas.insert(RED)));
    }

    @Test
    void subscribers_that_vanish_disturb_neither_publisher_nor_others() {
        acquires(alice, "AllPlayers");

        for (int i = 0; i < 20; i++) {
            Peer vanishing = SERVER.connect();
            acquires(vanishing, "AllPlayers");
            vanishing.isLost();
            backEnd.publishes(Deltas.insert(Integer.toString(i)));
        }

        for (int i = 0; i < 20; i++) {
            alice.hears(Deltas.notification(Deltas.insert(Integer.toString(i))));
        }
    }
}
