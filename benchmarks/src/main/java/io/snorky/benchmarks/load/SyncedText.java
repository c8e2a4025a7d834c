package io.snorky.benchmarks.load;

import io.snorky.benchmarks.server.Items;
import io.snorky.benchmarks.server.Items.Item;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server says of its synced object, {@code _SET} or {@code _PATCH}.
 *
 * @param isState whether it has all of the state, so that it does not matter what was before
 * @param changedMicros since 1970, when the change was made; 0 if it does not say
 */
record SyncedText(long revision, boolean isState, List<Change> changes, long changedMicros) {

    /** One operation. */
    sealed interface Change {

        /** Another list. */
        record All(List<Item> items) implements Change {}

        /** One item more. */
        record Insert(int at, Item item) implements Change {}

        /** Another item in the place of one. */
        record Replace(int at, Item item) implements Change {}

        /** One item less. */
        record Remove(int at) implements Change {}

        /** One field of an item. */
        record Edit(int at, String field, JsonNode value) implements Change {}

        /** Another attribute. */
        record Attribute(String name, JsonNode value) implements Change {}
    }

    private static final JsonMapper JSON = JsonMapper.shared();

    SyncedText {
        changes = List.copyOf(changes);
    }

    /**
     * @throws LoadException if it is not about the object
     */
    static SyncedText parse(byte[] utf8) {
        JsonNode event = JSON.readTree(utf8);
        JsonNode data = event.path("data");
        long revision = event.path("v").asLong(0);
        List<Change> changes = new ArrayList<>();
        boolean isState = false;
        switch (event.path("type").asString("")) {
            case "_SET:ITEMS" -> {
                isState = true;
                data.forEachEntry((name, value) -> changes.add(attribute(name, value)));
            }
            case "_PATCH:ITEMS" -> data.forEach(operation -> changes.add(change(operation)));
            default -> throw unexpected(new String(utf8, StandardCharsets.UTF_8));
        }
        return new SyncedText(revision, isState, changes, micros(changes));
    }

    private static LoadException unexpected(String text) {
        String shown = text.length() > 200 ? text.substring(0, 200) + "…" : text;
        return new LoadException("heard: " + shown + " (expected: a state or a patch)");
    }

    private static Change change(JsonNode operation) {
        String kind = operation.path("op").stringValue();
        String[] path = operation.path("path").stringValue().split("/", -1);
        JsonNode value = operation.path("value");
        if (path.length == 2) {
            return attribute(path[1], value);
        }
        int at = Integer.parseInt(path[2]);
        if (path.length == 4 && kind.equals("replace")) {
            return new Change.Edit(at, path[3], value);
        }
        if (path.length != 3 || !path[1].equals("items")) {
            throw unexpected(operation.toString());
        }
        return switch (kind) {
            case "add" -> new Change.Insert(at, item(value));
            case "replace" -> new Change.Replace(at, item(value));
            case "remove" -> new Change.Remove(at);
            default -> throw unexpected(operation.toString());
        };
    }

    private static Change attribute(String name, JsonNode value) {
        return name.equals("items")
                ? new Change.All(value.valueStream().map(SyncedText::item).toList())
                : new Change.Attribute(name, value);
    }

    private static Item item(JsonNode value) {
        return new Item(
                value.path("id").intValue(),
                value.path("title").stringValue(),
                value.path("done").booleanValue());
    }

    private static long micros(List<Change> changes) {
        if (changes.size() == 1
                && changes.getFirst() instanceof Change.Edit edit
                && edit.field.equals("title")) {
            String title = edit.value.stringValue();
            int at = title.indexOf(Items.CHANGED_AT) + Items.CHANGED_AT.length();
            return Long.parseLong(title, at, title.length(), 10);
        }
        return 0;
    }
}
