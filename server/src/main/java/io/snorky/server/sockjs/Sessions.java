package io.snorky.server.sockjs;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.snorky.CloseReason;
import io.snorky.Verdict;
import io.snorky.server.Authenticator;
import io.snorky.server.InboundLimits;
import io.snorky.server.SockJsOptions;
import io.snorky.server.http.HttpAnswer;
import io.snorky.server.policy.AddressCounts;
import io.snorky.server.proxy.Network;
import io.snorky.server.transport.Drop;
import io.snorky.server.transport.NettyLoop;
import io.snorky.server.transport.Presence;
import io.snorky.transport.Application;
import io.snorky.transport.MessageLimits;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The sessions of an endpoint that are connected over HTTP.
 *
 * <p>Threads: any; a session comes and goes in one step of the concurrent map.
 */
final class Sessions {

    private static final HttpAnswer TOO_MANY =
            HttpAnswer.text(HttpResponseStatus.SERVICE_UNAVAILABLE, "Too many sessions")
                    .with(HttpHeaderNames.RETRY_AFTER, "5");

    private static final int IPV6_PREFIX_BITS = 64;

    private static final CloseReason OVER = new CloseReason(1001, "Session is over");

    private final Application application;
    private final SockJsOptions options;
    private final MessageLimits messageLimits;
    private final Presence presence;
    private final Map<String, Session> byId = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AddressCounts byAddress;

    Sessions(Application application, SockJsOptions options, Presence presence) {
        this.application = application;
        this.options = options;
        this.presence = presence;
        InboundLimits inbound = options.inbound();
        messageLimits = new MessageLimits(inbound.maxNesting(), inbound.maxPending());
        byAddress = new AddressCounts(options.maxSessionsPerAddress());
    }

    Application application() {
        return application;
    }

    SockJsOptions options() {
        return options;
    }

    MessageLimits messageLimits() {
        return messageLimits;
    }

    Presence presence() {
        return presence;
    }

    /** A request with messages for a session has come, in any event loop. */
    void deliver(String id, Delivery delivery) {
        Session session = byId.get(id);
        if (session == null) {
            delivery.notFound();
        } else {
            run(session, () -> session.deliver(delivery));
        }
    }

    /**
     * A request that waits for frames of a session has come, in its event loop.
     *
     * @return false if there is no such session
     */
    boolean goOn(String id, Receiver receiver) {
        Session session = byId.get(id);
        if (session != null) {
            attach(session, receiver);
        }
        return session != null;
    }

    /**
     * The same with a request that may begin a new session.
     *
     * @param verdict about its client, if it does
     */
    void begin(String id, Verdict.Admitted verdict, Receiver receiver) {
        Session session = find(id, verdict, receiver);
        if (session == null) {
            refuse(receiver);
        } else {
            attach(session, receiver);
        }
    }

    private void attach(Session session, Receiver receiver) {
        receiver.belongTo(session);
        receiver.begin(options.outbound().stallTimeout());
        run(session, () -> session.attach(receiver));
    }

    /** A request has lost its session before it got anything, in the session's event loop. */
    void beginAgain(String id, Receiver receiver) {
        if (!options.authenticator().equals(Authenticator.NONE)) {
            receiver.send(Frames.ofThisThread().close(OVER)); // nobody was asked about a new one
            receiver.end();
            return;
        }
        Session session = find(id, Verdict.ANONYMOUS, receiver);
        if (session == null) {
            refuse(receiver);
            return;
        }
        receiver.belongTo(session);
        run(session, () -> session.attach(receiver));
    }

    private static void refuse(Receiver receiver) {
        receiver.loop().drops().count(Drop.TOO_MANY_SESSIONS);
        receiver.refuse(TOO_MANY);
    }

    private static void run(Session session, Runnable task) {
        NettyLoop loop = session.loop();
        if (loop.executor().inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    /** The session with that id, which may be new. */
    private @Nullable Session find(String id, Verdict.Admitted verdict, Receiver receiver) {
        Session known = byId.get(id);
        if (known != null) {
            return known;
        }
        var address = (InetSocketAddress) receiver.exchange().remoteAddress();
        if (!enters(address)) {
            return null;
        }
        var created = new Session(this, id, verdict, receiver.loop(), address);
        Session winner = byId.putIfAbsent(id, created);
        if (winner != null) {
            leaves(address);
            return winner;
        }
        presence.sessionBegun();
        return created;
    }

    private boolean enters(InetSocketAddress address) {
        if (count.incrementAndGet() > options.maxSessions()) {
            count.decrementAndGet();
            return false;
        }
        if (!byAddress.enter(network(address))) {
            count.decrementAndGet();
            return false;
        }
        return true;
    }

    private void leaves(InetSocketAddress address) {
        count.decrementAndGet();
        byAddress.leave(network(address));
    }

    private static Network network(InetSocketAddress address) {
        return Network.of(address.getAddress(), IPV6_PREFIX_BITS); // of IPv4 it is all there is
    }

    void remove(Session session) {
        if (byId.remove(session.id(), session)) {
            leaves(session.address());
            presence.sessionEnded();
        }
    }
}
