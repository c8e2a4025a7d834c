package io.snorky.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.benchmarks.load.SyncedText.Change;
import io.snorky.benchmarks.server.Items.Item;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

class SyncedTextsTest {

    private static final String PATCH =
            "{\"type\":\"_PATCH:ITEMS\",\"v\":7,\"data\":[{\"op\":\"remove\",\"path\":\"/items/3\"}]}";

    private final SyncedTexts texts = new SyncedTexts();

    private SyncedTexts.Known read(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return texts.read(utf8, utf8.length);
    }

    @Test
    void the_same_text_is_read_once_and_another_one_of_that_revision_too() {
        String other = PATCH.replace('3', '4');

        assertThat(read(PATCH)).isSameAs(read(PATCH));
        assertThat(read(other)).isSameAs(read(other));
        assertThat(read(other).text().changes()).containsExactly(new Change.Remove(4));
    }

    @Test
    void a_patch_that_is_late_at_one_viewer_or_comes_twice_or_after_one_was_lost_is_found() {
        read(PATCH).apply(6);
        read(PATCH).apply(6);

        assertThatThrownBy(() -> read(PATCH).apply(5))
                .hasMessage("patch to 7: at a viewer who has 5 (expected: 6, as at others)");
        assertThatThrownBy(() -> read(PATCH).apply(7)).isInstanceOf(LoadException.class);
        assertThatThrownBy(() -> read(PATCH).apply(8)).isInstanceOf(LoadException.class);
    }

    @Test
    void a_state_fits_after_anything() {
        var state =
                read(
                        "{\"type\":\"_SET:ITEMS\",\"v\":9,\"data\":{\"items\":"
                                + "[{\"id\":1,\"title\":\"a\",\"done\":true}],\"rounds\":0}}");

        state.apply(0);
        state.apply(8);
        state.apply(9);

        assertThat(state.text().revision()).isEqualTo(9);
        assertThat(state.text().changes().getFirst())
                .isEqualTo(new Change.All(List.of(new Item(1, "a", true))));
    }

    @Test
    void the_time_of_a_change_is_in_its_title() {
        var edit =
                read(
                        "{\"type\":\"_PATCH:ITEMS\",\"v\":2,\"data\":[{\"op\":\"replace\",\"path\":"
                                + "\"/items/12/title\",\"value\":\"Item 9, changed at 12345\"}]}");

        assertThat(edit.text().changedMicros()).isEqualTo(12_345);
        assertThat(edit.text().changes().getFirst()).isInstanceOf(Change.Edit.class);
    }

    @Test
    void an_error_is_no_state() {
        assertThatThrownBy(() -> read("{\"type\":\"_ERROR\",\"data\":{\"code\":\"failed\"}}"))
                .hasMessageContaining("_ERROR");
    }
}
