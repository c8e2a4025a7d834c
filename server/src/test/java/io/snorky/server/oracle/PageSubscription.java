package io.snorky.server.oracle;

import io.snorky.server.oracle.WebApplication.Wanted;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.List;

/**
 * A subscription as its page sees it.
 *
 * <p>Threads: owned by its page.
 */
final class PageSubscription {

    /** How far it is. */
    enum State {
        /** Its data and token have to be fetched. */
        UNFETCHED,
        /** Its token can be acquired, as far as one knows. */
        FETCHED,
        /** The server has been asked for it. */
        ASKED,
        /** The server has answered. */
        LIVE,
        /** The server has been told to cancel it. */
        CANCELLED
    }

    /** One thing that it is for, with what the page shows of it. */
    record Item(Query query, @Nullable String tag, ShownRows shown, OrderCheck order) {

        Item(Wanted wanted) {
            this(
                    wanted.query(),
                    wanted.tag(),
                    new ShownRows(wanted.query().model()),
                    new OrderCheck());
        }
    }

    final ResumeOffset resume = new ResumeOffset();
    List<Item> items;
    State state = State.UNFETCHED;
    String token = "";

    PageSubscription(List<Wanted> wanted) {
        items = wanted.stream().map(Item::new).toList();
    }

    List<Wanted> wanted() {
        return items.stream().map(item -> new Wanted(item.query, item.tag)).toList();
    }

    /** Shows what was fetched, under these tags. */
    void fetched(List<Wanted> wanted, WebApplication.Fetched fetched) {
        items = wanted.stream().map(Item::new).toList();
        for (int i = 0; i < items.size(); i++) {
            items.get(i).shown.replace(fetched.answers().get(i));
        }
        resume.forget();
        token = fetched.token();
        state = State.FETCHED;
    }

    /** What it knows is good for nothing any more. */
    void spoilt() {
        state = State.UNFETCHED;
        resume.forget();
    }

    /** A delta with this offset has come; where there is one item, no other can have it. */
    void heard(String offset) {
        if (items.size() == 1) {
            resume.reached(offset);
        } else {
            resume.passed(offset);
        }
    }

    /** Whether the server may send something of it. */
    boolean hears() {
        return state == State.ASKED || state == State.LIVE || state == State.CANCELLED;
    }

    /** The item that a delta is for; null if there is none. */
    @Nullable Item itemOf(JsonNode delta) {
        JsonNode tag = delta.get("tag");
        String text = tag == null ? null : tag.stringValue();
        for (Item item : items) {
            if (text == null ? item.tag == null : text.equals(item.tag)) {
                return item;
            }
        }
        return null;
    }
}
