package io.snorky.benchmarks.load;

import io.snorky.benchmarks.load.Dialect.Step;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

/**
 * A connection of the protocol. It is opened, goes through a dialogue, and then tells its listener
 * what comes.
 *
 * <p>Threads: that of the {@link Loop}.
 */
abstract class Connection implements SockJsReader.Sink {

    private enum State {
        OPENING,
        TALKING,
        READY,
        CLOSED
    }

    private final Loop loop;
    private final Iterator<Step> steps;
    private final Listener listener;
    private State state = State.OPENING;
    private Step step = new Step("", "");

    Connection(Loop loop, List<Step> steps, Listener listener) {
        this.loop = loop;
        this.steps = steps.iterator();
        this.listener = listener;
    }

    /** Starts to open it. */
    abstract void open();

    /** Sends what a {@link MessageTemplate} has made. */
    abstract void send(ByteBuffer messages);

    /** Sends a message. */
    abstract void say(String text);

    /** Closes it in an orderly way; the listener is told when that is done. */
    abstract void sayGoodbye();

    /** Reads no more, as somebody whose machine sleeps. */
    abstract void stall();

    /** Reads again. */
    abstract void resume();

    /** Cuts all links. */
    abstract void cutLinks();

    final Loop loop() {
        return loop;
    }

    /** Cuts it, so that nothing of it is left behind in the system, and tells nobody. */
    final void cut() {
        if (state != State.CLOSED) {
            if (state != State.READY) {
                loop.opened();
            }
            state = State.CLOSED;
            cutLinks();
        }
    }

    /** It is at its end. */
    @Override
    public final void close(String reason) {
        if (state != State.CLOSED) {
            boolean early = state != State.READY;
            cut();
            if (early) {
                throw new LoadException("connection: " + reason + " (expected: to open)");
            }
            listener.closed(this, reason);
        }
    }

    @Override
    public final boolean isOpening() {
        return state == State.OPENING;
    }

    /** It is open: the dialogue begins. */
    @Override
    public final void opened() {
        state = State.TALKING;
        nextStep("");
    }

    private void nextStep(String answer) {
        if (!steps.hasNext()) {
            state = State.READY;
            loop.opened();
            listener.ready(this);
            return;
        }
        Step before = step;
        step = steps.next();
        String text = step.say(before, answer);
        if (!text.isEmpty()) {
            say(text);
        }
    }

    /** Whether a message of that length is to be read, or only counted. */
    final boolean reads(long length) {
        return length < Dialect.SHORTEST_MESSAGE || state == State.TALKING || listener.reads();
    }

    /** A message has come. */
    @Override
    public final void heard(byte[] payload, long length) {
        if (state == State.TALKING) {
            String text = string(payload, length);
            if (text.startsWith(step.hear())) {
                nextStep(text);
            }
        } else if (length >= Dialect.SHORTEST_MESSAGE) {
            listener.message(this, payload, length);
        } else if (string(payload, length).equals(loop.dialect().ping())) {
            say(loop.dialect().pong());
        }
    }

    /** All messages that came together have been told. */
    final void paused() {
        if (state == State.READY) {
            listener.paused(this);
        }
    }

    static String string(byte[] payload, long length) {
        return new String(payload, 0, (int) length, StandardCharsets.UTF_8);
    }
}
