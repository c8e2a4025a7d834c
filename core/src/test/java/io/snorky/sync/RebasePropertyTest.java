package io.snorky.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Each element of the lists has a name of its own, so that it can be seen whether an operation
 * meets the one it was meant for.
 */
class RebasePropertyTest {

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final List<String> NAMES = List.of("left", "right", "title");

    private final int[] conflicts = new int[1];
    private final int[] moves = new int[1];
    private int lastName;

    /** Lists of lists. */
    private ObjectNode state(Random random) {
        ObjectNode state = MAPPER.createObjectNode();
        state.set("left", list(random, 2));
        state.set("right", list(random, 2));
        return state.put("title", "t");
    }

    private ArrayNode list(Random random, int depth) {
        ArrayNode list = MAPPER.createArrayNode();
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            list.add(element(random, depth));
        }
        return list;
    }

    private ObjectNode element(Random random, int depth) {
        ObjectNode element = MAPPER.createObjectNode().put("name", ++lastName).put("value", 0);
        if (depth > 1) {
            element.set("list", list(random, depth - 1));
        }
        return element;
    }

    /** Operations that fit, one after the other. */
    private ArrayNode edits(JsonNode state, Random random) {
        ArrayNode patch = MAPPER.createArrayNode();
        JsonNode now = state;
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            ObjectNode operation = edit(now, random);
            patch.add(operation);
            now = NaivePatch.apply(now, MAPPER.createArrayNode().add(operation));
        }
        return patch;
    }

    private ObjectNode edit(JsonNode state, Random random) {
        String path = "/" + NAMES.get(random.nextInt(2));
        JsonNode list = state.at(path);
        int depth = 2;
        if (!list.isEmpty() && random.nextInt(3) == 0) {
            int at = random.nextInt(list.size());
            path += "/" + at + "/list";
            list = list.get(at).get("list");
            depth = 1;
        }
        ObjectNode operation = MAPPER.createObjectNode();
        int at = random.nextInt(list.size() + 1);
        boolean isThere = at < list.size();
        return switch (random.nextInt(isThere ? 4 : 1)) {
            case 0 -> {
                operation.put("op", "add").put("path", path + "/" + at);
                yield operation.set("value", element(random, depth));
            }
            case 1 -> operation.put("op", "remove").put("path", path + "/" + at);
            default -> {
                operation.put("op", "replace").put("path", path + "/" + at + "/value");
                yield operation.put("value", ++lastName);
            }
        };
    }

    @Test
    void whoever_comes_first_the_elements_are_the_same_and_each_operation_meets_its_own() {
        qt().withExamples(20_000)
                .forAll(longs().all())
                .checkAssert(seed -> {
                    var random = new Random(seed);
                    ObjectNode start = state(random);
                    ArrayNode theirs = edits(start, random);
                    ArrayNode ours = edits(start, random);
                    JsonNode theirsFirst = over(start, theirs, ours);
                    JsonNode oursFirst = over(start, ours, theirs);
                    if (theirsFirst == null || oursFirst == null) {
                        conflicts[0]++;
                        return;
                    }
                    moves[0]++;
                    assertThat(content(theirsFirst, ours, theirs))
                            .as("%s: theirs %s, ours %s", start, theirs, ours)
                            .isEqualTo(content(oursFirst, ours, theirs));
                });
        assertThat(moves[0]).as("without conflict").isGreaterThan(5 * conflicts[0]);
        assertThat(conflicts[0]).isPositive();
    }

    /**
     * The state after one patch and then the other, which was made before it; null if it cannot be.
     */
    private static @Nullable JsonNode over(JsonNode start, ArrayNode first, ArrayNode late) {
        try {
            Snapshot before = Snapshot.of(NAMES, values(start));
            var changes = ClientPatch.read(first, PatchLimits.DEFAULT).changes(before);
            Snapshot after = before.with(changes.values());
            assertThat(Json.tree(after.toJson())).isEqualTo(NaivePatch.apply(start, first));
            List<Trace> traces = changes.effects().stream().flatMap(Trace::of).toList();
            var moved = ClientPatch.read(late, PatchLimits.DEFAULT).over(traces, after);
            return after.with(moved.changes(after).values()).toJson();
        } catch (PatchRefusedException e) {
            assertThat(e.code()).isEqualTo("conflict");
            return null;
        }
    }

    private static Object[] values(JsonNode state) {
        return NAMES.stream().map(state::get).toArray();
    }

    /**
     * All elements by their lists, without their order where both inserted; values that both have
     * changed are left out.
     */
    private static List<String> content(JsonNode state, ArrayNode ours, ArrayNode theirs) {
        List<String> content = new ArrayList<>();
        collect(state.get("left"), "left", content);
        collect(state.get("right"), "right", content);
        content.replaceAll(line -> {
            String value = line.substring(line.lastIndexOf('=') + 1);
            boolean mayDiffer =
                    has(ours, value) && theirs.toString().contains("/value")
                            || has(theirs, value) && ours.toString().contains("/value");
            return mayDiffer ? line.substring(0, line.lastIndexOf('=')) : line;
        });
        content.sort(null);
        return content;
    }

    private static boolean has(ArrayNode patch, String value) {
        for (JsonNode operation : patch) {
            if (operation.path("value").toString().equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static void collect(JsonNode list, String where, List<String> content) {
        for (JsonNode element : list) {
            String name = where + "/" + element.get("name");
            content.add(name + "=" + element.get("value"));
            if (element.has("list")) {
                collect(element.get("list"), name, content);
            }
        }
    }
}
