package io.snorky.datasync;

import io.snorky.Audience;
import io.snorky.Message;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * Sends entries of the log to all they are for.
 *
 * <p>Threads: owned by the lane of its DataSync service.
 */
final class Dealing implements Desk.Recipients {

    private static final Logger LOG = System.getLogger(Dealing.class.getName());

    private record Part(Form form, Audience audience) {}

    private final Feed feed;
    private final Figures figures;
    private final ByLook<Part> recipients = new ByLook<>();

    Dealing(Feed feed, Figures figures) {
        this.feed = feed;
        this.figures = figures;
    }

    /** Deals one entry. A dealer that throws is logged and disturbs no other. */
    void deal(LogEntry entry, List<Desk> desks) {
        for (Desk desk : desks) {
            try {
                desk.deal(entry.delta(), this);
            } catch (RuntimeException e) {
                figures.dealerFailed();
                LOG.log(Level.ERROR, "Dealer " + desk.dealer().name() + " failed", e);
            }
        }
        recipients.take((look, parts) -> send(entry, look.of(entry.delta()), parts));
    }

    private void send(LogEntry entry, Delta seen, List<Part> parts) {
        figures.matched(parts.size());
        for (Part part : parts) {
            Message message = entry.messages().of(feed, entry, seen, part.form);
            figures.delivered(part.audience.send(message));
        }
    }

    @Override
    public void add(Look look, Form form, Audience audience) {
        recipients.add(look, new Part(form, audience));
    }
}
