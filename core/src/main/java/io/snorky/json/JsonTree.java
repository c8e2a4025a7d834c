package io.snorky.json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayDeque;
import java.util.Deque;

/** Builds trees from documents, without recursion. */
final class JsonTree {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonTree() {}

    /** A container that is being filled, and the last child taken from it. */
    private static final class Level {
        final int container;
        final JsonNode node;
        int child;

        Level(int container, JsonNode node, int child) {
            this.container = container;
            this.node = node;
            this.child = child;
        }
    }

    static JsonNode of(JsonDocument document, int value) {
        JsonNode root = node(document, value);
        if (!root.isContainer()) {
            return root;
        }
        Deque<Level> open = new ArrayDeque<>();
        open.push(new Level(value, root, document.firstIn(value)));
        while (!open.isEmpty()) {
            Level level = open.element();
            if (level.child == JsonDocument.NONE) {
                open.remove();
            } else {
                addChild(document, level, open);
            }
        }
        return root;
    }

    private static void addChild(JsonDocument document, Level level, Deque<Level> open) {
        int value = level.node.isObject() ? level.child + 1 : level.child;
        JsonNode node = node(document, value);
        switch (level.node) {
            case ObjectNode object -> object.set(document.string(level.child), node);
            case ArrayNode array -> array.add(node);
            default -> throw new AssertionError(level.node);
        }
        level.child = document.nextIn(level.container, value);
        if (node.isContainer()) {
            open.push(new Level(value, node, document.firstIn(value)));
        }
    }

    /** A scalar, or a container that is still empty. */
    private static JsonNode node(JsonDocument document, int value) {
        return switch (document.first(value)) {
            case '{' -> NODES.objectNode();
            case '[' -> NODES.arrayNode();
            case '"' -> NODES.stringNode(document.string(value));
            case 't' -> NODES.booleanNode(true);
            case 'f' -> NODES.booleanNode(false);
            case 'n' -> NODES.nullNode();
            default -> JsonNumber.node(document.text(), document.start(value), document.end(value));
        };
    }

    /** Resolves the escapes of a string that is known to be well-formed. */
    static String unescape(String raw) {
        StringBuilder out = new StringBuilder(raw.length());
        int at = 0;
        while (at < raw.length()) {
            int backslash = raw.indexOf('\\', at);
            if (backslash < 0) {
                break;
            }
            out.append(raw, at, backslash);
            char kind = raw.charAt(backslash + 1);
            if (kind == 'u') {
                out.append((char) Integer.parseInt(raw, backslash + 2, backslash + 6, 16));
                at = backslash + 6;
            } else {
                out.append(plain(kind));
                at = backslash + 2;
            }
        }
        return out.append(raw, at, raw.length()).toString();
    }

    private static char plain(char kind) {
        return switch (kind) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> kind;
        };
    }
}
