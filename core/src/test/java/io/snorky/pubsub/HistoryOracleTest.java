package io.snorky.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.Registry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Several threads publish, clients come and go, lag, and go on where they were: each has been told
 * exactly what was published, in one order, since it was last told that it has missed something.
 */
class HistoryOracleTest {

    private static final int CHANNELS = 3;
    private static final int PUBLISHERS = 3;
    private static final int PAGES = 6;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<ExecutorService> loopThreads = new ArrayList<>();
    private final List<LoopedClient.Loop> loops = new ArrayList<>();
    private final AtomicInteger publishing = new AtomicInteger(PUBLISHERS);
    private final AtomicInteger resyncs = new AtomicInteger();

    /** What may be published before more has been done. */
    private final Semaphore pace = new Semaphore(0);

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
        loopThreads.forEach(ExecutorService::shutdownNow);
    }

    private PubSubService service(int messages) {
        for (int i = 0; i < 2; i++) {
            ExecutorService thread = Executors.newSingleThreadExecutor();
            loopThreads.add(thread);
            loops.add(new LoopedClient.Loop(thread));
        }
        var settings =
                ChannelSettings.DEFAULT.withHistory(
                        HistoryLimits.DEFAULT.withMessages(messages).withBytes(64 << 20));
        return new PubSubService("pubsub", PubSubOptions.DEFAULT.withChannels("log/*", settings));
    }

    /** What one client knows of one channel. */
    private static final class View {
        final List<String> messages = new ArrayList<>();
        String offset = "";
    }

    /** Shows all channels. Threads: one at a time. */
    private final class Page {

        final Random random;
        final Registry registry;
        final Map<String, View> views = new HashMap<>();
        LoopedClient client;

        Page(Registry registry, long seed) throws InterruptedException {
            this.registry = registry;
            random = new Random(seed);
            client = connect();
            for (int i = 0; i < CHANNELS; i++) {
                views.put("log/" + i, new View());
                subscribe("log/" + i);
            }
        }

        private LoopedClient connect() {
            return new LoopedClient(registry, loops.get(random.nextInt(loops.size())));
        }

        private void subscribe(String channel) throws InterruptedException {
            View view = view(channel);
            String since = view.offset.isEmpty() ? "null" : "'" + view.offset + "'";
            client.says(
                    "subscribe",
                    "{'channel':'%s','since':%s,'history':%d}"
                            .formatted(channel, since, random.nextInt(30)));
            JsonNode data = answer();
            if (data.has("resync")) {
                resyncs.incrementAndGet();
                view.messages.clear();
            }
            data.get("messages").forEach(each -> add(view, each));
            view.offset = data.get("offset").stringValue();
        }

        private View view(String channel) {
            return views.getOrDefault(channel, new View());
        }

        private JsonNode answer() throws InterruptedException {
            while (true) {
                JsonNode message = client.next();
                if (message.get("type").stringValue().equals("response")) {
                    return message.get("data");
                }
                hear(message);
            }
        }

        private final List<String> lost = new ArrayList<>();

        private void hear(JsonNode message) {
            String channel = message.get("channel").stringValue();
            if (message.get("type").stringValue().equals("resync")) {
                lost.add(channel);
            } else {
                add(view(channel), message);
            }
        }

        private void add(View view, JsonNode message) {
            view.messages.add(message.get("message").stringValue());
            view.offset = message.get("offset").stringValue();
        }

        Void run() throws InterruptedException {
            while (publishing.get() > 0) {
                act();
                pace.release(random.nextInt(40));
            }
            client.hasRoomFor(Integer.MAX_VALUE);
            for (String channel : views.keySet()) {
                subscribeAgain(channel); // what it has missed comes before the answers
                subscribeAgain(channel);
            }
            return null;
        }

        private void act() throws InterruptedException {
            switch (random.nextInt(12)) {
                case 0 -> {
                    if (random.nextBoolean()) {
                        read();
                    }
                    client.leaves();
                    client = connect();
                    client.hasRoomFor(random.nextInt(20));
                    lost.clear();
                    for (String channel : views.keySet()) {
                        subscribe(channel);
                    }
                }
                case 1 -> subscribeAgain("log/" + random.nextInt(CHANNELS));
                case 2, 3, 4, 5 -> client.hasRoomFor(random.nextInt(60));
                case 6 -> client.hasRoomFor(Integer.MAX_VALUE);
                default -> read();
            }
        }

        private void subscribeAgain(String channel) throws InterruptedException {
            read();
            client.says("unsubscribe", "{'channel':'%s'}".formatted(channel));
            while (true) {
                JsonNode message = client.next();
                String type = message.get("type").stringValue();
                if (type.equals("response") || type.equals("error")) {
                    break; // not subscribed: it was lost, and resync has come before
                }
                hear(message);
            }
            lost.remove(channel);
            subscribe(channel);
            readLost();
        }

        private void read() throws InterruptedException {
            client.heard().forEach(this::hear);
            readLost();
        }

        private void readLost() throws InterruptedException {
            while (!lost.isEmpty()) {
                resyncs.incrementAndGet();
                subscribe(lost.removeFirst());
            }
        }
    }

    private Callable<Void> publisher(PubSubService pubsub, int number, int messages) {
        return () -> {
            var random = new Random(number);
            for (int i = 0; i < messages; i++) {
                pace.acquire();
                pubsub.publish("log/" + random.nextInt(CHANNELS), number + ":" + i);
            }
            publishing.decrementAndGet();
            return null;
        };
    }

    @ParameterizedTest
    @CsvSource({"1, 20000", "2, 20000", "3, 40", "4, 40", "5, 7"})
    void each_has_been_told_exactly_what_was_published(long seed, int held) throws Exception {
        PubSubService pubsub = service(held);
        var registry = new Registry(pubsub);
        var witness = new LoopedClient(registry, loops.getFirst());
        for (int i = 0; i < CHANNELS; i++) {
            witness.says("subscribe", "{'channel':'log/" + i + "'}");
            assertThat(witness.next().get("type").stringValue()).isEqualTo("response");
        }
        List<Page> pages = new ArrayList<>();
        for (int i = 0; i < PAGES; i++) {
            pages.add(new Page(registry, seed * 100 + i));
        }

        int messages = 5_000;
        List<Future<Void>> running = new ArrayList<>();
        pages.forEach(page -> running.add(threads.submit(page::run)));
        for (int i = 0; i < PUBLISHERS; i++) {
            running.add(threads.submit(publisher(pubsub, i, messages)));
        }
        for (Future<Void> each : running) {
            each.get();
        }

        Map<String, List<String>> published = new HashMap<>();
        for (int i = 0; i < PUBLISHERS * messages; i++) {
            JsonNode message = witness.next();
            published
                    .computeIfAbsent(message.get("channel").stringValue(), key -> new ArrayList<>())
                    .add(message.get("message").stringValue());
        }
        for (Page page : pages) {
            page.subscribeAgain("log/0"); // publishers may have left something to do in the lane
            page.subscribeAgain("log/1");
            page.subscribeAgain("log/2");
            page.views.forEach((channel, view) -> {
                List<String> all = published.getOrDefault(channel, List.of());
                List<String> told = view.messages;
                assertThat(told.size()).isLessThanOrEqualTo(all.size());
                assertThat(told).isEqualTo(all.subList(all.size() - told.size(), all.size()));
                if (held > messages) {
                    assertThat(told).hasSameSizeAs(all);
                }
            });
        }
        assertThat(resyncs.get() > 0).isEqualTo(held < messages);
        pages.forEach(page -> page.client.leaves());
        witness.leaves();
        assertThat(pubsub.holdings()).isZero();
    }
}
