package io.snorky.server.oracle;

import io.snorky.Figure;
import io.snorky.Registry;
import io.snorky.datasync.BroadcastDealer;
import io.snorky.datasync.DataSyncBackend;
import io.snorky.datasync.DataSyncService;
import io.snorky.datasync.Dealer;
import io.snorky.datasync.DeltaLogLimits;
import io.snorky.datasync.FilterDealer;
import io.snorky.datasync.MemoryDeltaLog;
import io.snorky.datasync.SimpleDealer;
import io.snorky.server.OutboundLimits;
import io.snorky.server.SnorkyServer;
import io.snorky.server.SockJsOptions;
import io.snorky.server.WebSocketOptions;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The Snorky server, which is stopped and started, and each time begins with nothing.
 *
 * <p>Threads: any; one starts and stops.
 */
final class Site implements AutoCloseable {

    static final String KEY = "swordfish";

    /** The back end whose tokens live long. */
    static final String PATIENT = "datasync_backend";

    /** The back end whose tokens soon expire. */
    static final String HASTY = "datasync_backend_hasty";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration HASTE = Duration.ofSeconds(1);
    private static final Duration SHUTDOWN = Duration.ofMillis(300);
    private static final WebSocketOptions OPTIONS =
            WebSocketOptions.DEFAULT.withOutbound(
                    new OutboundLimits(256 << 10, Duration.ofSeconds(30)));

    /** So seldom a heartbeat that it wakes nobody whom the server has forgotten. */
    private static final SockJsOptions SOCK_JS =
            SockJsOptions.DEFAULT.withDelays(Duration.ofMinutes(5), Duration.ofSeconds(2));

    /**
     * An answer takes in little, so that who does not ask for the next one lags soon; and there is
     * time to lag for long.
     */
    private static final SockJsOptions LASTING =
            SOCK_JS.withDelays(Duration.ofMinutes(5), Duration.ofSeconds(30))
                    .withResponseLimitBytes(16 << 10);

    /** The server between a start and the next stop. */
    record Life(SnorkyServer server, DataSyncService datasync) {

        InetSocketAddress frontend() {
            return server.addresses().get(0);
        }

        URI backend() {
            return URI.create(
                    "http://127.0.0.1:%d/backend".formatted(server.addresses().get(1).getPort()));
        }
    }

    private final Run run;
    private final Random random;

    /** Owned by whoever starts the server, one at a time. */
    private int turns;

    private final Map<String, Long> figures = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition started = lock.newCondition();
    private @Nullable Life life;

    /** The one that was stopped last, or is being stopped. */
    private @Nullable Life ends;

    Site(Run run) {
        this.run = run;
        random = run.randomFor("site");
    }

    void start() {
        DataSyncService datasync =
                DataSyncService.builder("datasync")
                        .dealers(dealers())
                        .log(new MemoryDeltaLog(logLimits()))
                        .build();
        SnorkyServer server =
                SnorkyServer.builder()
                        .eventLoops(2)
                        .shutdownTimeout(SHUTDOWN)
                        .drainWindow(SHUTDOWN)
                        .listen(
                                0,
                                at ->
                                        at.webSocket("/ws", OPTIONS, new Registry(datasync))
                                                .sockJs("/sockjs", SOCK_JS, new Registry(datasync))
                                                .sockJs(
                                                        "/lasting",
                                                        LASTING,
                                                        new Registry(datasync)))
                        .listen(
                                0,
                                at ->
                                        at.httpBackend(
                                                "/backend",
                                                KEY,
                                                new DataSyncBackend(PATIENT, datasync, PATIENCE),
                                                new DataSyncBackend(HASTY, datasync, HASTE)))
                        .start();
        lock.lock();
        try {
            life = new Life(server, datasync);
            started.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static Dealer[] dealers() {
        List<Dealer> dealers = new ArrayList<>();
        for (Model model : Model.values()) {
            dealers.add(new BroadcastDealer("All" + model.text, model.text));
            dealers.add(new SimpleDealer(model.text + "ByColor", model.text, "color"));
            dealers.add(new FilterDealer("Filtered" + model.text, model.text));
        }
        return dealers.toArray(Dealer[]::new);
    }

    /**
     * So little that who is away for seconds may have missed too much, and so it stays until the
     * first who cannot be told has been hung up on. Then the limits take turns.
     */
    private DeltaLogLimits logLimits() {
        DeltaLogLimits limits = DeltaLogLimits.DEFAULT.withEntries(2_000 + random.nextInt(20_000));
        boolean hasHungUp = run.times(Happening.HUNG_UP_ON) > 0;
        return switch (hasHungUp ? ++turns % 3 : 0) {
            case 0 -> limits.withBytes(1 << 20);
            case 1 -> limits.withAge(Duration.ofSeconds(2));
            default -> limits;
        };
    }

    void stop() {
        Life ending = leave();
        if (ending != null) {
            ending.server.close();
            lock.lock();
            try {
                life = null;
                ending.datasync
                        .figures()
                        .forEach(each -> figures.merge(each.name(), valueOf(each), Long::sum));
            } finally {
                lock.unlock();
            }
        }
    }

    private @Nullable Life leave() {
        lock.lock();
        try {
            ends = life;
            return life;
        } finally {
            lock.unlock();
        }
    }

    /** The server as one knows it: it may be stopping. Waits if it has stopped. */
    Life awaitLife() throws InterruptedException {
        lock.lock();
        try {
            while (life == null) {
                started.await();
            }
            return life;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the server that comes after one.
     *
     * @return false if it was not stopped at all
     */
    boolean awaitLifeAfter(Life former) throws InterruptedException {
        lock.lock();
        try {
            if (former.equals(life) && !former.equals(ends)) {
                return false;
            }
            while (life == null || former.equals(life)) {
                started.await();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** What the DataSync service counts: in this life. */
    long figureNow(String name) {
        lock.lock();
        try {
            return life == null ? 0 : figureOf(life, name);
        } finally {
            lock.unlock();
        }
    }

    /** What the DataSync service counts: in all lives. */
    long figure(String name) {
        lock.lock();
        try {
            return figures.getOrDefault("snorky.datasync." + name, 0L)
                    + (life == null ? 0 : figureOf(life, name));
        } finally {
            lock.unlock();
        }
    }

    private static long figureOf(Life life, String name) {
        return life.datasync.figures().stream()
                .filter(each -> each.name().equals("snorky.datasync." + name))
                .mapToLong(Site::valueOf)
                .findFirst()
                .orElseThrow();
    }

    private static long valueOf(Figure figure) {
        return figure.value().getAsLong();
    }

    @Override
    public void close() {
        stop();
    }
}
