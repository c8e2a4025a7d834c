package io.snorky.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.snorky.json.JsonException;
import io.snorky.json.JsonWriter;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** Section numbers are those of the protocol's page on synced objects. */
class PatchTest {

    private static final List<String> NAMES = List.of("state");

    record Note(int id, String title, boolean done) {}

    record Named(@JsonProperty("full_name") String name, List<String> tags) {

        public int getLength() {
            return name.length();
        }
    }

    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record AsArray(int x, int y) {}

    record Sparse(@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String text, int number) {}

    record Dated(@JsonFormat(pattern = "dd.MM.yyyy") LocalDate date) {}

    record Real(double number) {}

    record Chain(Object next) {}

    private static Snapshot of(Object state) {
        return Snapshot.of(NAMES, new Object[] {state});
    }

    private static String text(Snapshot snapshot) {
        var out = new JsonWriter();
        snapshot.write(out);
        return new String(out.toBytes(), StandardCharsets.UTF_8);
    }

    private static String text(Patch patch) {
        var out = new JsonWriter();
        patch.write(out);
        return new String(out.toBytes(), StandardCharsets.UTF_8).replace('"', '\'');
    }

    private static String patch(Object before, Object after) {
        return text(Patch.between(of(before), of(after)));
    }

    private static List<Note> notes(int count) {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            notes.add(new Note(i, "note " + i, false));
        }
        return notes;
    }

    private static String afterChange(int count, Consumer<List<Note>> change) {
        List<Note> notes = notes(count);
        Snapshot before = of(notes);
        change.accept(notes);
        return text(Patch.between(before, before.next(new Object[] {notes})));
    }

    @Test
    void one_changed_field_is_one_operation() {
        assertThat(afterChange(1000, notes -> notes.set(500, new Note(500, "note 500", true))))
                .isEqualTo("[{'op':'replace','path':'/state/500/done','value':true}]");
    }

    @Test
    void an_insertion_at_the_front_is_one_operation_16_7() {
        assertThat(afterChange(1000, notes -> notes.addFirst(new Note(-1, "new", false))))
                .isEqualTo(
                        "[{'op':'add','path':'/state/0',"
                                + "'value':{'id':-1,'title':'new','done':false}}]");
    }

    @Test
    void a_removal_in_the_middle_is_one_operation_16_7() {
        assertThat(afterChange(1000, notes -> notes.remove(500)))
                .isEqualTo("[{'op':'remove','path':'/state/500'}]");
    }

    @Test
    void a_removed_run_is_removed_from_its_end() {
        assertThat(afterChange(10, notes -> notes.subList(3, 5).clear()))
                .isEqualTo("[{'op':'remove','path':'/state/4'},{'op':'remove','path':'/state/3'}]");
    }

    @Test
    void changes_far_apart_leave_what_is_between_alone() {
        assertThat(
                        afterChange(
                                1000,
                                notes -> {
                                    notes.remove(900);
                                    notes.set(500, new Note(500, "changed", false));
                                    notes.remove(100);
                                }))
                .isEqualTo(
                        "[{'op':'remove','path':'/state/100'},"
                                + "{'op':'replace','path':'/state/499/title','value':'changed'},"
                                + "{'op':'remove','path':'/state/899'}]");
    }

    @Test
    void a_moved_element_is_removed_and_added() {
        assertThat(afterChange(1000, notes -> notes.add(800, notes.remove(10))))
                .startsWith("[{'op':'remove','path':'/state/10'},{'op':'add','path':'/state/800'")
                .hasSizeLessThan(200);
    }

    @Test
    void many_removals_at_once_are_no_more_operations() {
        List<Note> notes = notes(5_000);
        Snapshot before = of(notes);
        notes.removeIf(note -> note.id % 10 == 7);

        Patch patch = Patch.between(before, before.next(new Object[] {notes}));

        assertThat(patch.operations()).hasSize(500);
        assertThat(patch.isLargerThan(of(notes))).isFalse();
    }

    @Test
    void many_elements_changed_at_their_places_are_changed_there() {
        List<Note> notes = notes(5_000);
        Snapshot before = of(notes);
        notes.replaceAll(note -> note.id % 10 == 7 ? new Note(note.id, note.title, true) : note);

        assertThat(Patch.between(before, before.next(new Object[] {notes})).operations())
                .hasSize(500);
    }

    @Test
    void equal_elements_loaded_anew_are_no_change() {
        List<Note> again = notes(1000);
        again.addFirst(new Note(-1, "new", false));

        assertThat(patch(notes(1000), again)).startsWith("[{'op':'add','path':'/state/0'");
        assertThat(patch(notes(1000), notes(1000))).isEqualTo("[]");
    }

    @Test
    void a_patch_larger_than_the_state_is_told_16_7() {
        List<Note> notes = notes(1000);
        Snapshot before = of(notes);
        Collections.shuffle(notes, new Random(1));
        Snapshot after = before.next(new Object[] {notes});

        assertThat(
                        Patch.between(before, after).isLargerThan(after)
                                || Patch.between(before, after).operations().size() == 1)
                .isTrue();
        assertThat(Patch.between(before, before.next(new Object[] {notes(999)})).operations())
                .isNotEmpty();
    }

    @Test
    void a_value_of_which_most_is_new_is_replaced_as_a_whole() {
        assertThat(patch(new Note(1, "a", false), new Note(2, "b", true)))
                .isEqualTo(
                        "[{'op':'replace','path':'/state',"
                                + "'value':{'id':2,'title':'b','done':true}}]");
    }

    @Test
    void members_of_maps_come_change_and_go() {
        Map<String, Object> map = new HashMap<>(Map.of("a/b", 1, "~", 2));
        Snapshot before = of(map);
        map.put("x", List.of());
        assertThat(text(Patch.between(before, of(map))))
                .isEqualTo("[{'op':'add','path':'/state/x','value':[]}]");

        before = of(map);
        map.put("a/b", 7);
        assertThat(text(Patch.between(before, of(map))))
                .isEqualTo("[{'op':'replace','path':'/state/a~1b','value':7}]");

        before = of(map);
        map.remove("~");
        assertThat(text(Patch.between(before, of(map))))
                .isEqualTo("[{'op':'remove','path':'/state/~0'}]");
    }

    @Test
    void a_number_of_the_same_value_is_not_sent_again() {
        assertThat(patch(1, 1.0)).isEqualTo("[]");
        assertThat(patch(new BigDecimal("1.00"), 1L)).isEqualTo("[]");
        assertThat(patch(Long.MAX_VALUE, (double) Long.MAX_VALUE)).contains("replace");
        assertThat(patch(1, "1")).isEqualTo("[{'op':'replace','path':'/state','value':'1'}]");
    }

    @Test
    void what_records_hold_is_looked_into_where_it_can_change() {
        List<String> tags = new ArrayList<>(List.of("a"));
        var named = new Named("Ann", tags);
        Snapshot before = of(named);
        tags.add("b");
        Snapshot after = before.next(new Object[] {named});

        assertThat(text(before))
                .isEqualTo("{\"state\":{\"full_name\":\"Ann\",\"tags\":[\"a\"],\"length\":3}}");
        assertThat(text(Patch.between(before, after)))
                .isEqualTo("[{'op':'add','path':'/state/tags/1','value':'b'}]");
    }

    @Test
    void records_that_annotations_shape_are_written_as_Jackson_does() {
        assertThat(text(of(new AsArray(1, 2)))).isEqualTo("{\"state\":[1,2]}");
        assertThat(patch(new AsArray(1, 2), new AsArray(1, 3)))
                .isEqualTo("[{'op':'replace','path':'/state/1','value':3}]");
        assertThat(text(of(new Dated(LocalDate.of(2026, 8, 9)))))
                .isEqualTo("{\"state\":{\"date\":\"09.08.2026\"}}");
        assertThat(patch(new Sparse("x", 1), new Sparse(null, 1)))
                .isEqualTo("[{'op':'remove','path':'/state/text'}]");
    }

    @Test
    void what_has_not_changed_costs_no_look_16_6() {
        List<Object> list = new ArrayList<>(notes(100));
        list.add(new ArrayList<>(List.of(new Named("Ann", new ArrayList<>()))));
        Snapshot before = of(list);

        Snapshot after = before.next(new Object[] {list});

        assertThat(after.state().values()[0]).isSameAs(before.state().values()[0]);
    }

    @Test
    void an_immutable_list_is_known_again_also_when_an_equal_one_has_taken_its_place() {
        Snapshot before = of(List.copyOf(notes(100)));
        List<Note> equal = List.copyOf(notes(100));
        Snapshot after = before.next(new Object[] {equal});

        assertThat(Patch.between(before, after).isEmpty()).isTrue();
        assertThat(after.next(new Object[] {equal}).state().values()[0])
                .isSameAs(after.state().values()[0]);
    }

    @Test
    void bytes_are_copied() {
        byte[] bytes = {1, 2, 3};
        Snapshot before = of(bytes);
        bytes[0] = 7;

        assertThat(text(before)).isEqualTo("{\"state\":\"AQID\"}");
        assertThat(text(Patch.between(before, of(bytes)))).contains("BwID");
    }

    @Test
    void what_JSON_cannot_say_is_refused_by_name_16_18() {
        assertThatThrownBy(() -> of(Double.NaN))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("attribute \"state\"")
                .hasMessageContaining("NaN")
                .hasMessageContaining("expected: ");
        assertThatThrownBy(() -> of(new Object[] {new Object()}))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("attribute \"state\"");
        assertThatThrownBy(() -> of(Collections.singletonMap(null, 1)))
                .isInstanceOf(JsonException.class);
        Map<Object, Object> twice = new HashMap<>(Map.of("1", 1, 1, 2));
        assertThatThrownBy(() -> of(twice))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("\"1\"");
    }

    @Test
    void what_JSON_cannot_say_inside_of_a_record_is_refused_when_it_is_written_16_18() {
        Snapshot before = of(new Real(1));
        Patch patch = Patch.between(before, before.next(new Object[] {new Real(0.0 / 0)}));

        assertThatThrownBy(() -> patch.write(new JsonWriter()))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("/state/number")
                .hasMessageContaining("NaN");
        assertThat(text(before)).isEqualTo("{\"state\":{\"number\":1.0}}");
    }

    @Test
    void a_cycle_is_refused() {
        List<Object> cycle = new ArrayList<>();
        cycle.add(new Chain(cycle));

        assertThatThrownBy(() -> of(cycle))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("cycles");
    }

    @Test
    void another_number_of_values_than_names_is_refused() {
        Snapshot snapshot = of(1);

        assertThatThrownBy(() -> snapshot.next(new Object[] {1, 2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[state]");
    }
}
