package io.snorky;

import io.snorky.transport.Connection;
import io.snorky.transport.EventLoop;
import io.snorky.transport.LogReader;
import io.snorky.transport.MessageLimits;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * However joining, leaving and sending meet, it is as if they had come one after the other:
 * Lincheck tries many ways for them to meet and compares what happens with {@link
 * OneAfterTheOther}.
 */
public class AudienceLincheckTest {

    private static final int LOOPS = 2;
    private static final int CLIENTS = 3;

    private final Audience audience = new Audience();
    private final List<Client> clients = new ArrayList<>();
    private final List<Audience.Membership> memberships = new ArrayList<>();

    public AudienceLincheckTest() {
        List<EventLoop> loops = List.of(new TallyingLoop(), new TallyingLoop());
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Client(new NumberedConnection(loops.get(i % LOOPS), i), true));
            memberships.add(audience.join(clients.get(i)));
        }
    }

    @Operation
    public void join(@Param(gen = IntGen.class, conf = "0:2") int client) {
        audience.join(clients.get(client));
    }

    /** Ends the membership that a client has from the beginning. */
    @Operation
    public void leave(@Param(gen = IntGen.class, conf = "0:2") int client) {
        memberships.get(client).leave();
    }

    /** Says how often each client got it. */
    @Operation
    public String send() {
        byte[] tally = new byte[CLIENTS];
        audience.send(Message.ofJson(tally));
        return Arrays.toString(tally);
    }

    @Operation
    public int size() {
        return audience.size();
    }

    @Test
    void whatever_happens_under_load_is_as_if_it_had_come_one_after_the_other() {
        new StressOptions()
                .sequentialSpecification(OneAfterTheOther.class)
                .threads(3)
                .actorsPerThread(3)
                .iterations(30)
                .invocationsPerIteration(3_000)
                .check(AudienceLincheckTest.class);
    }

    /** What an audience is if nothing happens at the same time. */
    public static final class OneAfterTheOther {

        private final byte[] memberships = {1, 1, 1};
        private final boolean[] left = new boolean[CLIENTS];

        /** Everybody is in once. */
        public OneAfterTheOther() {}

        public void join(int client) {
            memberships[client]++;
        }

        public void leave(int client) {
            if (!left[client]) {
                left[client] = true;
                memberships[client]--;
            }
        }

        public String send() {
            return Arrays.toString(memberships);
        }

        public int size() {
            return memberships[0] + memberships[1] + memberships[2];
        }
    }

    /** Counts in the message itself whom it is delivered to. */
    private static final class TallyingLoop implements EventLoop {

        @Override
        public void deliver(Message message, Connection to) {
            message.utf8()[((NumberedConnection) to).number()]++;
        }

        @Override
        public void deliver(Message message, Connection[] to) {
            for (Connection connection : to) {
                deliver(message, connection);
            }
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }
    }

    private record NumberedConnection(EventLoop eventLoop, int number) implements Connection {

        @Override
        public SocketAddress remoteAddress() {
            throw new UnsupportedOperationException();
        }

        @Override
        public MessageLimits limits() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close(CloseReason reason) {}

        @Override
        public void pauseReading() {}

        @Override
        public void resumeReading() {}

        @Override
        public void follow(LogReader reader) {}
    }
}
