package io.snorky.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.snorky.Lane;
import io.snorky.NonBlocking;
import io.snorky.Registry;
import io.snorky.testkit.TestClient;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class TurnTest {

    private static final Lane LANE = new Lane();

    @NonBlocking
    private static final class Counter extends RpcService {
        private int count;

        Counter() {
            super("counter");
        }

        @Command
        Turn next() {
            return new Turn(LANE, () -> ++count);
        }

        @Command
        Turn refuse() {
            return new Turn(
                    LANE,
                    () -> {
                        throw new RpcError("No more");
                    });
        }

        @Command
        Turn fail() {
            return new Turn(
                    LANE,
                    () -> {
                        throw new IllegalStateException("expected by the test");
                    });
        }

        @Command
        Turn nothing() {
            return new Turn(LANE, () -> null);
        }
    }

    @NonBlocking
    private static final class Other extends RpcService {

        Other() {
            super("other");
        }

        @Command
        void ping() {}
    }

    private final TestClient client = TestClient.connect(new Registry(new Counter(), new Other()));

    @Test
    void what_the_work_comes_to_is_the_answer() {
        client.call("counter", "next").replies(1);
        client.call("counter", "nothing").replies(null);
        client.call("counter", "refuse").isRefused("No more");
        client.call("counter", "fail").isRefused("Internal error");
    }

    @Test
    void it_waits_for_its_turn_and_is_answered_in_it() {
        List<List<String>> heard = new ArrayList<>();

        LANE.execute(() -> {
            client.call("counter", "next");
            LANE.execute(() -> heard.add(client.heard()));
            heard.add(client.heard());
        });

        assertThat(heard)
                .containsExactly(
                        List.of(),
                        List.of(
                                "{'service':'counter','message':{'type':'response','callId':1,'data':1}}"));
    }

    @Test
    void what_the_caller_says_next_waits_until_then_whatever_service_it_is_for() {
        LANE.execute(() -> {
            client.call("counter", "next");
            client.call("other", "ping");
            client.call("counter", "refuse");
            assertThat(client.heard()).isEmpty();
        });

        assertThat(client.heard())
                .extracting(text -> text.replaceAll(".*'callId':(\\d+).*", "$1"))
                .containsExactly("1", "2", "3");
    }

    @Test
    void who_says_much_meanwhile_is_not_listened_to_until_there_is_room() {
        LANE.execute(() -> {
            client.call("counter", "next");
            for (int i = 0; i < 200; i++) {
                client.call("other", "ping");
            }
            assertThat(client.isPaused()).isTrue();
        });

        List<String> heard = new ArrayList<>();
        await().untilAsserted(() -> {
            heard.addAll(client.heard());
            assertThat(heard).hasSize(201);
            assertThat(client.isPaused()).isFalse();
        });
    }
}
