package io.snorky.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.ConfigurationException;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Constraints hold for all that browsers write, with a provider on the class path. */
class JakartaValidationTest {

    record Line(@NotBlank String text, @Positive int amount) {}

    record Part(List<Line> lines) {}

    @Synced("ORDER")
    static final class Order extends SyncedObject {
        @Size(min = 1, max = 10)
        String title = "New";

        @Min(0)
        @Max(5)
        int stars;

        List<Line> lines = List.of();
        Map<String, Part> parts = Map.of();
        final List<@NotBlank String> tags = new ArrayList<>();

        private transient String place = "here";

        @SyncedAs
        String place() {
            return place;
        }

        void place(@Size(max = 5) String place) {
            this.place = place;
        }

        @Action
        void rename(@NotBlank @Size(max = 10) String title, Optional<Line> line) {
            this.title = title;
            sync();
        }

        @Task
        void fill(@Max(3) int how_many) {
            toast(ToastKind.INFO, how_many);
        }
    }

    private static final String STATE =
            "{'title':'New','stars':0,'lines':[],'parts':{},'tags':[],'place':'here'}";

    private final Tab tab =
            Tab.open(
                            SyncSessions.single(session -> {
                                session.register(new Order());
                                return new SessionState() {};
                            }))
                    .hears("_SET:ORDER", STATE);

    private void refuses(String event, String data, String message) {
        tab.says(event, data);
        assertThat(tab.next())
                .startsWith(
                        "{'type':'_ERROR','data':{'code':'invalid','message':'"
                                + message
                                + "','event':'"
                                + event
                                + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "title | '' | title: \\'\\' (expected: size must be between 1 and 10)",
                "stars | 6 | stars: 6 (expected: must be less than or equal to 5)",
                "lines | [{'text':'a','amount':1},{'text':' ','amount':1}]"
                        + " | lines[1].text: \\' \\' (expected: must not be blank)",
                "parts | {'a':{'lines':[{'text':'a','amount':0}]}}"
                        + " | parts[a].lines[0].amount: 0 (expected: must be greater than 0)",
                "tags | ['a',' '] | tags[1]: \\' \\' (expected: must not be blank)",
                "place | 'far away'"
                        + " | place: \\'far away\\' (expected: size must be between 0 and 5)",
            })
    void a_write_that_does_not_fit_is_refused_and_changes_nothing_16_4(
            String attribute, String value, String message) {
        refuses("_SET:ORDER", "{'stars':1,'" + attribute + "':" + value + "}", message);
        tab.hears("_SET:ORDER", STATE);
        refuses(
                "_PATCH:ORDER",
                "[{'op':'replace','path':'/" + attribute + "','value':" + value + "}]",
                message);
        tab.hears("_SET:ORDER", STATE);
        tab.hearsNothing();
    }

    @Test
    void what_fits_is_taken() {
        tab.says("_SET:ORDER", "{'stars':5,'lines':[{'text':'a','amount':1}],'place':'there'}");
        tab.hearsNothing();
        tab.says("_ACTION:ORDER", "{'type':'rename','title':'Mine'}");
        assertThat(tab.next()).contains("Mine");
    }

    @Test
    void arguments_of_actions_and_tasks_are_checked_before_the_call() {
        refuses(
                "_ACTION:ORDER",
                "{'type':'rename','title':'far too long','line':null}",
                "title: \\'far too long\\' (expected: size must be between 0 and 10)");
        refuses(
                "_ACTION:ORDER",
                "{'type':'rename','title':'ok','line':{'text':'a','amount':-1}}",
                "line.amount: -1 (expected: must be greater than 0)");
        refuses(
                "_TASK_START:ORDER",
                "{'type':'fill','howMany':4}",
                "how_many: 4 (expected: must be less than or equal to 3)");
        tab.hearsNothing();
    }

    @Test
    void all_that_is_wrong_is_told_at_once_and_long_values_are_cut() {
        refuses(
                "_SET:ORDER",
                "{'lines':[{'text':'','amount':0}]}",
                "lines[0].amount: 0 (expected: must be greater than 0);"
                        + " lines[0].text: \\'\\' (expected: must not be blank)");
        tab.hears("_SET:ORDER", STATE);
        tab.says("_SET:ORDER", "{'title':'" + "x".repeat(100) + "'}");
        assertThat(tab.next()).contains("x".repeat(79) + "… (expected: ");
    }

    @Synced
    static final class Wrong extends SyncedObject {
        @Size(max = 3)
        int number;
    }

    @Test
    void a_constraint_that_cannot_be_is_found_when_the_object_is_registered() {
        assertThatThrownBy(() -> Exposure.of(Wrong.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Size");
    }

    // --- Without a provider

    private static Optional<String> found(Class<?> type) {
        Exposure exposure = Exposure.of(type);
        return ConstraintSearch.first(exposure.attributes(), exposure.actions().values());
    }

    @Synced
    static final class Free extends SyncedObject {
        Scrapbook.Page page = new Scrapbook.Page(1, "");

        @Action
        void act(List<String> words) {}
    }

    @Synced
    static final class Deep extends SyncedObject {
        Map<String, List<Part>> parts = Map.of();
    }

    @Test
    void constraints_are_found_however_deep_they_are() {
        assertThat(found(Free.class)).isEmpty();
        assertThat(found(Deep.class)).contains("attribute parts");
        assertThat(found(Order.class)).contains("attribute title");
    }

    @Test
    void a_provider_that_does_not_start_is_told_of_where_there_are_constraints() {
        var broken = new ValidationSearch.None(Optional.of("no expressions"));
        List<Attribute> constrained = Exposure.of(Deep.class).attributes();
        List<Attribute> free = Exposure.of(Free.class).attributes();

        assertThat(broken.problems(Deep.class, constrained, List.of()))
                .containsExactly(
                        "attribute parts: constraints, but Jakarta Validation does not start:"
                                + " no expressions (expected: a provider that works, or none)");
        assertThat(broken.problems(Free.class, free, List.of())).isEmpty();
        assertThat(
                        new ValidationSearch.None(Optional.empty())
                                .problems(Deep.class, constrained, List.of()))
                .isEmpty();
    }
}
