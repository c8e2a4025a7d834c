package io.snorky.transport;

import io.snorky.Message;
import io.snorky.Scheduler;
import io.snorky.json.JsonWriter;

import java.time.Duration;

/**
 * Takes messages to the connections it owns. What one thread hands over comes out in that order,
 * whichever of the methods it used; so does what several threads hand over one after the other.
 *
 * <p>Delivering is a promise to try: a connection that is gone, or whose outbound buffer is full,
 * is dealt with by the transport and disturbs no other.
 *
 * <p>Threads: any; nothing here waits. A loop is woken at most once for all that is handed over
 * while it is busy or on its way.
 */
public interface EventLoop {

    /** Delivers to one connection of this loop. */
    void deliver(Message message, Connection to);

    /**
     * Delivers to one connection of this loop a message that nobody else gets.
     *
     * @param text the caller's, and not looked at any more when this returns
     */
    default void deliver(JsonWriter text, Connection to) {
        deliver(Message.ofJson(text.toBytes()), to);
    }

    /**
     * Delivers to many connections of this loop.
     *
     * @param to shared, never modified by either side; the same array again and again as long as
     *     the audience stays the same, which the loop may recognise
     */
    void deliver(Message message, Connection[] to);

    /** Runs a task in the loop, in order with what is delivered. The task must not block. */
    void execute(Runnable task);

    /** Runs a task in the loop once, after a delay. The task must not block. */
    default Scheduler.Timer schedule(Duration delay, Runnable task) {
        return Scheduler.system().schedule(delay, () -> execute(task));
    }
}
