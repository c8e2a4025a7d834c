package io.snorky.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.ConfigurationException;
import io.snorky.rpc.Default;
import io.snorky.rpc.Param;
import io.snorky.rpc.RpcError;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Objects registered by hand. */
class ExposingTest {

    /** Knows nothing of synced objects. */
    static final class Library {
        String title = "Empty";
        int shelf_count = 2;
        final List<String> books = new ArrayList<>();
        transient int visits = 7;
        static int libraries = 1;

        int total_length() {
            return books.stream().mapToInt(String::length).sum();
        }

        int title() {
            return title.length();
        }
    }

    private final Library library = new Library();
    private final SyncSessions sessions = SyncSessions.single(session -> new SessionState() {});
    private final Tab tab = Tab.open(sessions).hearsNothing();
    private final SyncSession session = sessions.sessions().getFirst();

    private Tab show(Exposing exposing) {
        session.register(library, exposing);
        return tab;
    }

    // --- Attributes

    @Test
    void all_fields_are_shown_where_nothing_else_is_said() {
        show(Exposing.as("L"))
                .hears("_SET:L", "{'title':'Empty','shelfCount':2,'books':[]}")
                .says("_PATCH:L", "[{'op':'replace','path':'/title','value':'Full'}]")
                .hearsNothing();
        assertThat(library.title).isEqualTo("Full");
    }

    @Test
    void only_some_are_with_names_of_their_own() {
        show(Exposing.as("L").only("title").includeAs("total_length", "size"))
                .hears("_SET:L", "{'title':'Empty','size':0}");
    }

    @Test
    void some_come_in_addition_and_others_are_left_out() {
        show(Exposing.as("L").include("visits", "total_length").exclude("books"))
                .hears("_SET:L", "{'title':'Empty','shelfCount':2,'visits':7,'totalLength':0}");
    }

    @Test
    void one_that_is_there_is_renamed() {
        show(Exposing.as("L").includeAs("title", "Heading").casing(Casing.AS_IS))
                .hears("_SET:L", "{'Heading':'Empty','shelf_count':2,'books':[]}");
    }

    @Test
    void a_method_with_the_name_of_a_field_is_another() {
        show(Exposing.as("L").only("title").includeAs("title()", "length"))
                .hears("_SET:L", "{'title':'Empty','length':5}");
    }

    @Test
    void settings_are_made_by_hand_too() {
        show(Exposing.as("L").only().runningTasks(true).sendOnInit(false)).hearsNothing();
        tab.says("_GET:L", "{}").hears("_SET:L", "{'runningTasks':[]}");
    }

    @Test
    void a_scope_is_put_before_the_key() {
        KeyScope.run("a", () -> show(Exposing.as("L").only()));
        tab.hears("_SET:a/L", "{}");
    }

    @Test
    void what_sessions_share_is_registered_by_hand_too() {
        session.show(SyncHandle.share(library, Exposing.as("L").only("title")));
        tab.hears("_SET:L", "{'title':'Empty'}");
    }

    @Test
    void all_that_is_wrong_is_said_at_once() {
        var wrong =
                Exposing.as("L")
                        .include("title", "author")
                        .includeAs("visits", "x")
                        .includeAs("shelf_count", "x")
                        .exclude("title", "libraries")
                        .action("a", () -> {})
                        .action("a", () -> {})
                        .action("b", Wrong.class, it -> {})
                        .cancelHook("t", () -> {});

        assertThatThrownBy(() -> session.register(library, wrong))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e ->
                                assertThat(e.problems())
                                        .containsExactly(
                                                "include: author (expected: a field, or a method"
                                                        + " without parameters that has a result)",
                                                "exclude: title (expected: no name that is"
                                                        + " included)",
                                                "exclude: libraries (expected: a field, or a method"
                                                        + " without parameters that has a result)",
                                                "attribute x: twice (expected: names of their own)",
                                                "action a: two methods (expected: one)",
                                                "action b, parameter type (expected: another name,"
                                                        + " this one is taken)",
                                                "action b, parameter n: @Default x (expected: JSON"
                                                        + " of its type)",
                                                "cancel hook of t: no such task (expected: [])"));
        tab.hearsNothing();
    }

    @Test
    void what_is_shown_alone_cannot_be_left_out() {
        var wrong = Exposing.as("L").only("title", "books").exclude("books");

        assertThatThrownBy(() -> session.register(library, wrong))
                .hasMessage(
                        Library.class.getName()
                                + ": exclude: books (expected: no name that is included)");
    }

    record Wrong(String type, @Default("x") int n) {}

    // --- Functions

    record Rename(
            @Param("new_title") String title, @Default("1") int times, @Nullable String suffix) {
        Rename {
            if (times < 1) {
                throw new IllegalArgumentException("times: " + times + " (expected: 1 or more)");
            }
            if (title.equals("Private")) {
                throw new RpcError("title", title, "another one");
            }
        }
    }

    private SyncHandle renaming() {
        SyncHandle handle =
                session.register(
                        library,
                        Exposing.as("L")
                                .only("title")
                                .action(
                                        "rename",
                                        Rename.class,
                                        it ->
                                                library.title =
                                                        it.title.repeat(it.times)
                                                                + (it.suffix == null
                                                                        ? ""
                                                                        : it.suffix)));
        tab.hears("_SET:L", "{'title':'Empty'}");
        return handle;
    }

    @Test
    void an_action_takes_its_arguments_as_a_record() {
        SyncHandle handle = renaming();

        tab.says("_ACTION:L", "{'type':'rename','newTitle':'A','more':1}").hearsNothing();
        assertThat(library.title).isEqualTo("A");
        assertThat(handle.sync()).isTrue();
        tab.hears("_SET:L", "{'title':'A'}");

        tab.says("_ACTION:L", "{'type':'rename','new_title':'B','times':2,'suffix':'!'}")
                .hearsNothing();
        assertThat(library.title).isEqualTo("BB!");
    }

    @Test
    void arguments_that_do_not_fit_are_refused() {
        renaming();

        tab.says("_ACTION:L", "{'type':'rename'}")
                .hears(
                        "_ERROR",
                        "{'code':'invalid','message':'new_title: missing (expected: a string)',"
                                + "'event':'_ACTION:L','action':'rename'}");
        tab.says("_ACTION:L", "{'type':'rename','newTitle':'A','times':'x'}").hearsError("invalid");
        tab.says("_ACTION:L", "{'type':'rename','newTitle':'A','times':0}").hearsError("invalid");
        tab.says("_ACTION:L", "{'type':'rename','newTitle':'Private'}").hearsError("denied");
        tab.hearsNothing();
        assertThat(library.title).isEqualTo("Empty");
    }

    record Upload(byte[] data, String name) {}

    @Test
    void bytes_are_an_argument_like_others() {
        show(Exposing.as("L")
                        .only()
                        .action(
                                "upload",
                                Upload.class,
                                it -> library.title = it.name + it.data.length))
                .hears("_SET:L", "{}")
                .says("_BIN_META", "{'type':'_ACTION:L','metadata':{'type':'upload','name':'n'}}")
                .saysBytes((byte) 1, (byte) 2)
                .hearsNothing();
        assertThat(library.title).isEqualTo("n2");
    }

    @Test
    void what_a_function_throws_is_handled_as_if_a_method_had() {
        show(Exposing.as("L")
                        .only()
                        .action(
                                "refuse",
                                () -> {
                                    throw new RpcError("day", "Sunday", "a working day");
                                })
                        .action(
                                "fail",
                                () -> {
                                    throw new IOException("expected by the test");
                                }))
                .hears("_SET:L", "{}");

        tab.says("_ACTION:L", "{'type':'refuse'}").hearsError("denied");
        tab.says("_ACTION:L", "{'type':'fail'}").hearsError("failed");
    }

    @Test
    void a_task_is_cancelled_and_its_hook_runs() throws InterruptedException {
        var started = new CountDownLatch(1);
        show(Exposing.as("L")
                        .only()
                        .task(
                                "tidy",
                                () -> {
                                    started.countDown();
                                    new CountDownLatch(1).await();
                                })
                        .cancelHook("tidy", () -> session.toast(ToastKind.INFO, "untidy")))
                .hears("_SET:L", "{}")
                .says("_TASK_START:L", "{'type':'tidy'}");
        started.await();

        tab.says("_TASK_CANCEL:L", "{'type':'tidy'}")
                .hears("_TOAST", "{'type':'info','message':'untidy'}");
    }

    // --- With annotations

    @Synced(exclude = "secret", sendOnInit = false)
    static final class Marked extends SyncedObject {
        int shown = 1;
        int secret = 2;

        @SyncedAs("twice")
        int doubled() {
            return 2 * shown;
        }

        @Action
        void act() {
            toast(ToastKind.INFO, "marked");
        }
    }

    @Test
    void what_annotations_say_counts_where_nothing_else_is_said() {
        session.register(new Marked(), Exposing.as("M").action("more", () -> {}));
        tab.says("_GET:M", "{}").hears("_SET:M", "{'shown':1,'twice':2}");
        tab.says("_ACTION:M", "{'type':'act'}")
                .hears("_TOAST", "{'type':'info','message':'marked'}");
        tab.says("_ACTION:M", "{'type':'more'}").hearsNothing();

        session.register(new Marked(), Exposing.as("N").only("secret").sendOnInit(true));
        tab.hears("_SET:N", "{'secret':2}");
    }

    @Test
    void a_function_does_not_take_the_place_of_a_method() {
        assertThatThrownBy(() ->
                        session.register(new Marked(), Exposing.as("M").action("act", () -> {})))
                .hasMessageEndingWith("action act: two methods (expected: one)");
    }
}
