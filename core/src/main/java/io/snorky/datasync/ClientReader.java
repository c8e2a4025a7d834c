package io.snorky.datasync;

import io.snorky.Client;
import io.snorky.CloseReason;
import io.snorky.Message;
import io.snorky.datasync.DeltaLog.Reading;
import io.snorky.transport.LogReader;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * All subscriptions that a client holds at a DataSync service, as they read its log. When the
 * client's connection is full, all of them fall behind together; each begins anew where it stopped.
 *
 * <p>Threads: owned by the event loop of the client's connection.
 */
final class ClientReader extends LogReader {

    private static final Logger LOG = System.getLogger(ClientReader.class.getName());
    private static final int ENTRIES_AT_ONCE = 64;
    private static final int FOLDED_AT_ONCE = 4096;

    /** Entries and views that are looked at before other connections get their turn. */
    private static final int LOOKS_AT_ONCE = 4096;

    private final Client client;
    private final Feed feed;
    private final DeltaLog log;
    private final Figures figures;
    private final Consumer<Follower> onLost;
    private final List<Follower> followers = new ArrayList<>();

    /** What is to be sent next, of entries that were folded. */
    private final Queue<Message> next = new ArrayDeque<>();

    /** Up to where {@link #next} goes, and for whom. */
    private long nextEnd;

    private List<Follower> nextFor = List.of();

    private int lagging;

    /**
     * @param end of the log
     * @param onLost is told of subscriptions whose deltas are held no longer
     */
    ClientReader(
            Client client,
            Feed feed,
            DeltaLog log,
            long end,
            Figures figures,
            Consumer<Follower> onLost) {
        super(feed, end);
        this.client = client;
        this.feed = feed;
        this.log = log;
        this.figures = figures;
        this.onLost = onLost;
    }

    /**
     * One more follows, from its position on.
     *
     * @param end up to where the log's end has been taken or refused so far
     */
    void begin(Follower newcomer, long end) {
        long now = Math.max(end, position());
        if (isBehind()) {
            sendAgain(); // or the notice at its end would be for the newcomer, too
            fallBehind(Math.min(position(), newcomer.position));
        } else if (newcomer.position < now) {
            move(followers, now);
            fallBehind(newcomer.position);
        } else {
            newcomer.caughtUp();
        }
        followers.add(newcomer);
        client.follow(this);
    }

    /**
     * One follows no more.
     *
     * @param end up to where the log's end has been taken or refused so far
     * @return up to where it has been sent everything
     */
    long end(Follower leaver, long end) {
        followers.remove(leaver);
        sendAgain(); // who stays gets its part
        lagsNoMore(Math.min(lagging, 1));
        return isBehind() ? leaver.position : Math.max(end, position());
    }

    private void sendAgain() {
        if (!next.isEmpty()) {
            next.clear();
            nextFor.forEach(follower -> follower.repeats(nextEnd));
        }
    }

    @Override
    protected void fellBehind() {
        followers.forEach(follower -> follower.position = position());
        lagging = followers.size();
        figures.fellBehind(lagging);
    }

    // --- Catching up

    @Override
    public void catchUp(Room room) {
        var missed = new Missed(feed);
        while (isBehind() && room.isOpen() && missed.asked() < LOOKS_AT_ONCE) {
            if (next.isEmpty()) {
                read(missed, room);
            }
            sendNext(room);
        }
    }

    private void read(Missed missed, Room room) {
        boolean folds = followers.stream().anyMatch(follower -> follower.rowKey != null);
        long from = leastPosition();
        switch (log.read(from, folds ? FOLDED_AT_ONCE : ENTRIES_AT_ONCE)) {
            case Reading.Resync unused -> dropLost(room);
            case Reading.Entries(List<LogEntry> entries) -> {
                if (entries.isEmpty()) {
                    reached(from);
                } else if (folds) {
                    nextFor = List.copyOf(followers);
                    nextEnd = entries.getLast().offset();
                    next.addAll(missed.folded(entries, followers, from, nextEnd));
                    moveIfSent();
                } else {
                    send(entries, missed, room);
                }
            }
        }
    }

    private void send(List<LogEntry> entries, Missed missed, Room room) {
        for (LogEntry entry : entries) {
            if (!room.isOpen()) {
                return;
            }
            List<Message> messages = missed.of(entry, followers);
            messages.forEach(room::send);
            figures.caughtUpWith(messages.size());
            move(followers, entry.offset());
        }
    }

    private void sendNext(Room room) {
        while (!next.isEmpty() && room.isOpen()) {
            room.send(next.remove());
            figures.caughtUpWith(1);
            moveIfSent();
        }
    }

    private void moveIfSent() {
        if (next.isEmpty()) {
            move(nextFor, nextEnd);
        }
    }

    private static void move(List<Follower> followers, long offset) {
        for (Follower follower : followers) {
            follower.position = Math.max(follower.position, offset);
        }
    }

    private long leastPosition() {
        long least = Long.MAX_VALUE;
        for (Follower follower : followers) {
            least = Math.min(least, follower.position);
        }
        return followers.isEmpty() ? log.end() : least;
    }

    private void reached(long end) {
        caughtUp(end);
        lagsNoMore(lagging);
        followers.forEach(Follower::caughtUp);
    }

    private void lagsNoMore(int count) {
        lagging -= count;
        figures.laggingNoMore(count);
    }

    /** What some have missed is held no longer. */
    private void dropLost(Room room) {
        List<Follower> lost =
                followers.stream()
                        .filter(each -> log.read(each.position, 0) instanceof Reading.Resync)
                        .toList();
        followers.removeAll(lost);
        lagsNoMore(Math.min(lagging, lost.size()));
        boolean mustHangUp = false;
        for (Follower follower : lost) {
            figures.resync();
            onLost.accept(follower);
            boolean told = follower.lost();
            if (!told && follower.resumes()) {
                room.send(feed.resync(follower.subscription.token));
            } else if (!told) {
                mustHangUp = true;
            }
        }
        if (mustHangUp) {
            LOG.log(Level.WARNING, () -> client + " lags behind the log and cannot be told");
            client.close(CloseReason.SLOW_READER);
        }
    }
}
