package io.snorky.datasync;

import io.snorky.Message;
import io.snorky.datasync.Subscription.Item;

import tools.jackson.databind.JsonNode;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns entries of the log into what their readers have missed of them.
 *
 * <p>Threads: owned by the event loop of the client's connection.
 */
final class Missed {

    private static final Logger LOG = System.getLogger(Missed.class.getName());

    private interface Sight {
        void saw(Item item, Delta seen);
    }

    private final Feed feed;
    private int asked;

    Missed(Feed feed) {
        this.feed = feed;
    }

    /** How much has been looked at: entries for each follower, and views. */
    int asked() {
        return asked;
    }

    /** The messages of one entry, in the order in which they are to be sent. */
    List<Message> of(LogEntry entry, List<Follower> followers) {
        var byLook = new ByLook<Message>();
        for (Follower follower : followers) {
            look(
                    entry,
                    follower,
                    (item, seen) ->
                            byLook.add(
                                    Look.at(seen),
                                    entry.messages().of(feed, entry, seen, follower.formOf(item))));
        }
        List<Message> messages = new ArrayList<>();
        byLook.take((look, ofLook) -> messages.addAll(ofLook));
        return messages;
    }

    /**
     * The messages of some entries, with one delta for each row where that is wanted. As they are
     * not in the order of the log any more, they all carry the offset before them, and a
     * notification at the end says how far they go.
     *
     * @param from the offset before the first entry
     * @param end the offset of the last entry
     */
    List<Message> folded(List<LogEntry> entries, List<Follower> followers, long from, long end) {
        var rows = new FoldedRows();
        List<Message> others = new ArrayList<>();
        for (LogEntry entry : entries) {
            for (Follower follower : followers) {
                look(
                        entry,
                        follower,
                        (item, seen) -> {
                            if (!rows.fold(follower, item, seen, entry.offset())) {
                                others.add(feed.message(seen, follower.formOf(item), from));
                            }
                        });
            }
        }
        List<Message> messages = new ArrayList<>();
        rows.deletes().forEach(row -> messages.add(row.message(feed, from)));
        messages.addAll(others);
        rows.others().forEach(row -> messages.add(row.message(feed, from)));
        if (followers.stream().anyMatch(Follower::resumes)) {
            messages.add(feed.position(end));
        }
        return messages;
    }

    /** How an entry looks to those of a subscription's items that see something of it. */
    private void look(LogEntry entry, Follower follower, Sight sight) {
        asked++;
        if (entry.offset() <= follower.position) {
            return;
        }
        for (Item item : follower.items) {
            if (item.desk().dealer().model().equals(entry.delta().model())) {
                asked++;
                entry.delta()
                        .through(row -> sees(item, row))
                        .ifPresent(seen -> sight.saw(item, seen));
            }
        }
    }

    private static boolean sees(Item item, JsonNode row) {
        try {
            return item.view().sees(row);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Dealer " + item.desk().dealer().name() + " failed", e);
            return false;
        }
    }
}
