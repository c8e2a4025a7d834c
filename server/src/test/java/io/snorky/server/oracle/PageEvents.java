package io.snorky.server.oracle;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What a page has not looked at yet. Each connection's reader hands over what comes, a little at a
 * time: when the page does not look, nobody reads.
 *
 * <p>Threads: any; one looks, and has connections read.
 */
final class PageEvents {

    /** One thing to look at. */
    sealed interface Event {
        record Heard(Link link, String text) implements Event {}

        record Ended(Link link) implements Event {}

        record Asked(Runnable question) implements Event {}
    }

    private static final int UNREAD = 8;

    private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(UNREAD);
    private final Set<Thread> readers = ConcurrentHashMap.newKeySet();

    /** Has all that comes over a connection read. */
    void readFrom(Link link) {
        readers.add(Thread.startVirtualThread(() -> read(link)));
    }

    private void read(Link from) {
        try {
            try {
                String text = from.read();
                while (text != null) {
                    queue.put(new Event.Heard(from, text));
                    text = from.read();
                }
            } catch (IOException e) {
                // as good as the end
            }
            queue.put(new Event.Ended(from));
            readers.remove(Thread.currentThread());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has something done by whoever looks. */
    void ask(Runnable question) throws InterruptedException {
        queue.put(new Event.Asked(question));
    }

    /** Waits for the next one; null if there is none for a second. */
    @Nullable Event next() throws InterruptedException {
        return queue.poll(1, TimeUnit.SECONDS);
    }

    /** Nobody looks any more. */
    void end() {
        readers.forEach(Thread::interrupt);
    }
}
