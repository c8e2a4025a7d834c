package io.snorky.datasync;

import io.snorky.Audience;
import io.snorky.Client;
import io.snorky.Message;

import tools.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * A dealer at work: who looks through each of its views now.
 *
 * <p>Threads: owned by the lane of its DataSync service.
 */
final class Desk {

    private final Dealer dealer;
    private final Map<View, Audience> audiences = new HashMap<>();

    Desk(Dealer dealer) {
        this.dealer = dealer;
    }

    Dealer dealer() {
        return dealer;
    }

    /** A client takes a seat at a view. */
    Audience.Membership join(View view, Client client) {
        Audience audience = audiences.get(view);
        if (audience == null) {
            audience = new Audience();
            dealer.add(view);
            audiences.put(view, audience);
        }
        return audience.join(client);
    }

    /** A client leaves its seat. */
    void leave(View view, Audience.Membership membership) {
        membership.leave();
        Audience audience = audiences.get(view);
        if (audience != null && audience.size() == 0) {
            audiences.remove(view);
            dealer.remove(view);
        }
    }

    /** Sends a delta to all it is for, as each of them sees it. */
    void deal(Delta delta, DeltaMessages messages) {
        switch (delta) {
            case Delta.Insert insert -> toAll(viewsOf(insert.data()), delta, messages);
            case Delta.Delete delete -> toAll(viewsOf(delete.data()), delta, messages);
            case Delta.Update update -> dealUpdate(update, messages);
        }
    }

    private void dealUpdate(Delta.Update update, DeltaMessages messages) {
        Set<View> before = viewsOf(update.oldData());
        Set<View> after = viewsOf(update.newData());
        for (View view : after) {
            Delta seen =
                    before.remove(view)
                            ? update
                            : new Delta.Insert(update.model(), update.newData());
            send(view, messages.of(seen));
        }
        toAll(before, new Delta.Delete(update.model(), update.oldData()), messages);
    }

    private Set<View> viewsOf(JsonNode row) {
        Set<View> views = new LinkedHashSet<>();
        dealer.viewsOf(row, views::add);
        return views;
    }

    private void toAll(Set<View> views, Delta delta, DeltaMessages messages) {
        for (View view : views) {
            send(view, messages.of(delta));
        }
    }

    private void send(View view, Message message) {
        Audience audience = audiences.get(view);
        if (audience != null) {
            audience.send(message);
        }
    }
}
