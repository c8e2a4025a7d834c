package io.snorky;

import io.snorky.transport.Connection;
import io.snorky.transport.EventLoop;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A set of clients that get the same message together. A message is handed to each event loop once,
 * with the connections it owns.
 *
 * <p>A client that joins several times gets each message as often. Whoever joined before a message
 * is sent gets it; whoever left before does not.
 *
 * <p>Threads: any. The lock guards the list of members and is never held while sending: what is
 * sent to is an immutable picture of the list, made anew by the first {@link #send} after a change,
 * so that joining and leaving cost the same however many there are.
 */
public final class Audience {

    /** One client's part in one audience. */
    public final class Membership {

        private final Client client;
        private int index;

        private Membership(Client client, int index) {
            this.client = client;
            this.index = index;
        }

        /** Ends it. A second call changes nothing. */
        public void leave() {
            lock.lock();
            try {
                if (index >= 0) {
                    Membership last = members.remove(members.size() - 1);
                    if (last != this) {
                        members.set(index, last);
                        last.index = index;
                    }
                    index = -1;
                    picture = null;
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private record Group(EventLoop loop, Connection[] connections) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Membership> members = new ArrayList<>(1); // as most views have one
    private volatile Group @Nullable [] picture;

    /** An audience of nobody. */
    public Audience() {}

    /** Adds a client, for the messages sent from now on. */
    public Membership join(Client client) {
        lock.lock();
        try {
            Membership membership = new Membership(client, members.size());
            members.add(membership);
            picture = null;
            return membership;
        } finally {
            lock.unlock();
        }
    }

    /** Memberships there are now. */
    public int size() {
        lock.lock();
        try {
            return members.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends a message to all who are in.
     *
     * @return how many that are
     */
    public int send(Message message) {
        int count = 0;
        for (Group group : groups()) {
            group.loop.deliver(message, group.connections);
            count += group.connections.length;
        }
        return count;
    }

    private Group[] groups() {
        Group[] now = picture;
        if (now != null) {
            return now;
        }
        lock.lock();
        try {
            now = picture;
            if (now == null) {
                now = takePicture();
                picture = now;
            }
            return now;
        } finally {
            lock.unlock();
        }
    }

    private Group[] takePicture() {
        IdentityHashMap<EventLoop, List<Connection>> byLoop = new IdentityHashMap<>();
        for (Membership member : members) {
            Connection connection = member.client.connection();
            byLoop.computeIfAbsent(connection.eventLoop(), loop -> new ArrayList<>())
                    .add(connection);
        }
        return byLoop.entrySet().stream()
                .map(entry ->
                        new Group(entry.getKey(), entry.getValue().toArray(Connection[]::new)))
                .toArray(Group[]::new);
    }
}
