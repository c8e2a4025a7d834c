package io.snorky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.snorky.testkit.ManualScheduler;
import io.snorky.testkit.TestClient;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

class ConnectionHandlerTest {

    @NonBlocking
    private static final class Chat extends ConnectionHandler {

        private final List<String> events = new CopyOnWriteArrayList<>();

        @Override
        protected void onOpen(Client client) {
            events.add("open " + connected());
        }

        @Override
        protected void onMessage(Client client, String text) {
            switch (text) {
                case "fail" -> throw new IllegalStateException("expected by the test");
                case "bye" -> close(client, 3000, "Go away!");
                case "me" -> send(client, "you");
                default -> broadcast(text);
            }
        }

        @Override
        protected void onClose(Client client) {
            events.add("close " + connected());
        }
    }

    /** Needs a thread of its own. */
    private static final class Patient extends ConnectionHandler {

        private volatile boolean virtual;

        @Override
        protected void onMessage(Client client, String text) {
            virtual = Thread.currentThread().isVirtual();
            send(client, text);
        }
    }

    private final Chat chat = new Chat();

    private TestClient connect() {
        return TestClient.connect(chat);
    }

    @Test
    void a_text_goes_to_one_or_to_all_who_are_connected() {
        TestClient first = connect();
        TestClient second = connect();
        TestClient gone = connect();
        gone.leaves();

        first.says("hello");
        second.says("me");

        assertThat(first.heard()).containsExactly("hello");
        assertThat(second.heard()).containsExactly("hello", "you");
        assertThat(gone.heard()).isEmpty();
    }

    @Test
    void it_is_told_who_comes_and_goes() {
        TestClient first = connect();
        connect();
        first.leaves();

        assertThat(chat.events).containsExactly("open 1", "open 2", "close 1");
    }

    @Test
    void it_can_hang_up() {
        TestClient client = connect();
        client.says("bye");

        client.isClosedWith(3000);
        assertThat(client.closed()).contains(new CloseReason(3000, "Go away!"));
    }

    @Test
    void a_failure_ends_nothing() {
        TestClient client = connect();
        client.says("fail");
        client.says("me");

        assertThat(client.heard()).containsExactly("you");
    }

    @Test
    void half_of_a_surrogate_pair_comes_through() {
        String text = "a\ud800b\udfff😀";
        TestClient client = connect();
        byte[] bytes = Message.ofText(text).utf8();
        chat.application().receive(client.client(), bytes, 0, bytes.length);

        assertThat(bytes).hasSize(2 + 3 + 3 + 4);
        assertThat(client.heard()).hasSize(1);
    }

    @Test
    void it_may_block_unless_it_says_that_it_does_not() {
        var patient = new Patient();
        TestClient client = TestClient.connect(patient);
        client.says("hello");

        client.hearsText("hello");
        await().until(() -> patient.virtual);
    }

    @Test
    void who_has_to_prove_first_who_it_is_is_sent_away_unheard() {
        TestClient bystander = connect();
        TestClient stranger =
                TestClient.connect(
                        chat.application(),
                        new Verdict.TokenFirst(Duration.ofSeconds(10)),
                        new ManualScheduler());

        stranger.isClosedWith(CloseReason.NOT_AUTHENTICATED.code());
        stranger.says("hello, all");
        stranger.leaves();

        bystander.hearsNothingMore();
        assertThat(chat.connected()).isEqualTo(1);
        assertThat(chat.events).containsExactly("open 1");
    }
}
