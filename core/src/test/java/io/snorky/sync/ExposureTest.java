package io.snorky.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.ConfigurationException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a class shows, and under which names. */
class ExposureTest {

    private static final class Holder implements SessionState {}

    private static Tab show(Object object) {
        return Tab.open(
                SyncSessions.single(session -> {
                    session.register(object);
                    return new Holder();
                }));
    }

    @ParameterizedTest
    @CsvSource({
        "total_length, totalLength",
        "field_1, field1",
        "is_2fa_on, is2FaOn",
        "HTTP_port, httpPort",
        "alreadyCamel, alreadyCamel",
        "running_tasks, runningTasks"
    })
    void names_are_written_in_camel_case(String name, String camel) {
        assertThat(Casing.CAMEL.of(name)).isEqualTo(camel);
        assertThat(Casing.AS_IS.of(name)).isEqualTo(name);
    }

    @Synced(casing = Casing.AS_IS, runningTasks = true)
    static class Parent extends SyncedObject {
        int some_number = 1;

        @Action
        void act() {
            toast(ToastKind.INFO, "parent");
        }

        @Task
        void run() {
            toast(ToastKind.INFO, "parent");
        }
    }

    static class Child extends Parent {
        int own = 2;

        @Override
        void act() {
            toast(ToastKind.INFO, "child");
        }

        @Override
        void run() {
            toast(ToastKind.INFO, "child");
        }
    }

    @Test
    void a_subclass_keeps_what_its_parents_show_under_a_key_of_its_own() {
        show(new Child()).hears("_SET:Child", "{'some_number':1,'own':2,'running_tasks':[]}");
    }

    @Test
    void a_method_that_overrides_a_shown_one_is_shown_and_runs_16_17() {
        Tab tab = show(new Child());
        tab.next();
        tab.says("_ACTION:Child", "{'type':'act'}")
                .hears("_TOAST", "{'type':'info','message':'child'}");
        tab.says("_TASK_START:Child", "{'type':'run'}");
        String heard = tab.next();
        while (!heard.contains("_TOAST")) {
            heard = tab.next();
        }
        assertThat(heard).contains("child");
    }

    /** Extends nothing, and shows what is marked. */
    @Synced(value = "M", onlyMarked = true)
    static final class Marked {
        int hidden = 1;

        @SyncedAs("shown")
        int number = 2;

        private String text = "a";

        @SyncedAs
        String text() {
            return text;
        }

        void text(String newText) {
            if (newText.isEmpty()) {
                throw new IllegalArgumentException("text: empty (expected: some)");
            }
            text = newText.strip();
        }
    }

    @Test
    void a_method_with_a_setter_is_written_through_it() {
        var marked = new Marked();
        Tab tab = show(marked).hears("_SET:M", "{'shown':2,'text':'a'}");
        tab.says("_SET:M", "{'text':'b'}").hearsNothing();
        assertThat(marked.text()).isEqualTo("b");

        tab.says("_SET:M", "{'text':' long enough to be coerced '}");
        assertThat(tab.next()).contains("'long enough to be coerced'");
    }

    @Test
    void what_a_setter_refuses_is_taken_back_with_all_that_came_with_it() {
        var marked = new Marked();
        Tab tab = show(marked).hears("_SET:M", "{'shown':2,'text':'a'}");
        tab.says("_SET:M", "{'shown':7,'text':''}").hearsError("invalid");
        tab.hears("_SET:M", "{'shown':2,'text':'a'}");
        assertThat(marked.number).isEqualTo(2);
        assertThat(marked.hidden).isEqualTo(1);
    }

    @Synced(exclude = {"nothing", "named"})
    static final class Wrong {
        @SyncedAs("a")
        int named;

        @SyncedAs("b")
        int one;

        @SyncedAs("b")
        int other;

        @SyncedAs
        int computed(int argument) {
            return argument;
        }

        @Action
        void act(int type) {
            one = type;
        }

        @CancelHook("nobody")
        void hook() {}
    }

    @Test
    void all_that_cannot_work_is_named_at_once() {
        assertThatThrownBy(() -> Exposure.of(Wrong.class))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e ->
                                assertThat(e.problems())
                                        .containsExactlyInAnyOrder(
                                                "exclude: named (expected: no field with"
                                                        + " @SyncedAs)",
                                                "exclude: nothing (expected: the name of a field)",
                                                "attribute b: twice (expected: names of their own)",
                                                "@SyncedAs computed (expected: no parameters, and"
                                                        + " a result)",
                                                "action act, parameter type (expected: another"
                                                        + " name, this one is taken)",
                                                "cancel hook of nobody: no such task (expected:"
                                                        + " [])"));
    }
}
