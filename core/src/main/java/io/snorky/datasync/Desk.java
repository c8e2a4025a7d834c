package io.snorky.datasync;

import io.snorky.Audience;
import io.snorky.Client;

import tools.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A dealer at work: who looks through each of its views now.
 *
 * <p>Threads: owned by the lane of its DataSync service.
 */
final class Desk {

    /** Those who look through one view and get its deltas in one form. */
    private record Table(Form form, Audience audience) {}

    /** Who gets one look of a delta. */
    interface Recipients {

        void add(Look look, Form form, Audience audience);
    }

    private final Dealer dealer;
    private final Map<View, List<Table>> tables = new HashMap<>();

    Desk(Dealer dealer) {
        this.dealer = dealer;
    }

    Dealer dealer() {
        return dealer;
    }

    /** A client takes a seat at a view. */
    Audience.Membership join(View view, Form form, Client client) {
        List<Table> atView = tables.get(view);
        if (atView == null) {
            dealer.add(view);
            atView = List.of();
        }
        for (Table table : atView) {
            if (table.form.equals(form)) {
                return table.audience.join(client);
            }
        }
        var audience = new Audience();
        tables.put(view, with(atView, new Table(form, audience)));
        return audience.join(client);
    }

    /** Lists are small and seldom change; this way they take little. */
    private static List<Table> with(List<Table> atView, Table added) {
        return List.copyOf(Stream.concat(atView.stream(), Stream.of(added)).toList());
    }

    /** A client leaves its seat. */
    void leave(View view, Audience.Membership membership) {
        membership.leave();
        List<Table> atView = tables.get(view);
        if (atView == null) {
            return;
        }
        List<Table> left =
                List.copyOf(atView.stream().filter(table -> table.audience.size() > 0).toList());
        if (left.isEmpty()) {
            tables.remove(view);
            dealer.remove(view);
        } else {
            tables.put(view, left);
        }
    }

    /** Finds all that a delta is for, and how each of them sees it. */
    void deal(Delta delta, Recipients recipients) {
        switch (delta) {
            case Delta.Insert insert ->
                    viewsOf(insert.data()).forEach(view -> add(Look.INSERT, view, recipients));
            case Delta.Delete delete ->
                    viewsOf(delete.data()).forEach(view -> add(Look.DELETE, view, recipients));
            case Delta.Update update -> dealUpdate(update, recipients);
        }
    }

    private void dealUpdate(Delta.Update update, Recipients recipients) {
        Set<View> before = viewsOf(update.oldData());
        Set<View> after = viewsOf(update.newData());
        for (View view : after) {
            add(before.remove(view) ? Look.UPDATE : Look.INSERT, view, recipients);
        }
        before.forEach(view -> add(Look.DELETE, view, recipients));
    }

    /** All of them before any is dealt to: a dealer may fail in the middle. */
    private Set<View> viewsOf(JsonNode row) {
        Set<View> views = new LinkedHashSet<>();
        dealer.viewsOf(row, views::add);
        return views;
    }

    private void add(Look look, View view, Recipients recipients) {
        for (Table table : tables.getOrDefault(view, List.of())) {
            recipients.add(look, table.form, table.audience);
        }
    }
}
