package io.snorky.sync;

import io.snorky.json.ValueKey;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** RFC 6902 and 6901 as they are written, on plain maps and lists, without a thought of cost. */
final class NaivePatch {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    /** An operation does not fit. */
    static final class Unfit extends RuntimeException {
        Unfit(String message) {
            super(message);
        }
    }

    private Object root;

    private NaivePatch(Object root) {
        this.root = root;
    }

    static JsonNode apply(JsonNode state, JsonNode patch) {
        var naive = new NaivePatch(copy(state));
        patch.forEach(naive::apply);
        return MAPPER.valueToTree(naive.root);
    }

    private static Object copy(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> map = new LinkedHashMap<>();
            node.properties().forEach(each -> map.put(each.getKey(), copy(each.getValue())));
            return map;
        }
        if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            node.forEach(each -> list.add(copy(each)));
            return list;
        }
        return node;
    }

    private static Object copy(Object value) {
        JsonNode tree = MAPPER.valueToTree(value);
        return copy(tree);
    }

    private void apply(JsonNode operation) {
        String path = operation.get("path").stringValue();
        switch (operation.get("op").stringValue()) {
            case "add" -> add(path, copy(operation.get("value")));
            case "remove" -> remove(path);
            case "replace" -> {
                if (path.isEmpty()) {
                    root = copy(operation.get("value"));
                } else {
                    get(path);
                    String parent = path.substring(0, path.lastIndexOf('/'));
                    if (get(parent) instanceof List<?> list) {
                        asList(list).set(index(last(path), list.size()), copy(value(operation)));
                    } else {
                        asMap(get(parent)).put(last(path), copy(value(operation)));
                    }
                }
            }
            case "move" -> {
                String from = operation.get("from").stringValue();
                Object value = get(from);
                if (path.startsWith(from + "/")) {
                    throw new Unfit("into itself");
                }
                if (!path.equals(from)) {
                    remove(from);
                    add(path, value);
                }
            }
            case "copy" -> add(path, copy(get(operation.get("from").stringValue())));
            case "test" -> {
                JsonNode there = MAPPER.valueToTree(get(path));
                if (!ValueKey.of(there).equals(ValueKey.of(value(operation)))) {
                    throw new Unfit("test");
                }
            }
            default -> throw new Unfit("op");
        }
    }

    private static JsonNode value(JsonNode operation) {
        return operation.get("value");
    }

    private void add(String path, Object value) {
        if (path.isEmpty()) {
            root = value;
            return;
        }
        Object parent = get(path.substring(0, path.lastIndexOf('/')));
        if (parent instanceof List<?> list) {
            int at = last(path).equals("-") ? list.size() : index(last(path), list.size() + 1);
            asList(list).add(at, value);
        } else {
            asMap(parent).put(last(path), value);
        }
    }

    private void remove(String path) {
        get(path);
        if (path.isEmpty()) {
            throw new Unfit("root");
        }
        Object parent = get(path.substring(0, path.lastIndexOf('/')));
        if (parent instanceof List<?> list) {
            list.remove(index(last(path), list.size()));
        } else {
            asMap(parent).remove(last(path));
        }
    }

    private Object get(String path) {
        Object at = root;
        if (!path.isEmpty()) {
            for (String raw : path.substring(1).split("/", -1)) {
                String segment = raw.replace("~1", "/").replace("~0", "~");
                if (at instanceof List<?> list) {
                    at = list.get(index(segment, list.size()));
                } else {
                    Map<String, Object> map = asMap(at);
                    if (!map.containsKey(segment)) {
                        throw new Unfit("no " + segment);
                    }
                    at = map.get(segment);
                }
            }
        }
        return at;
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
    }

    private static int index(String segment, int count) {
        if (!segment.matches("0|[1-9][0-9]{0,8}") || Integer.parseInt(segment) >= count) {
            throw new Unfit("index " + segment);
        }
        return Integer.parseInt(segment);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new Unfit("no object");
    }

    @SuppressWarnings("unchecked")
    private static List<Object> asList(Object value) {
        return (List<Object>) value;
    }
}
