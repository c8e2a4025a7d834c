package io.snorky.rpc;

import static org.assertj.core.api.Assertions.assertThat;

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

    private final TestClient client = TestClient.connect(new Registry(new Counter()));

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
}
