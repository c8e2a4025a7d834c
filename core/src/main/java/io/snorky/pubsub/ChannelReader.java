package io.snorky.pubsub;

import io.snorky.Client;
import io.snorky.transport.LogReader;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * All channels that a client follows with offsets, as they are read from their logs. There is one
 * for a client, however many channels it follows: messages are numbered across channels, and when
 * the client's connection is full all of them fall behind together.
 *
 * <p>Threads: owned by the event loop of the client's connection, but for the allowance.
 */
final class ChannelReader extends LogReader {

    /** Bytes of messages in replies that may wait for a client. */
    private static final long ALLOWANCE = 64 * 1024;

    private static final int ENTRIES_AT_ONCE = 16;

    /** Entries and channels that are looked at before other connections get their turn. */
    private static final int LOOKS_AT_ONCE = 4096;

    private final Client client;
    private final Notifications notifications;
    private final LongSupplier end;
    private final Figures figures;
    private final Consumer<Follower> onLost;
    private final List<Follower> followers = new ArrayList<>();

    /** Bytes that replies may still hold before the connection has been seen to take more. */
    private final AtomicLong allowance = new AtomicLong(ALLOWANCE);

    private volatile boolean isLagging;

    /** Whose turn it is. */
    private int turn;

    private int lagging;

    /**
     * Followers that are lost and have not been ended yet. As long as there are any it stays
     * behind, or it would take what is still published to them.
     */
    private int lost;

    /**
     * @param end the highest number of which all up to it are in their logs
     * @param onLost is told of followers whose messages are held no longer
     */
    ChannelReader(
            Client client,
            Notifications notifications,
            LongSupplier end,
            Figures figures,
            Consumer<Follower> onLost) {
        super(notifications, end.getAsLong());
        this.client = client;
        this.notifications = notifications;
        this.end = end;
        this.figures = figures;
        this.onLost = onLost;
    }

    // --- Replies, in the service's lane

    /**
     * Whether a reply may hold so many bytes of messages; if not, they are better read from the log
     * when there is room.
     */
    boolean spend(long bytes) {
        if (isLagging || allowance.get() < bytes) {
            return false;
        }
        allowance.addAndGet(-bytes);
        return true;
    }

    // --- Who follows

    /**
     * One more follows, from its position on.
     *
     * @param met up to where messages have been taken or refused so far
     */
    void begin(Follower newcomer, long met) {
        long now = Math.max(met, position());
        if (!isBehind() && newcomer.position < now) {
            moveAll(now);
            fallBehind(newcomer.position);
            isLagging = true;
        }
        followers.add(newcomer);
        client.follow(this);
    }

    private void moveAll(long number) {
        followers.forEach(each -> each.position = number);
    }

    /** One follows no more. */
    void end(Follower leaver) {
        if (followers.remove(leaver)) {
            lost -= leaver.isLost ? 1 : 0;
            lagsNoMore(Math.min(lagging, 1));
        }
    }

    @Override
    protected void fellBehind() {
        isLagging = true;
        moveAll(position());
        lagging = followers.size();
        figures.fellBehind(lagging);
    }

    // --- Catching up

    @Override
    public void catchUp(Room room) {
        long last = end.getAsLong(); // what was refused so far is up to there
        List<Follower> nowLost = new ArrayList<>();
        int looks = 0;
        int done = 0;
        while (done < followers.size() && room.isOpen() && looks < LOOKS_AT_ONCE) {
            turn = (turn + 1) % followers.size();
            int read = read(followers.get(turn), last, room, nowLost);
            looks += 1 + read;
            done = read == 0 ? done + 1 : 0;
        }
        if (done >= followers.size() && lost == 0) {
            caughtUp(last);
            lagsNoMore(lagging);
            isLagging = false;
            allowance.set(ALLOWANCE);
        }
        nowLost.forEach(onLost);
    }

    /**
     * @return how many messages it has been sent; none if that is all there is for now
     */
    private int read(Follower follower, long last, Room room, List<Follower> nowLost) {
        if (follower.position >= last || follower.isLost) {
            return 0;
        }
        if (follower.log.endsBy(follower.position)) {
            follower.position = last;
            return 0;
        }
        Optional<List<Entry>> read = follower.log.after(follower.position, last, ENTRIES_AT_ONCE);
        if (read.isEmpty()) {
            follower.isLost = true;
            lost++;
            nowLost.add(follower);
            figures.resync();
            return 0;
        }
        int sent = 0;
        for (Entry entry : read.get()) {
            if (!room.isOpen()) {
                break;
            }
            room.send(entry.withOffset(notifications));
            follower.position = entry.number();
            sent++;
        }
        if (read.get().isEmpty()) {
            follower.position = last;
        }
        figures.caughtUpWith(sent);
        return sent;
    }

    private void lagsNoMore(int count) {
        lagging -= count;
        figures.laggingNoMore(count);
    }
}
