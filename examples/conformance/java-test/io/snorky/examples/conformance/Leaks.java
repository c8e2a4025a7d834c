package io.snorky.examples.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What Netty says about buffers that were forgotten instead of released. */
final class Leaks {

    private static final Logger DETECTOR = Logger.getLogger("io.netty.util.ResourceLeakDetector");
    private static final Queue<String> REPORTS = new ConcurrentLinkedQueue<>();

    static {
        DETECTOR.addHandler(new Recorder());
        DETECTOR.setUseParentHandlers(false); // whoever asks here shows them
    }

    private Leaks() {}

    /**
     * Fails if there have been any.
     *
     * @param useBuffers only when somebody does, the detector looks
     */
    static void expectNone(Runnable useBuffers) {
        collectGarbage();
        useBuffers.run();
        assertThat(REPORTS).as("buffers that were not released").isEmpty();
    }

    private static void collectGarbage() {
        var queue = new ReferenceQueue<Object>();
        var sentinel = new WeakReference<>(new Object(), queue);
        try {
            do {
                System.gc();
            } while (!sentinel.equals(queue.remove(1000)));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Recorder extends Handler {

        @Override
        public void publish(LogRecord record) {
            if (record.getMessage().startsWith("LEAK:")) {
                REPORTS.add(record.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
