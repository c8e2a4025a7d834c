package io.snorky.sync;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Patches that often fit a state, and often do not. */
final class RandomOperations {

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final String[] OPS = {"add", "remove", "replace", "move", "copy", "test"};
    private static final String[] ODD = {"", "/bogus", "/items/-", "/items/01", "/items/999"};

    private RandomOperations() {}

    static boolean keepsAttributes(JsonNode state, List<String> names) {
        return state.isObject() && Set.copyOf(state.propertyNames()).equals(Set.copyOf(names));
    }

    /** Paths do not take account of what earlier operations do. */
    static ArrayNode patch(JsonNode state, Random random) {
        List<String> paths = new ArrayList<>();
        collect(state, "", paths);
        ArrayNode patch = MAPPER.createArrayNode();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            patch.add(operation(state, paths, random));
        }
        return patch;
    }

    private static ObjectNode operation(JsonNode state, List<String> paths, Random random) {
        ObjectNode operation = MAPPER.createObjectNode();
        String op = OPS[random.nextInt(OPS.length)];
        String path = path(paths, random);
        operation.put("op", op).put("path", path);
        switch (op) {
            case "add", "replace" -> operation.set("value", value(random));
            case "move", "copy" -> operation.put("from", path(paths, random));
            case "test" -> {
                JsonNode there = state.at(path);
                operation.set(
                        "value",
                        there.isMissingNode() || random.nextInt(4) == 0 ? value(random) : there);
            }
            default -> {}
        }
        return operation;
    }

    private static String path(List<String> paths, Random random) {
        if (random.nextInt(12) == 0) {
            return ODD[random.nextInt(ODD.length)];
        }
        String path = paths.get(random.nextInt(paths.size()));
        return switch (random.nextInt(8)) {
            case 0 -> path + "/0";
            case 1 -> path + "/-";
            case 2 -> path + "/new";
            default -> path;
        };
    }

    private static JsonNode value(Random random) {
        String[] values = {"1", "1.0", "null", "'x'", "[]", "{}", "[1,[2]]", "{'a':{'b':[true]}}"};
        return MAPPER.readTree(values[random.nextInt(values.length)].replace('\'', '"'));
    }

    private static void collect(JsonNode node, String path, List<String> paths) {
        if (!path.isEmpty()) {
            paths.add(path);
        }
        if (node.isObject()) {
            for (var member : node.properties()) {
                String name = member.getKey().replace("~", "~0").replace("/", "~1");
                collect(member.getValue(), path + "/" + name, paths);
            }
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(node.get(i), path + "/" + i, paths);
        }
    }
}
