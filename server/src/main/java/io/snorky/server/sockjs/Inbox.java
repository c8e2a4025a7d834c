package io.snorky.server.sockjs;

import io.snorky.Reception;
import io.snorky.server.InboundLimits;
import io.snorky.server.policy.RateLimit;
import io.snorky.server.transport.Drop;
import io.snorky.server.transport.NettyLoop;
import io.snorky.server.websocket.Dialect;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a session hears. While it must not hear more, requests wait for their answers, and their
 * senders with them; a bounded number does.
 *
 * <p>Threads: owned by the session's event loop, but for pauses, which any thread begins and ends.
 */
final class Inbox implements Dialect.Hearer {

    private final NettyLoop loop;
    private final InboundLimits limits;
    private final Dialect.Hearer hearer;
    private final Runnable tooFast;
    private final RateLimit rate;
    private final AtomicInteger pauses = new AtomicInteger();
    private final Queue<Delivery> waiting = new ArrayDeque<>(0);
    private boolean ended;
    private int heard;

    /**
     * @param tooFast what to do with a client that keeps sending faster than it may
     */
    Inbox(NettyLoop loop, InboundLimits limits, Dialect.Hearer hearer, Runnable tooFast) {
        this.loop = loop;
        this.limits = limits;
        this.hearer = hearer;
        this.tooFast = tooFast;
        rate = new RateLimit(limits, System.nanoTime());
    }

    void take(Delivery delivery) {
        if (ended) {
            delivery.notFound();
        } else if (pauses.get() == 0 && waiting.isEmpty()) {
            hear(delivery);
        } else if (waiting.size() < limits.maxPending()) {
            waiting.add(delivery);
        } else {
            loop.drops().count(Drop.TOO_MANY_REQUESTS);
            delivery.tooManyWait(limits.maxPending());
        }
    }

    private void hear(Delivery delivery) {
        heard = 0;
        delivery.answer(outcome(delivery), limits.messagesPerSecond());
        int bytes = delivery.exchange().body().length;
        loop.figures().received(heard, bytes);
        throttle(Math.max(1, heard), bytes);
    }

    private MessageArray.Outcome outcome(Delivery delivery) {
        byte[] json;
        try {
            json = delivery.json();
        } catch (IllegalArgumentException e) {
            return MessageArray.Outcome.BROKEN;
        }
        return MessageArray.ofThisThread().read(json, json.length, limits, this);
    }

    @Override
    public Reception hear(byte[] bytes, int from, int to) {
        heard++;
        return hearer.hear(bytes, from, to);
    }

    private void throttle(int messages, int bytes) {
        long nanos = rate.take(messages, bytes, System.nanoTime());
        if (nanos == 0) {
            return;
        }
        if (rate.isHopeless(System.nanoTime())) {
            loop.drops().count(Drop.TOO_FAST);
            tooFast.run();
            return;
        }
        pause();
        loop.executor().schedule(this::resume, nanos, TimeUnit.NANOSECONDS);
    }

    void pause() {
        pauses.incrementAndGet();
    }

    void resume() {
        if (pauses.decrementAndGet() == 0) {
            loop.execute(this::goOn);
        }
    }

    private void goOn() {
        while (pauses.get() == 0) {
            Delivery next = waiting.poll();
            if (next == null) {
                return;
            }
            hear(next);
        }
    }

    /** Nothing is heard any more. */
    void end() {
        ended = true;
        waiting.forEach(Delivery::notFound);
        waiting.clear();
    }
}
