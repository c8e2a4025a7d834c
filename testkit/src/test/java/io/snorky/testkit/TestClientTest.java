package io.snorky.testkit;

import static io.snorky.testkit.Json.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.snorky.Client;
import io.snorky.CloseReason;
import io.snorky.ConnectionHandler;
import io.snorky.Message;
import io.snorky.MessageService;
import io.snorky.Overflow;
import io.snorky.Reception;
import io.snorky.Registry;
import io.snorky.Verdict;
import io.snorky.chat.ChatService;
import io.snorky.datasync.BroadcastDealer;
import io.snorky.datasync.DataSyncBackend;
import io.snorky.datasync.DataSyncService;
import io.snorky.rpc.Command;
import io.snorky.rpc.RpcService;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

class TestClientTest {

    /** Says what it is told to, to its caller. */
    private static final class Parrot extends MessageService {

        Parrot() {
            super("parrot");
        }

        @Override
        protected void messageReceived(Client client, JsonNode message) {
            if (message.asString("").equals("go away")) {
                client.close(new CloseReason(3000, "As you wish"));
            }
            send(client, message);
        }
    }

    private static final class Slow extends RpcService {

        private final CountDownLatch gate = new CountDownLatch(1);

        Slow() {
            super("slow");
        }

        @Command
        int answer() throws InterruptedException {
            gate.await();
            return 42;
        }
    }

    private final Slow slow = new Slow();
    private final Registry registry = new Registry(new ChatService("chat"), new Parrot(), slow);
    private final TestClient alice = TestClient.connect(registry).as("alice");
    private final TestClient bob = TestClient.connect(registry).as("bob");

    private static Call join(TestClient client) {
        return client.call("chat", "join", Map.of("channel", "#cats"));
    }

    private static String failureOf(Runnable expectation) {
        AssertionError failure = catchThrowableOfType(AssertionError.class, expectation::run);
        return String.valueOf(failure.getMessage());
    }

    @Test
    void a_test_reads_like_a_conversation() {
        join(bob).replies(Map.of("members", List.of("bob")));
        join(alice).replies(json("{'members':['bob','alice']}"));

        bob.hearsLike("chat", json("{'type':'presence','from':'alice','status':'joined'}"));
        join(alice).isRefused("Already joined");
        alice.hearsNothingMore();
        bob.hearsNothingMore();
    }

    @Test
    void a_message_to_oneself_comes_before_the_answer() {
        join(alice).reply();
        Call hi = alice.call("chat", "send", json("{'channel':'#cats','body':'Hi'}"));

        Heard message = alice.hearsLike("chat", Map.of("body", "Hi")).before(hi);

        hi.replies(null);
        assertThat(failureOf(() -> message.after(hi)))
                .startsWith("alice hears this in another order\n");
    }

    @Test
    void what_comes_instead_is_told_with_all_that_was_heard() {
        join(bob).reply();
        bob.says("parrot", 5);
        bob.hears("parrot", 5.0);
        bob.says("parrot", json("{'a':[1,{'b':2}],'c':null}"));

        assertThat(failureOf(() -> bob.hears("parrot", json("{'a':[1,{'b':3}],'c':null}"))))
                .isEqualTo(
                        """
                        bob hears something else from parrot
                          expected: {'a':[1,{'b':3}],'c':null}
                              came: {'a':[1,{'b':2}],'c':null}
                              that: a[1].b: 2 (expected: 3)
                        Everything it has heard, * not yet looked at:
                          1. {'service':'chat','message':{'type':'response','callId':1,'data':{'members':['bob']}}}
                          2. {'service':'parrot','message':5}
                          3. {'service':'parrot','message':{'a':[1,{'b':2}],'c':null}}\
                        """);
    }

    @Test
    void what_does_not_come_is_told_with_what_was_expected() {
        alice.withPatience(Duration.ofMillis(1));
        alice.call("slow", "answer");

        assertThat(failureOf(() -> alice.hears("parrot", "hello")))
                .isEqualTo(
                        """
                        alice hears nothing from parrot within 1 ms
                          expected: 'hello'
                        Everything it has heard: nothing
                        Not answered: slow.answer {}\
                        """);
        slow.gate.countDown();
    }

    @Test
    void a_reply_that_is_another_is_told_with_the_first_difference() {
        assertThat(failureOf(() -> join(alice).replies(Map.of("members", List.of()))))
                .startsWith(
                        """
                        alice is replied something else to chat.join {'channel':'#cats'}
                          expected: {'members':[]}
                              came: {'members':['alice']}
                              that: members: 1 elements (expected: 0)
                        """);
        assertThat(failureOf(() -> join(alice).reply()))
                .startsWith(
                        """
                        alice is refused chat.join {'channel':'#cats'}
                          with: Already joined
                        """);
        assertThat(failureOf(() -> join(alice).isRefused("Not authenticated")))
                .contains("  expected: Not authenticated\n      came: Already joined\n");
        assertThat(failureOf(() -> join(bob).isRefused("Already joined")))
                .contains("bob is not refused", "replied with: {'members':['alice','bob']}");
    }

    @Test
    void answers_are_found_whatever_order_they_are_looked_at_in() {
        Call first = alice.call("slow", "answer");
        Call second = bob.call("chat", "leave", Map.of("channel", 1));

        assertThat(first.isAnswered()).isFalse();
        second.isRefused("Not joined");
        second.isRefused("Not joined");
        slow.gate.countDown();
        first.replies(42);
        first.repliesLike(42);
        assertThat(first.isAnswered()).isTrue();
    }

    @Test
    void nothing_more_waits_for_what_it_has_said_and_minds_refusals() {
        alice.says("parrot", "hello");
        assertThat(failureOf(alice::hearsNothingMore))
                .startsWith(
                        """
                        alice hears something more
                          1. {'service':'parrot','message':'hello'}
                        """);

        join(bob);
        bob.hearsNothingMore();
        join(bob);
        assertThat(failureOf(bob::hearsNothingMore)).contains("'message':'Already joined'");
    }

    @Test
    void messages_may_come_in_any_order() {
        alice.says("parrot", 1);
        alice.says("parrot", 2);
        alice.says("parrot", 2);
        alice.hearsInAnyOrder("parrot", 2, 1, 2);

        bob.says("parrot", 1);
        bob.says("parrot", 1);
        assertThat(failureOf(() -> bob.hearsInAnyOrder("parrot", 1, 2)))
                .contains("expected: one of [2]", "came: 1");
    }

    @Test
    void what_is_dropped_fails_unless_it_is_said_as_a_text() {
        assertThat(failureOf(() -> alice.call("chta", "join")))
                .startsWith("alice says something that is dropped: no service has that name\n");
        assertThat(alice.says("{}")).isInstanceOf(Reception.Malformed.class);
    }

    @Test
    void who_is_hung_up_on_has_gone() {
        join(alice).reply();
        join(bob).reply();
        alice.hearsFrom("chat");

        bob.says("parrot", "go away");

        bob.isClosedWith(3000);
        alice.hearsLike("chat", Map.of("from", "bob", "status", "left"));
        assertThat(bob.closed().orElseThrow().text()).isEqualTo("As you wish");
        alice.withPatience(Duration.ofMillis(1));
        assertThat(failureOf(() -> alice.isClosedWith(3000)))
                .startsWith("alice is not closed with 3000\n");
    }

    @Test
    void a_client_leaves_once() {
        join(alice).reply();
        join(bob).reply();
        alice.hearsFrom("chat");

        bob.leaves();
        bob.leaves();
        bob.says("parrot", 1);

        alice.hearsLike("chat", Map.of("status", "left"));
        alice.hearsNothingMore();
        bob.hearsNothingMore();
    }

    /** Sends numbers to Alice. */
    private void sends(int first, int last, Overflow overflow) {
        for (int i = first; i <= last; i++) {
            Message message = Message.of("news", i);
            boolean isPlain = overflow == Overflow.CLOSE;
            alice.client().send(isPlain ? message : message.with(overflow, "news"));
        }
    }

    @Test
    void who_does_not_read_hears_later_what_could_wait() {
        alice.stopsReading(2);
        sends(1, 2, Overflow.CLOSE);
        assertThat(alice.heard()).isEmpty();

        alice.readsOn();

        alice.hears("news", 1);
        alice.hears("news", 2);
        alice.hearsNothingMore();
    }

    @Test
    void who_does_not_read_for_too_long_is_hung_up_on() {
        alice.stopsReading(2);

        sends(1, 3, Overflow.CLOSE);

        alice.isClosedWith(CloseReason.SLOW_READER.code());
        alice.readsOn();
        alice.hearsNothingMore();
    }

    @Test
    void the_oldest_of_a_kind_are_dropped() {
        alice.stopsReading(3);
        sends(0, 0, Overflow.CLOSE);
        sends(1, 4, Overflow.DROP_OLDEST);
        alice.readsOn();

        assertThat(alice.heard())
                .map(text -> json(text).get("message").intValue())
                .containsExactly(0, 3, 4);
    }

    @Test
    void of_what_is_conflated_the_latest_waits() {
        alice.stopsReading(2);
        sends(1, 9, Overflow.CONFLATE);
        sends(10, 10, Overflow.CLOSE);
        alice.readsOn();

        alice.hears("news", 9);
        alice.hears("news", 10);
        alice.hearsNothingMore();
    }

    @Test
    void who_has_no_room_lags_and_catches_up() {
        var datasync = new DataSyncService("datasync", new BroadcastDealer("All", "Player"));
        var server =
                TestClient.visit(new Registry(new DataSyncBackend("datasync_backend", datasync)));
        var page = TestClient.connect(new Registry(datasync));
        JsonNode token =
                server.call(
                                "datasync_backend",
                                "authorizeSubscription",
                                json("{'items':[{'dealer':'All','query':null}]}"))
                        .reply();
        page.call("datasync", "acquireSubscription", Map.of("token", token)).replies(null);
        page.hasRoomFor(1);

        for (int i = 1; i <= 3; i++) {
            Object delta = Map.of("type", "insert", "model", "Player", "data", i);
            server.call("datasync_backend", "publishDeltas", Map.of("deltas", List.of(delta)))
                    .replies(null);
        }

        page.hearsLike("datasync", json("{'delta':{'data':1}}"));
        page.hearsNothingMore();
        page.hasRoomFor(10);
        page.hearsLike("datasync", json("{'delta':{'data':2}}"));
        page.hearsLike("datasync", json("{'delta':{'data':3}}"));
    }

    @Test
    void several_clients_are_told_the_same() {
        var all = TestClients.connect(registry, "carol", "dave", json("{'id':7}"));
        all.call("chat", "join", Map.of("channel", "#dogs")).forEach(Call::reply);
        all.each(TestClient::heard);

        all.get(1).call("chat", "send", json("{'channel':'#dogs','body':1}")).replies(null);

        all.each(client -> client.hearsLike("chat", Map.of("from", "dave", "body", 1)));
        all.hearNothingMore();
        assertThat(all).hasSize(all.size()).map(TestClient::toString).contains("{'id':7}");
        assertThat(TestClients.connect(registry, 3)).hasSize(3);
    }

    @Test
    void handlers_talk_in_texts() {
        var client =
                TestClient.connect(
                        new ConnectionHandler() {
                            @Override
                            protected void onMessage(Client from, String text) {
                                send(from, text + "!");
                            }
                        });

        client.says("hello");
        client.hearsText("hello!");
        client.says("{bye}");
        assertThat(failureOf(() -> client.hearsText("bye"))).contains("came: {bye}!");
    }

    @Test
    void who_does_not_say_in_time_who_it_is_is_hung_up_on() {
        var scheduler = new ManualScheduler();
        var stranger =
                TestClient.connect(
                        registry, new Verdict.TokenFirst(Duration.ofSeconds(10)), scheduler);

        scheduler.advance(Duration.ofSeconds(9));
        assertThat(stranger.closed()).isEmpty();
        scheduler.advance(Duration.ofSeconds(1));

        stranger.isClosedWith(CloseReason.NOT_AUTHENTICATED.code());
    }

    @Test
    void identities_are_any_values() {
        assertThat(alice.client().identity()).isEqualTo(json("'alice'"));
        assertThat(alice.as(null).client().identity().isNull()).isTrue();
        assertThat(alice).hasToString("alice");
    }
}
