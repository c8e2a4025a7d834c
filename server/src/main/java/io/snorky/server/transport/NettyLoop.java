package io.snorky.server.transport;

import io.netty.buffer.ByteBufAllocator;
import io.snorky.Message;
import io.snorky.Scheduler;
import io.snorky.json.JsonWriter;
import io.snorky.transport.Connection;
import io.snorky.transport.EventLoop;

import org.jctools.queues.varhandle.MpscUnboundedVarHandleArrayQueue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One of Netty's event loops, and what is on its way to the connections it owns.
 *
 * <p>Everything handed over goes through one queue, so it comes out in order. The loop is woken
 * once for all that queues up before it gets to it. Then it takes all there is: messages in a row
 * for the same audience are encoded into one buffer that all its connections share, what else there
 * is for a connection is appended to a buffer of its own, and each connection is flushed once.
 *
 * <p>Threads: {@link #deliver} and {@link #execute} from any; the rest belongs to the event loop.
 */
public final class NettyLoop implements EventLoop {

    /** Things taken from the queue before the loop turns to its sockets again. */
    private static final int TAKEN_AT_ONCE = 4096;

    private static final int AT_A_TIME = 16;
    private static final int SCRATCH_BYTES = 64 * 1024;
    private static final Duration UNHURRIED = Duration.ofMillis(16);

    private record One(Message message, Outbound to) {}

    private record Many(Message message, Connection[] to) {}

    private final io.netty.channel.EventLoop executor;
    private final MpscUnboundedVarHandleArrayQueue<Object> queue =
            new MpscUnboundedVarHandleArrayQueue<>(1024);
    private final AtomicBoolean awake = new AtomicBoolean();
    private final Runnable drain = this::drain;

    private final Batch batch = new Batch(ByteBufAllocator.DEFAULT);
    private final List<Outbound> touched = new ArrayList<>();
    private final List<Outbound> waiting = new ArrayList<>();
    private final Outbound[] next = new Outbound[AT_A_TIME];
    private final boolean[] isIdle = new boolean[AT_A_TIME];
    private final byte[] scratch = new byte[SCRATCH_BYTES];
    private final LoopFigures figures = new LoopFigures();
    private final Drop.Counters drops;
    private long batches;
    private boolean isReading;
    private boolean isFlushing;

    public NettyLoop(io.netty.channel.EventLoop executor, Drop.Counters drops) {
        this.executor = executor;
        this.drops = drops;
    }

    /** What it has done so far. */
    public LoopFigures figures() {
        return figures;
    }

    /** Counts what is dropped, together with all other loops of the server. */
    public Drop.Counters drops() {
        return drops;
    }

    /** The loop beneath. */
    public io.netty.channel.EventLoop executor() {
        return executor;
    }

    /** A place for bytes that are done with before the loop goes on; valid until the next call. */
    public byte[] scratch(int length) {
        return length <= SCRATCH_BYTES ? scratch : new byte[length];
    }

    @Override
    public void deliver(Message message, Connection to) {
        Outbound outbox = ((LoopConnection) to).outbox();
        if (executor.inEventLoop() && queue.isEmpty()) {
            if (!waitsALittle(message, outbox)) {
                touch(outbox);
                wakeUnlessReading();
            }
            outbox.take(message);
        } else {
            offer(new One(message, outbox));
        }
    }

    /** In the loop itself, straight to the outbox; with a copy of the text from elsewhere. */
    @Override
    public void deliver(JsonWriter text, Connection to) {
        Outbound outbox = ((LoopConnection) to).outbox();
        if (executor.inEventLoop() && queue.isEmpty()) {
            touch(outbox);
            outbox.append(text);
            wakeUnlessReading();
        } else {
            offer(new One(Message.ofJson(text.toBytes()), outbox));
        }
    }

    @Override
    public void deliver(Message message, Connection[] to) {
        offer(new Many(message, to));
    }

    @Override
    public void execute(Runnable task) {
        offer(task);
    }

    @Override
    public Scheduler.Timer schedule(Duration delay, Runnable task) {
        try {
            var timer = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> timer.cancel(false);
        } catch (RejectedExecutionException e) {
            return () -> {}; // the loop has ended, and all its connections
        }
    }

    /** Flushes an outbox before the loop turns to its sockets again. To be called in the loop. */
    public void flushSoon(Outbound outbox) {
        touch(outbox);
        wake();
    }

    /** Flushes an outbox after the loop has turned to others. To be called in the loop. */
    public void flushLater(Outbound outbox) {
        executor.execute(() -> flushSoon(outbox));
    }

    /**
     * Handles what has been read from a connection. What that brings for connections of this loop
     * is sent when it is done, without a detour through the loop's tasks. To be called in the loop.
     */
    public void whileReading(Runnable handling) {
        isReading = true;
        try {
            handling.run();
        } finally {
            isReading = false;
            if (queue.isEmpty()) {
                flushTouched();
            } else {
                wake();
            }
        }
    }

    private void wakeUnlessReading() {
        if (!isReading) {
            wake();
        }
    }

    private void offer(Object item) {
        queue.offer(item);
        wake();
    }

    private void wake() {
        if (awake.get() || !awake.compareAndSet(false, true)) {
            return;
        }
        try {
            executor.execute(drain);
        } catch (RejectedExecutionException e) {
            awake.set(false);
            runAfterTheEnd();
        }
    }

    /** The loop has ended: nobody is there to be sent to, but tasks may have more to do. */
    private synchronized void runAfterTheEnd() {
        Object item = queue.poll();
        while (item != null) {
            if (item instanceof Runnable task) {
                task.run();
            }
            item = queue.poll();
        }
    }

    private void drain() {
        awake.set(false);
        int taken = 0;
        Object item = queue.poll();
        while (item != null) {
            take(item);
            if (++taken == TAKEN_AT_ONCE) {
                break;
            }
            item = queue.poll();
        }
        figures.woke();
        figures.flushed(sendBatch());
        flushTouched();
        if (taken == TAKEN_AT_ONCE) {
            wake();
        }
    }

    private void flushTouched() {
        if (isFlushing) {
            return; // who is touched meanwhile gets its turn
        }
        isFlushing = true;
        try {
            for (int i = 0; i < touched.size(); i++) {
                Outbound outbox = touched.get(i);
                outbox.touched = false;
                outbox.flush();
            }
            figures.flushed(touched.size());
        } finally {
            touched.clear();
            isFlushing = false;
        }
    }

    private void take(Object item) {
        switch (item) {
            case Many(Message message, Connection[] to) -> gather(message, to);
            case One(Message message, Outbound to) -> {
                if (to.batch == batches) {
                    closeBatch();
                }
                if (!waitsALittle(message, to)) {
                    touch(to);
                }
                to.take(message);
            }
            case Runnable task -> {
                closeBatch();
                task.run();
            }
            default -> throw new AssertionError(item);
        }
    }

    private void gather(Message message, Connection[] to) {
        if (!batch.isFor(to)) {
            closeBatch();
            batch.begin(to);
            batches++;
            for (Connection connection : to) {
                ((LoopConnection) connection).outbox().batch = batches;
            }
        }
        batch.add(message);
    }

    /** What is gathered goes to its connections, before anything else does. */
    private void closeBatch() {
        if (batch.isEmpty()) {
            return;
        }
        for (Connection each : batch.connections()) {
            Outbound outbox = ((LoopConnection) each).outbox();
            touch(outbox);
            outbox.take(batch);
        }
        forgetBatch();
    }

    /**
     * As {@link #closeBatch}, when nothing comes after it: who is not going to be flushed anyway is
     * sent to on the way.
     *
     * @return how many have been sent to
     */
    private int sendBatch() {
        if (batch.isEmpty()) {
            return 0;
        }
        int sent = 0;
        Connection[] to = batch.connections();
        for (int begin = 0; begin < to.length; begin += AT_A_TIME) {
            sent += sendBatch(to, begin, Math.min(to.length, begin + AT_A_TIME));
        }
        forgetBatch();
        return sent;
    }

    /**
     * A system call leaves little in the processor's caches, so what a connection consists of is
     * far away when its turn comes. To look at several before sending to the first fetches them
     * together.
     */
    private int sendBatch(Connection[] to, int begin, int end) {
        int sent = 0;
        for (int i = begin; i < end; i++) {
            Outbound outbox = ((LoopConnection) to[i]).outbox();
            isIdle[i - begin] = outbox.isIdle() && outbox.maySend(batch);
            next[i - begin] = outbox;
        }
        for (int i = 0; i < end - begin; i++) {
            Outbound outbox = next[i];
            if (isIdle[i] && outbox.isIdle()) { // it may be in twice
                outbox.send(batch);
                outbox.took(batch);
                sent++;
            } else {
                touch(outbox);
                outbox.take(batch);
            }
        }
        return sent;
    }

    private void forgetBatch() {
        batch.clear();
        batches++;
    }

    /** Whether a message goes out later, with what else there is by then. */
    private boolean waitsALittle(Message message, Outbound to) {
        if (!message.isUnhurried() || !to.hasRoom(message)) {
            return false;
        }
        if (!to.touched && !to.waiting) {
            to.waiting = true;
            waiting.add(to);
            if (waiting.size() == 1) {
                schedule(UNHURRIED, this::hurry);
            }
        }
        return true;
    }

    private void hurry() {
        for (Outbound outbox : waiting) {
            outbox.waiting = false;
            touch(outbox);
        }
        waiting.clear();
        wake();
    }

    private void touch(Outbound outbox) {
        if (!outbox.touched) {
            outbox.touched = true;
            touched.add(outbox);
        }
    }
}
