package io.snorky.benchmarks.load;

import io.snorky.benchmarks.load.SyncedText.Change;
import io.snorky.benchmarks.server.Items.Item;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * One viewer of a synced object, and its own copy of the state.
 *
 * <p>Threads: that of the {@link Loop}.
 */
final class SyncedViewer implements Listener {

    private final SyncedRoom room;
    private final int number;
    private final boolean sampled;
    private final Connection connection;
    private List<Item> items = List.of();
    private String digest = "";
    private int rounds;
    private long revision;
    private long states;
    private long patches;
    private long conflated;

    SyncedViewer(SyncedRoom room, int number, boolean sampled, Loop loop) {
        this.room = room;
        this.number = number;
        this.sampled = sampled;
        connection = loop.connect(loop.dialect().greeting(), this);
    }

    Connection connection() {
        return connection;
    }

    /** The list as it sees it. */
    List<Item> items() {
        return items;
    }

    /** What the server says its list comes to, at the end of a round. */
    String digest() {
        return digest;
    }

    /** Rounds whose end it has seen. */
    int rounds() {
        return rounds;
    }

    boolean hasState() {
        return revision > 0;
    }

    /** Times so far that it was given all of the state. */
    long states() {
        return states;
    }

    /** Patches so far. */
    long patches() {
        return patches;
    }

    /** Patches so far that led over more than one revision. */
    long conflated() {
        return conflated;
    }

    @Override
    public void ready(Connection opened) {
        opened.say(
                "{\"type\":\"_USER_SESSION\",\"data\":{\"user\":\"viewer-%d\",\"session\":\"1\"}}"
                        .formatted(number));
    }

    @Override
    public boolean reads() {
        return true;
    }

    @Override
    public void message(Connection from, byte[] payload, long length) {
        SyncedTexts.Known known = room.texts().read(payload, (int) length);
        SyncedText text = known.text();
        known.apply(revision);
        if (text.isState()) {
            states++;
        } else {
            patches++;
            conflated += text.revision() > revision + 1 ? 1 : 0;
        }
        text.changes().forEach(this::apply);
        revision = text.revision();
        room.delivered(length);
        if (sampled && text.changedMicros() > 0) {
            long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
            room.sampled(now - text.changedMicros());
        }
    }

    private void apply(Change change) {
        switch (change) {
            case Change.All(List<Item> all) -> items = new ArrayList<>(all);
            case Change.Insert(int at, Item item) -> items.add(at, item);
            case Change.Replace(int at, Item item) -> items.set(at, item);
            case Change.Remove(int at) -> items.remove(at);
            case Change.Edit(int at, String field, JsonNode value) ->
                    items.set(at, edited(items.get(at), field, value));
            case Change.Attribute(String name, JsonNode value) -> {
                switch (name) {
                    case "digest" -> digest = value.stringValue();
                    case "rounds" -> rounds = value.intValue();
                    default -> throw new LoadException("attribute: " + name + " (expected: none)");
                }
            }
        }
    }

    private static Item edited(Item item, String field, JsonNode value) {
        return switch (field) {
            case "id" -> new Item(value.intValue(), item.title(), item.done());
            case "title" -> new Item(item.id(), value.stringValue(), item.done());
            case "done" -> new Item(item.id(), item.title(), value.booleanValue());
            default -> throw new LoadException("field: " + field + " (expected: one of an item)");
        };
    }
}
