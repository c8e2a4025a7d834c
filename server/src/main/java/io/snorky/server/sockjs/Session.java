package io.snorky.server.sockjs;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import io.snorky.Client;
import io.snorky.CloseReason;
import io.snorky.Reception;
import io.snorky.Verdict;
import io.snorky.server.SockJsOptions;
import io.snorky.server.transport.Drop;
import io.snorky.server.transport.LoopConnection;
import io.snorky.server.transport.NettyLoop;
import io.snorky.transport.EventLoop;
import io.snorky.transport.MessageLimits;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One client that is connected over HTTP, by one receiver after the other; in between, what it is
 * sent waits.
 *
 * <p>Threads: owned by the event loop of the request that made it; what {@code Connection} declares
 * may be called from anywhere. Receivers may belong to other event loops.
 */
final class Session extends LoopConnection {

    private static final Logger LOG = System.getLogger(Session.class.getName());

    private static final CloseReason OCCUPIED =
            new CloseReason(2010, "Another connection still open");

    /**
     * How long a second receiver waits for news that the first is gone: of two connections, the end
     * of one may be seen after what its client did next on the other.
     */
    private static final int GRACE_MILLIS = 20;

    private enum State {
        NEW,
        OPEN,
        /** The client is told so, whenever it asks, until it asks no more. */
        CLOSED,
        /** Nobody can ask for it any more. */
        GONE
    }

    private final Sessions sessions;
    private final String id;
    private final Verdict.Admitted admitted;
    private final NettyLoop loop;
    private final InetSocketAddress remoteAddress;
    private final Inbox inbox;
    private final SessionOutbox outbox;
    private State state = State.NEW;
    private @Nullable Client client;
    private @Nullable CloseReason closed;
    private @Nullable Receiver receiver;
    private long due;
    private long timerDue;
    private @Nullable Future<?> timer;

    Session(
            Sessions sessions,
            String id,
            Verdict.Admitted admitted,
            NettyLoop loop,
            InetSocketAddress remoteAddress) {
        this.sessions = sessions;
        this.id = id;
        this.admitted = admitted;
        this.loop = loop;
        this.remoteAddress = remoteAddress;
        outbox = new SessionOutbox(this, loop, options().outbound().maxBytes());
        inbox = new Inbox(loop, options().inbound(), this::hear, () -> end(CloseReason.TOO_FAST));
    }

    private SockJsOptions options() {
        return sessions.options();
    }

    String id() {
        return id;
    }

    NettyLoop loop() {
        return loop;
    }

    @Override
    public EventLoop eventLoop() {
        return loop;
    }

    @Override
    public MessageLimits limits() {
        return sessions.messageLimits();
    }

    @Override
    public SocketAddress remoteAddress() {
        return remoteAddress;
    }

    @Override
    public Verdict.Admitted admitted() {
        return admitted;
    }

    InetSocketAddress address() {
        return remoteAddress;
    }

    // --- Receivers

    /** A request waits for frames. */
    void attach(Receiver newcomer) {
        if (newcomer.isLost()) {
            if (state == State.NEW || state == State.OPEN && receiver == null) {
                forget(); // as if it had been attached a moment ago
            }
            return;
        }
        switch (state) {
            case NEW -> open(newcomer);
            case OPEN -> {
                if (receiver == null) {
                    receiveWith(newcomer);
                } else {
                    contest(newcomer);
                }
            }
            case CLOSED -> {
                receiver = newcomer;
                sayGoodbye();
            }
            case GONE -> sessions.beginAgain(id, newcomer);
        }
    }

    private void open(Receiver first) {
        state = State.OPEN;
        receiver = first;
        int bytes = first.send(Frames.ofThisThread().open());
        client = sessions.application().connect(this); // may send at once, but that comes later
        sessions.presence().entered(this);
        sent(first, bytes);
        outbox.flush();
    }

    private void receiveWith(Receiver next) {
        receiver = next;
        remindIn(options().heartbeatDelay());
        outbox.flush();
    }

    private void contest(Receiver second) {
        loop.executor().schedule(() -> decide(second), GRACE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void decide(Receiver second) {
        if (state != State.OPEN || receiver == null) {
            attach(second);
        } else {
            second.send(Frames.ofThisThread().close(OCCUPIED));
            second.end();
        }
    }

    /** A receiver's connection has ended, and its answer had not. */
    void lost(Receiver lost) {
        if (lost.equals(receiver)) {
            receiver = null;
            forget();
        }
    }

    private void detach(Receiver complete) {
        receiver = null;
        remindIn(options().disconnectDelay());
        complete.end();
    }

    // --- Outbound

    @Override
    protected SessionOutbox outbox() {
        return outbox;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    /** Who brings frames to the client at the moment. */
    @Nullable Receiver receiver() {
        return receiver;
    }

    /** The client asks too slowly, and what it misses cannot be made good. */
    void overflowed(long waitingBytes) {
        loop.drops().count(Drop.SLOW_READER);
        LOG.log(
                Level.WARNING,
                () -> "Hanging up on " + client + ": " + waitingBytes + " bytes wait to be read");
        end(CloseReason.SLOW_READER);
    }

    /** A receiver has room again. */
    void roomMade() {
        outbox.flush();
    }

    void send(Text frame) {
        Receiver to = receiver;
        if (to != null) {
            sent(to, to.send(frame));
        }
    }

    void send(ByteBuf frame) {
        Receiver to = receiver;
        if (to == null) {
            frame.release();
        } else {
            sent(to, to.send(frame));
        }
    }

    private void sent(Receiver to, int bytes) {
        if (bytes >= options().responseLimitBytes()) {
            detach(to);
        } else {
            remindIn(options().heartbeatDelay());
        }
    }

    // --- Inbound

    /** A request has brought messages. */
    void deliver(Delivery delivery) {
        if (state == State.OPEN) {
            inbox.take(delivery);
        } else {
            delivery.notFound();
        }
    }

    private Reception hear(byte[] bytes, int from, int to) {
        Client sender = client;
        if (sender == null) {
            throw new IllegalStateException("not open");
        }
        return sessions.application().receive(sender, bytes, from, to);
    }

    @Override
    public void pauseReading() {
        inbox.pause();
    }

    @Override
    public void resumeReading() {
        inbox.resume();
    }

    // --- The end

    @Override
    public void close(CloseReason reason) {
        loop.execute(() -> end(reason));
    }

    @Override
    public void drain(CloseReason reason) {
        loop.execute(() -> {
            Client told = client;
            if (state == State.OPEN && told != null) {
                inbox.pause();
                sessions.application().afterPending(told, () -> close(reason));
            }
        });
    }

    private void end(CloseReason reason) {
        if (state == State.OPEN) {
            Drop.by(reason).ifPresent(loop.drops()::count);
            state = State.CLOSED;
            closed = reason;
            inbox.end();
            disconnect();
            sayGoodbye();
        }
    }

    private void sayGoodbye() {
        outbox.finish();
        Receiver to = receiver;
        CloseReason reason = closed;
        remindIn(options().disconnectDelay());
        if (to != null && reason != null) {
            receiver = null;
            to.send(Frames.ofThisThread().close(reason));
            to.end();
            to.loop().execute(() -> sessions.presence().left(this)); // then it is on its way
        }
    }

    private void disconnect() {
        Client gone = client;
        if (gone != null) {
            sessions.application().disconnect(gone);
        }
    }

    private void forget() {
        boolean wasOpen = state == State.OPEN;
        state = State.GONE;
        sessions.remove(this);
        inbox.end();
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        if (outbox.release()) {
            loop.drops().count(Drop.ABANDONED);
            LOG.log(Level.DEBUG, () -> client + " left with messages waiting for it");
        }
        if (wasOpen) {
            disconnect();
        }
        sessions.presence().left(this);
    }

    // --- Time

    /**
     * Looks after the session when so much time has passed without another call. As most calls only
     * put off what is due, the timer is left to find that out.
     */
    private void remindIn(Duration delay) {
        due = System.nanoTime() + delay.toNanos();
        if (timer != null && timerDue - due > 0) {
            timer.cancel(false);
            timer = null;
        }
        if (timer == null) {
            startTimer(delay.toNanos());
        }
    }

    private void startTimer(long nanos) {
        timerDue = due;
        timer = loop.executor().schedule(this::timeIsUp, nanos, TimeUnit.NANOSECONDS);
    }

    private void timeIsUp() {
        timer = null;
        long left = due - System.nanoTime();
        if (left > 0) {
            startTimer(left);
        } else if (receiver == null) {
            forget();
        } else {
            send(Frames.ofThisThread().heartbeat());
            outbox.flush();
        }
    }
}
