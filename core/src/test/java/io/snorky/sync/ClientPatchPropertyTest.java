package io.snorky.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import io.snorky.json.ValueKey;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

class ClientPatchPropertyTest {

    private static JsonNode randomState(long seed) {
        var state = new RandomState(seed);
        for (int i = 0; i < 5; i++) {
            state.change();
        }
        return Snapshot.of(RandomState.NAMES, state.values()).toJson();
    }

    /** Empty if it does not fit. */
    private static Optional<ValueKey> naively(JsonNode state, JsonNode patch) {
        JsonNode result = state;
        for (JsonNode operation : patch) {
            try {
                result = NaivePatch.apply(result, Json.MAPPER.createArrayNode().add(operation));
            } catch (NaivePatch.Unfit e) {
                return Optional.empty();
            }
            Set<String> names = new HashSet<>(result.propertyNames());
            names.removeAll(RandomState.NAMES);
            if (!result.isObject() || !names.isEmpty()) {
                return Optional.empty();
            }
        }
        return RandomOperations.keepsAttributes(result, RandomState.NAMES)
                ? Optional.of(ValueKey.of(result))
                : Optional.empty();
    }

    private static Optional<JsonNode> applied(JsonNode state, JsonNode patch) {
        try {
            return Optional.of(ClientPatch.read(patch, PatchLimits.DEFAULT).applyTo(state));
        } catch (PatchRefusedException e) {
            assertThat(e.getMessage()).contains("expected: ");
            return Optional.empty();
        }
    }

    @Test
    void a_patch_does_what_the_RFC_says_or_nothing() {
        qt().withExamples(5_000)
                .forAll(longs().all())
                .checkAssert(seed -> {
                    JsonNode state = randomState(seed);
                    JsonNode copy = state.deepCopy();
                    JsonNode patch = RandomOperations.patch(state, new Random(seed));
                    Optional<ValueKey> result = applied(state, patch).map(ValueKey::of);
                    assertThat(result).isEqualTo(naively(copy, patch));
                    assertThat(state).isEqualTo(copy);
                });
    }

    @Test
    void what_is_not_on_a_path_is_shared() {
        qt().forAll(longs().all())
                .checkAssert(seed -> {
                    JsonNode state = randomState(seed);
                    JsonNode patch =
                            Json.MAPPER.readTree(
                                    "[{\"op\":\"replace\",\"path\":\"/scalar\",\"value\":\"other\"}]");
                    JsonNode result = applied(state, patch).orElseThrow();
                    for (String name : ((ObjectNode) state).without("scalar").propertyNames()) {
                        assertThat(result.get(name)).isSameAs(state.get(name));
                    }
                });
    }
}
