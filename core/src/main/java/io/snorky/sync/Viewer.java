package io.snorky.sync;

import io.snorky.Client;
import io.snorky.CloseReason;
import io.snorky.Message;
import io.snorky.transport.LogReader;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * A client that sees an object. As long as its connection takes what comes, it is sent each patch;
 * when it does not, patches pass it by, and when it does again, it gets one from what it has to
 * what is now.
 *
 * <p>Threads: owned by the event loop of the client's connection.
 */
final class Viewer extends LogReader {

    private static final Logger LOG = System.getLogger(Viewer.class.getName());

    /** Something the client wrote and has not been told of. */
    private record Owed(String id, long revision) {}

    private final Client client;
    private final Mirror mirror;
    private final List<Owed> owed = new ArrayList<>();
    private boolean wantsAll;

    /**
     * @param revision that the client has been given, or is believed to have
     */
    Viewer(Client client, Mirror mirror, long revision) {
        super(mirror, revision);
        this.client = client;
        this.mirror = mirror;
    }

    Client client() {
        return client;
    }

    @Override
    protected void fellBehind() {
        LOG.log(Level.DEBUG, () -> client + " lags behind " + mirror);
    }

    /** It gets the whole state as soon as there is room, before any patch. */
    void sendAll() {
        wantsAll = true;
        fallBehind(position());
        client.follow(this);
    }

    /**
     * A write of its own is about to be told to it.
     *
     * @param id by which it knows it, null if it has none
     */
    void expect(@Nullable String id, long revision) {
        if (id != null) {
            owed.add(new Owed(id, revision));
        }
    }

    /**
     * A write of its own has been told to it, unless it had no room for that.
     *
     * @param hasId whether it hears of it later then; else it has to get the state
     */
    void told(long revision, boolean hasId) {
        if (!isBehind()) {
            settle(revision);
        } else if (!hasId && position() < revision) {
            wantsAll = true;
        }
        client.follow(this);
    }

    private void settle(long revision) {
        owed.removeIf(each -> each.revision <= revision);
        if (position() < revision) {
            caughtUp(revision);
        }
    }

    @Override
    public void catchUp(Room room) {
        try {
            Revisions.State now = mirror.now();
            List<String> ids = owed.stream().map(Owed::id).toList();
            Message missed = wantsAll ? mirror.all(now, ids) : mirror.missed(position(), now, ids);
            room.send(missed);
            wantsAll = false;
            settle(now.revision());
            caughtUp(now.revision());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, client + " cannot be sent the state of " + mirror, e);
            caughtUp(position());
            client.close(CloseReason.INTERNAL_ERROR);
        }
    }
}
