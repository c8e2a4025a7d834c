package io.snorky.testkit;

import io.snorky.Scheduler;
import io.snorky.Verdict;
import io.snorky.transport.Application;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Several clients of one registry, to whom the same happens. They share an event loop:
 *
 * <pre>{@code
 * var all = TestClients.connect(registry, "alice", "bob", "carol");
 * all.each(client -> client.call("chat", "join", Map.of("channel", "#cats")).reply());
 * }</pre>
 *
 * <p>Threads: any; immutable.
 */
public final class TestClients implements Iterable<TestClient> {

    private final List<TestClient> clients;

    private TestClients(List<TestClient> clients) {
        this.clients = clients;
    }

    /** A client for each of some identities. */
    public static TestClients connect(Application application, Object... identities) {
        TestClients all = connect(application, identities.length);
        for (int i = 0; i < identities.length; i++) {
            all.get(i).as(identities[i]);
        }
        return all;
    }

    /** So many clients, without identities. */
    public static TestClients connect(Application application, int count) {
        var loop = new MemoryLoop(Scheduler.system());
        return new TestClients(
                IntStream.range(0, count)
                        .mapToObj(i -> TestClient.connect(application, Verdict.ANONYMOUS, loop))
                        .toList());
    }

    /** One of them, in the order in which they came. */
    public TestClient get(int index) {
        return clients.get(index);
    }

    /** How many they are. */
    public int size() {
        return clients.size();
    }

    /** Does something with each, one after the other. */
    public void each(Consumer<TestClient> what) {
        clients.forEach(what);
    }

    /** Calls a command by each of them; all calls are made before this returns. */
    public List<Call> call(String service, String command, @Nullable Object params) {
        Function<TestClient, Call> call = client -> client.call(service, command, params);
        return clients.stream().map(call).toList();
    }

    /** The next thing that the service sends to each of them is this. */
    public void hear(String service, @Nullable Object message) {
        each(client -> client.hears(service, message));
    }

    /** As {@link TestClient#hearsNothingMore} for each of them. */
    public void hearNothingMore() {
        each(TestClient::hearsNothingMore);
    }

    @Override
    public Iterator<TestClient> iterator() {
        return clients.iterator();
    }
}
