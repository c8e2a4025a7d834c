package io.snorky.server.tls;

import io.snorky.Scheduler;
import io.snorky.server.TlsOptions;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The ports of a server that speak TLS, and the threads that compute their handshakes: half as many
 * as there are processors, so that a crowd that arrives does not take all from those who are in. As
 * many handshakes may wait for them as the server allows at a time.
 *
 * <p>Threads: any.
 */
public final class TlsPorts implements AutoCloseable {

    private final Scheduler scheduler;
    private final ThreadPoolExecutor handshakes;
    private final List<PortTls> ports = new CopyOnWriteArrayList<>();

    public TlsPorts(Scheduler scheduler) {
        this.scheduler = scheduler;
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        var count = new AtomicInteger();
        handshakes =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        10,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        task ->
                                Thread.ofPlatform()
                                        .daemon()
                                        .name("snorky-tls-" + count.incrementAndGet())
                                        .unstarted(task));
        handshakes.allowCoreThreadTimeOut(true);
    }

    /**
     * Opens one more, whose files are looked at from now on.
     *
     * @throws io.snorky.ConfigurationException with all that is wrong with the files
     */
    public PortTls open(TlsOptions options) {
        var port = new PortTls(options, scheduler, handshakes);
        ports.add(port);
        port.watch();
        return port;
    }

    @Override
    public void close() {
        ports.forEach(PortTls::close);
        handshakes.shutdownNow();
    }
}
