package io.snorky.server.policy;

import io.netty.util.concurrent.Future;
import io.snorky.CloseReason;
import io.snorky.Verdict;
import io.snorky.server.Authenticator;
import io.snorky.server.http.HttpExchange;
import io.snorky.server.transport.Drop;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * Asks an {@link Authenticator} about those who want to connect.
 *
 * <p>Threads: immutable.
 */
public final class Doorkeeper {

    private static final Logger LOG = System.getLogger(Doorkeeper.class.getName());
    private static final int PATIENCE_SECONDS = 10;

    /** What to do then. Called once, in the event loop; not if the peer has gone meanwhile. */
    public interface Door {

        /** The peer may come in. */
        void open(Verdict.Admitted verdict);

        /** The peer may not come in, and is told why. */
        void shut(CloseReason reason);
    }

    private final Authenticator authenticator;

    public Doorkeeper(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /** Asks about a peer, without waiting. To be called in the event loop. */
    public void ask(HttpExchange exchange, Door door) {
        if (authenticator.equals(Authenticator.NONE)) {
            door.open(Verdict.ANONYMOUS);
        } else {
            new Question(exchange, door).ask();
        }
    }

    /** Threads: owned by the event loop, but for asking itself. */
    private final class Question {

        private final HttpExchange exchange;
        private final Door door;
        private boolean isDone;
        private @Nullable Future<?> timer;

        Question(HttpExchange exchange, Door door) {
            this.exchange = exchange;
            this.door = door;
        }

        void ask() {
            var request =
                    new HttpHandshake(
                            exchange.head(), (InetSocketAddress) exchange.remoteAddress());
            exchange.hold(() -> isDone = true);
            var loop = exchange.loop().executor();
            Thread asking =
                    Thread.ofVirtual()
                            .name("snorky-authenticator")
                            .start(() -> {
                                Runnable then = answer(request);
                                loop.execute(() -> finish(then));
                            });
            timer =
                    loop.schedule(
                            () -> {
                                LOG.log(Level.ERROR, "The authenticator took too long");
                                finish(() -> door.shut(CloseReason.INTERNAL_ERROR));
                                asking.interrupt();
                            },
                            PATIENCE_SECONDS,
                            TimeUnit.SECONDS);
        }

        private Runnable answer(HttpHandshake request) {
            try {
                return switch (authenticator.authenticate(request)) {
                    case Verdict.Admitted admitted -> () -> door.open(admitted);
                    case Verdict.Refused refused -> () -> refuse(refused);
                };
            } catch (Exception e) {
                LOG.log(Level.ERROR, "The authenticator failed at " + request, e);
                return () -> door.shut(CloseReason.INTERNAL_ERROR);
            }
        }

        private void refuse(Verdict.Refused refused) {
            exchange.loop().drops().count(Drop.NOT_AUTHENTICATED);
            door.shut(refused.closeReason());
        }

        private void finish(Runnable then) {
            Future<?> waiting = timer;
            if (waiting != null) {
                waiting.cancel(false);
            }
            if (!isDone) {
                isDone = true;
                then.run();
            }
        }
    }
}
