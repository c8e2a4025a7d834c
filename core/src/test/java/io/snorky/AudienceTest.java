package io.snorky;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.testkit.TestClient;
import io.snorky.testkit.TestClients;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;

class AudienceTest {

    private final Registry registry = new Registry();
    private final Audience audience = new Audience();

    @Test
    void who_is_in_gets_the_message_once_and_who_is_not_does_not() {
        var ofOneLoop = TestClients.connect(registry, "alice", "bob", "carol");
        TestClient alice = ofOneLoop.get(0);
        TestClient bob = ofOneLoop.get(1);
        TestClient carol = ofOneLoop.get(2);
        TestClient ofAnother = TestClient.connect(registry);
        audience.join(ofAnother.client());
        audience.join(alice.client());
        Audience.Membership bobs = audience.join(bob.client());
        audience.join(carol.client());
        bobs.leave();

        audience.send(Message.of("news", 1));

        assertThat(alice.heard()).containsExactly("{'service':'news','message':1}");
        assertThat(bob.heard()).isEmpty();
        assertThat(carol.heard()).hasSize(1);
        assertThat(ofAnother.heard()).hasSize(1);
        assertThat(audience.size()).isEqualTo(3);
    }

    @Test
    void who_joined_twice_gets_each_message_twice_until_one_membership_ends() {
        TestClient alice = TestClient.connect(registry);
        audience.join(alice.client());
        Audience.Membership second = audience.join(alice.client());

        audience.send(Message.of("news", 1));
        second.leave();
        second.leave();
        audience.send(Message.of("news", 2));

        assertThat(alice.heard()).hasSize(3);
    }

    @Test
    void joining_and_leaving_from_many_threads_during_sends_loses_and_doubles_nothing()
            throws InterruptedException {
        TestClient stays = TestClient.connect(registry);
        audience.join(stays.client());
        var stop = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(Thread.startVirtualThread(() -> comeAndGo(stop)));
        }
        int messages = 2_000;
        for (int i = 0; i < messages; i++) {
            audience.send(Message.of("n", i));
        }
        stop.set(true);
        for (Thread thread : threads) {
            thread.join();
        }

        List<String> heard = stays.heard();

        assertThat(heard).hasSize(messages).doesNotHaveDuplicates();
        assertThat(heard.get(messages - 1)).isEqualTo("{'service':'n','message':1999}");
        assertThat(audience.size()).isEqualTo(1);
    }

    private void comeAndGo(AtomicBoolean stop) {
        List<Audience.Membership> mine = new ArrayList<>();
        Client client = TestClient.connect(registry).client();
        while (!stop.get()) {
            if (mine.size() < 10 && ThreadLocalRandom.current().nextBoolean()) {
                mine.add(audience.join(client));
            } else if (!mine.isEmpty()) {
                mine.remove(ThreadLocalRandom.current().nextInt(mine.size())).leave();
            }
        }
        mine.forEach(Audience.Membership::leave);
    }
}
