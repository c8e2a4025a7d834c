package io.snorky.datasync;

import io.snorky.Message;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The messages of one entry of the log, each encoded when first asked for: the change itself and,
 * of an update, how it looks to those who see one half of it; in each form that somebody asked for.
 *
 * <p>Threads: any. Two that ask for the same at the same time may both encode it.
 */
final class DeltaMessages {

    private record Dressed(Look look, Form form) {}

    private final @Nullable Message[] untagged = new @Nullable Message[2 * Look.values().length];
    private volatile @Nullable Map<Dressed, Message> tagged;

    /**
     * @param entry what these messages belong to
     * @param seen how it looks
     */
    Message of(Feed feed, LogEntry entry, Delta seen, Form form) {
        Look look = Look.at(seen);
        if (form.tag() != null) {
            return tagged().computeIfAbsent(
                            new Dressed(look, form), key -> encode(feed, entry, seen, form));
        }
        int place = 2 * look.index + (form.offset() ? 1 : 0);
        Message message = untagged[place];
        if (message == null) {
            message = encode(feed, entry, seen, form);
            untagged[place] = message;
        }
        return message;
    }

    private static Message encode(Feed feed, LogEntry entry, Delta seen, Form form) {
        return feed.message(seen, form, entry.offset()).inLog(feed, entry.offset());
    }

    private Map<Dressed, Message> tagged() {
        Map<Dressed, Message> messages = tagged;
        if (messages == null) {
            messages = new ConcurrentHashMap<>(4);
            tagged = messages;
        }
        return messages;
    }
}
