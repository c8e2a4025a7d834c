package io.snorky.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import io.snorky.json.JsonDocument;
import io.snorky.json.JsonWriter;
import io.snorky.json.ValueKey;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

class PatchPropertyTest {

    private static final int STEPS = 12;

    private static JsonNode parse(JsonWriter writer) {
        var document = new JsonDocument();
        document.read(writer.bytes(), 0, writer.length(), 100);
        return document.tree(JsonDocument.ROOT);
    }

    private static JsonNode written(Snapshot snapshot) {
        var out = new JsonWriter();
        snapshot.write(out);
        return parse(out);
    }

    private static JsonNode written(Patch patch) {
        var out = new JsonWriter();
        patch.write(out);
        return parse(out);
    }

    private static JsonNode byJackson(@Nullable Object[] values) {
        var state = Json.MAPPER.createObjectNode();
        for (int i = 0; i < values.length; i++) {
            state.set(RandomState.NAMES.get(i), Json.MAPPER.valueToTree(values[i]));
        }
        return parse(new JsonWriter().value(state));
    }

    private static ValueKey key(JsonNode node) {
        return ValueKey.of(node);
    }

    @Test
    void the_state_is_what_Jackson_writes() {
        qt().forAll(longs().all())
                .checkAssert(seed -> {
                    var state = new RandomState(seed);
                    state.change();
                    state.change();
                    Snapshot snapshot = Snapshot.of(RandomState.NAMES, state.values());
                    assertThat(key(written(snapshot))).isEqualTo(key(byJackson(state.values())));
                    assertThat(key(snapshot.toJson())).isEqualTo(key(written(snapshot)));
                });
    }

    @Test
    void the_patch_leads_from_the_old_state_to_the_new_one() {
        qt().forAll(longs().all())
                .checkAssert(seed -> {
                    var state = new RandomState(seed);
                    Snapshot before = Snapshot.of(RandomState.NAMES, state.values());
                    JsonNode client = byJackson(state.values());
                    for (int i = 0; i < STEPS; i++) {
                        state.change();
                        Snapshot after =
                                seed % 2 == 0
                                        ? before.next(state.values())
                                        : Snapshot.of(RandomState.NAMES, state.values());
                        Patch patch = Patch.between(before, after);
                        assertThat(patch.isEmpty())
                                .isEqualTo(key(client).equals(key(byJackson(state.values()))));
                        client = NaivePatch.apply(client, written(patch));
                        assertThat(key(client)).isEqualTo(key(byJackson(state.values())));
                        before = after;
                    }
                });
    }

    @Test
    void a_snapshot_stays_as_it_was() {
        qt().forAll(longs().all())
                .checkAssert(seed -> {
                    var state = new RandomState(seed);
                    state.change();
                    Snapshot snapshot = Snapshot.of(RandomState.NAMES, state.values());
                    ValueKey before = key(byJackson(state.values()));
                    state.change();
                    state.change();
                    assertThat(key(written(snapshot))).isEqualTo(before);
                });
    }

    @Test
    void lists_of_numbers_become_each_other() {
        qt().forAll(longs().all())
                .checkAssert(seed -> {
                    var random = new Random(seed);
                    List<Integer> list = new ArrayList<>();
                    int count = random.nextInt(600);
                    for (int i = 0; i < count; i++) {
                        list.add(random.nextInt(1 + random.nextInt(1000)));
                    }
                    List<String> names = List.of("list");
                    Snapshot before = Snapshot.of(names, new Object[] {list});
                    changeMuch(list, random);
                    Snapshot after = before.next(new Object[] {list});
                    JsonNode result =
                            NaivePatch.apply(
                                    before.toJson(), written(Patch.between(before, after)));
                    assertThat(key(result)).isEqualTo(key(after.toJson()));
                });
    }

    private static void changeMuch(List<Integer> list, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> Collections.shuffle(list, random);
            case 1 -> list.removeIf(number -> number % 3 == 0);
            case 2 -> list.replaceAll(number -> number % 3 == 0 ? -number : number);
            default -> {
                for (int i = 0; i < 100; i++) {
                    list.add(random.nextInt(list.size() + 1), random.nextInt(1000));
                    int gone = random.nextInt(list.size());
                    list.subList(gone, gone + 1).clear();
                }
            }
        }
    }

    @Test
    void patches_from_both_sides_end_in_the_same_state() {
        qt().forAll(longs().all())
                .checkAssert(seed -> {
                    var random = new Random(seed);
                    var state = new RandomState(seed);
                    @Nullable Object[] values = state.values();
                    Snapshot view = Snapshot.of(RandomState.NAMES, values);
                    JsonNode client = view.toJson().deepCopy();
                    for (int i = 0; i < STEPS; i++) {
                        if (random.nextBoolean()) {
                            values = changed(state, values, random);
                        } else {
                            JsonNode patch = RandomOperations.patch(client, random);
                            if (patch.toString().contains("/bogus")) {
                                continue; // refused even if it takes that away again
                            }
                            try {
                                client = NaivePatch.apply(client, patch);
                            } catch (NaivePatch.Unfit e) {
                                continue; // the client would not have made it
                            }
                            if (RandomOperations.keepsAttributes(client, RandomState.NAMES)) {
                                view = view.with(changes(patch, view));
                                values = assigned(view);
                            }
                        }
                        Snapshot after = view.next(values);
                        client = back(client, view, after);
                        view = after;
                        assertThat(key(client)).isEqualTo(key(written(view)));
                    }
                });
    }

    /** What a refused patch has done at the client is put right by sending the state. */
    private static JsonNode back(JsonNode client, Snapshot view, Snapshot after) {
        return RandomOperations.keepsAttributes(client, RandomState.NAMES)
                ? NaivePatch.apply(client, written(Patch.between(view, after)))
                : written(after);
    }

    private static @Nullable Object[] changed(
            RandomState state, @Nullable Object[] values, Random random) {
        state.change();
        @Nullable Object[] mixed = state.values();
        for (int i = 0; i < mixed.length; i++) {
            if (random.nextBoolean()) {
                mixed[i] = values[i];
            }
        }
        return mixed;
    }

    private static @Nullable Object[] assigned(Snapshot view) {
        JsonNode json = view.toJson();
        return RandomState.NAMES.stream()
                .map(name -> Json.MAPPER.treeToValue(json.get(name), Object.class))
                .toArray();
    }

    private static Map<String, JsonNode> changes(JsonNode patch, Snapshot view) {
        try {
            return ClientPatch.read(patch, PatchLimits.DEFAULT).changes(view).values();
        } catch (PatchRefusedException e) {
            throw new AssertionError(patch.toString(), e);
        }
    }
}
