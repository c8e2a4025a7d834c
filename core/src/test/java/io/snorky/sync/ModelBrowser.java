package io.snorky.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * What a browser does that knows of revisions, as simple as can be: one write is on its way at
 * most, and it is sent again, with its id, when the connection was lost.
 */
final class ModelBrowser {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final SyncSessions sessions;
    private final String name;
    private final Random random;
    private Tab tab;
    private JsonNode base = MAPPER.createObjectNode();
    private long revision;
    private boolean hasState;
    private @Nullable String id;
    private @Nullable JsonNode patch;
    private long patched;
    private int lastId;
    private int refused;
    private int accepted;

    ModelBrowser(SyncSessions sessions, String name, Random random) {
        this.sessions = sessions;
        this.name = name;
        this.random = random;
        tab = Tab.open(sessions).is(name, "s");
    }

    /** What the server is known to have. */
    JsonNode state() {
        return base;
    }

    int refused() {
        return refused;
    }

    int accepted() {
        return accepted;
    }

    /** Does something. */
    void step() {
        switch (random.nextInt(40)) {
            case 0 -> tab.stalls();
            case 1, 2, 3 -> tab.drains();
            case 4 -> reconnect();
            case 5 -> tab.says("_GET:SHELF", "{}");
            default -> write();
        }
        if (random.nextBoolean()) {
            tab.waitsUntilDone();
        }
        if (random.nextInt(3) > 0) {
            hear();
        }
    }

    private void reconnect() {
        tab.close();
        hasState = false;
        tab = Tab.open(sessions).is(name, "s");
    }

    private void write() {
        if (!hasState || patch != null) {
            return;
        }
        ArrayNode operations = MAPPER.createArrayNode();
        JsonNode books = base.get("books");
        int at = random.nextInt(books.size() + 1);
        ObjectNode operation = operations.addObject();
        switch (at == books.size() ? 0 : random.nextInt(3)) {
            case 0 -> {
                operation.put("op", "add").put("path", "/books/" + at);
                operation.putObject("value").put("name", name + "-" + lastId).put("read", 0);
            }
            case 1 -> operation.put("op", "remove").put("path", "/books/" + at);
            default -> {
                operation.put("op", "replace").put("path", "/books/" + at + "/read");
                operation.put("value", random.nextInt());
            }
        }
        id = name + ":" + ++lastId;
        patch = operations;
        patched = revision;
        send();
    }

    private void send() {
        tab.saysText(
                "{'type':'_PATCH:SHELF','v':%d,'id':'%s','data':%s}".formatted(patched, id, patch));
    }

    /** Waits until nothing is on its way. */
    void settle() {
        tab.drains();
        do {
            tab.waitsUntilDone();
            hear();
        } while (patch != null || !hasState);
    }

    /** Hears what has come. */
    void hear() {
        for (String text = tab.poll(); text != null; text = tab.poll()) {
            JsonNode event = MAPPER.readTree(text.replace('\'', '"'));
            JsonNode data = event.path("data");
            switch (event.get("type").stringValue()) {
                case "_SET:SHELF" -> {
                    settle(event);
                    become(data, event.get("v").longValue());
                    if (!hasState) {
                        hasState = true;
                        if (patch != null) {
                            send(); // nobody knows whether it arrived
                        }
                    }
                }
                case "_PATCH:SHELF" -> {
                    settle(event);
                    become(NaivePatch.apply(base, data), event.get("v").longValue());
                }
                case "_ACK" -> acknowledged(data);
                case "_ERROR" -> refused(data);
                case "_DISCONNECT" -> {}
                default -> throw new AssertionError(text);
            }
        }
    }

    private void settle(JsonNode event) {
        for (JsonNode done : event.path("ack")) {
            assertThat(done.stringValue()).isEqualTo(id);
            forget();
        }
    }

    private void acknowledged(JsonNode data) {
        if (!data.get("id").stringValue().equals(id)) {
            throw new AssertionError(data + " for " + id);
        }
        long now = data.get("v").longValue();
        if (now > revision && patch != null) {
            become(NaivePatch.apply(base, patch), now);
        }
        forget();
    }

    private void forget() {
        accepted++;
        id = null;
        patch = null;
    }

    private void refused(JsonNode data) {
        if (!data.get("code").stringValue().equals("conflict")) {
            throw new AssertionError(data.toString());
        }
        refused++;
        id = null;
        patch = null;
    }

    private void become(JsonNode state, long now) {
        if (now < revision && hasState) {
            throw new AssertionError("revision " + now + " after " + revision);
        }
        base = state;
        revision = now;
        Set<JsonNode> names = new HashSet<>();
        for (JsonNode book : base.get("books")) {
            if (!names.add(book.get("name"))) {
                throw new AssertionError("twice in " + this + ": " + book);
            }
        }
    }

    @Override
    public String toString() {
        return name + " at " + revision;
    }
}
