package io.snorky.chat;

import static io.snorky.testkit.Json.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.snorky.Registry;
import io.snorky.testkit.TestClient;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Clients come, change who they are and go, several at a time: who stays knows who is there. */
class ChatGhostsTest {

    private static final int THREADS = 4;
    private static final int STEPS = 2_000;
    private static final int IDENTITIES = 5;

    private final Registry registry = new Registry(new ChatService("chat"));

    /** One that keeps the list of members as a page does. */
    private static final class Observer {
        final TestClient client;
        final Set<String> members = new TreeSet<>();
        final List<String> surprises = new ArrayList<>();

        Observer(TestClient client) {
            this.client = client;
        }

        /** Takes everything up to the response to the latest call. */
        void listens() {
            JsonNode message = nextMessage();
            while (!message.path("type").asString().equals("response")) {
                hears(message);
                message = nextMessage();
            }
            message.path("data").path("members").forEach(each -> members.add(each.asString()));
        }

        void readsAndListens() {
            client.call("chat", "read", json("{'channel':'room'}"));
            listens();
        }

        private JsonNode nextMessage() {
            return json(client.next()).get("message");
        }

        private void hears(JsonNode message) {
            String from = message.path("from").asString();
            boolean isJoined = message.path("status").asString().equals("joined");
            if (!(isJoined ? members.add(from) : members.remove(from))) {
                surprises.add(message.toString());
            }
        }
    }

    /** A thread with clients of its own. */
    private final class Crowd {
        final Random random;
        final List<TestClient> clients = new ArrayList<>();

        Crowd(long seed) {
            random = new Random(seed);
        }

        void acts() {
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            clients.forEach(client -> client.call("chat", "read", json("{'channel':'room'}")));
        }

        private void step() {
            if (clients.size() < 3) {
                TestClient client = connect("p" + random.nextInt(IDENTITIES));
                clients.add(client);
            }
            TestClient client = clients.get(random.nextInt(clients.size()));
            switch (random.nextInt(5)) {
                case 0, 1 -> client.call("chat", "join", json("{'channel':'room'}"));
                case 2 -> client.call("chat", "leave", json("{'channel':'room'}"));
                case 3 -> identify(client, "p" + random.nextInt(IDENTITIES));
                default -> {
                    client.leaves();
                    clients.remove(client);
                }
            }
        }
    }

    private TestClient connect(String identity) {
        TestClient client = TestClient.connect(registry);
        identify(client, identity);
        return client;
    }

    private static void identify(TestClient client, String identity) {
        client.as(identity);
    }

    private Observer observer(String name) {
        Observer observer = new Observer(connect(name));
        observer.client.call("chat", "join", json("{'channel':'room'}"));
        return observer;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void who_stays_knows_who_is_there(long seed) throws InterruptedException {
        Observer early = observer("early");
        List<Crowd> crowds = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Crowd crowd = new Crowd(seed * THREADS + i);
            crowds.add(crowd);
            threads.add(Thread.ofPlatform().start(crowd::acts));
        }
        Observer late = observer("late");
        for (Thread thread : threads) {
            thread.join();
        }

        Observer last = observer("last");
        List<Observer> all = List.of(early, late, last);
        all.forEach(Observer::listens);
        await().untilAsserted(() -> { // what the crowd has said may still wait for its turn
            all.forEach(Observer::readsAndListens);
            assertThat(early.members).isEqualTo(last.members);
            assertThat(late.members).isEqualTo(last.members);
        });

        crowds.forEach(crowd -> crowd.clients.forEach(TestClient::leaves));
        await().untilAsserted(() -> {
            all.forEach(Observer::readsAndListens);
            assertThat(all)
                    .extracting(observer -> observer.members)
                    .containsOnly(Set.of("early", "last", "late"));
        });
        assertThat(all).flatExtracting(observer -> observer.surprises).isEmpty();
    }
}
