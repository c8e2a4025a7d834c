package io.snorky.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.snorky.testkit.ManualScheduler;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Several browsers see one object. */
class ViewersTest {

    private static final String ABOUT = "long enough for patches to be shorter than the state";

    /** What they see. */
    @Synced("BOARD")
    static final class Board extends SyncedObject {
        String title = "Board";
        List<String> notes = List.of();
        int number;
        final String about = ABOUT;
        final transient AtomicInteger inAction = new AtomicInteger();

        @SyncedAs("count")
        int count() {
            return notes.size();
        }

        @Action
        void add(String note) {
            update(() -> {
                List<String> more = new ArrayList<>(notes);
                more.add(note);
                notes = List.copyOf(more);
            });
        }

        @Action
        void greet() {
            toast(ToastKind.INFO, "Hello,", session().id().user());
            sendAction("wave", Map.of());
        }

        @Action
        void save() {
            download("a.txt", new byte[] {'a'});
        }
    }

    /** Notices when somebody else is in. */
    @Synced("T")
    static final class Turns extends SyncedObject {
        int entered;
        boolean together;

        @Action
        void enter() throws InterruptedException {
            entered++;
            together |= entered > 1;
            Thread.sleep(1);
            entered--;
        }
    }

    private static String state(String title, String notes, int number, int count) {
        return "{'title':'%s','notes':%s,'number':%d,'about':'%s','count':%d}"
                .formatted(title, notes, number, ABOUT, count);
    }

    private static final String EMPTY = state("Board", "[]", 0, 0);

    private final ManualScheduler time = new ManualScheduler();
    private final Board board = new Board();
    private final SyncHandle shared = SyncHandle.share(board);
    private final SyncSessions sessions =
            SyncSessions.identified(session -> {
                session.show(shared);
                return new SessionState() {};
            });

    private Tab open(String user) {
        return Tab.open(sessions).is(user, "s").hears("_SET:BOARD", EMPTY);
    }

    // --- Shared objects

    @Test
    void what_one_changes_the_others_see() {
        Tab alice = open("alice");
        Tab bob = open("bob");
        alice.says("_PATCH:BOARD", "[{'op':'replace','path':'/title','value':'Plans'}]");

        bob.hears("_PATCH:BOARD", "[{'op':'replace','path':'/title','value':'Plans'}]");
        alice.hearsNothing();
        assertThat(board.title).isEqualTo("Plans");
    }

    @Test
    void what_follows_from_a_change_is_part_of_it_for_the_others() {
        Tab alice = open("alice");
        Tab bob = open("bob");
        alice.says("_PATCH:BOARD", "[{'op':'add','path':'/notes/0','value':'milk'}]");

        alice.hears("_PATCH:BOARD", "[{'op':'replace','path':'/count','value':1}]").hearsNothing();
        bob.hears(
                "_PATCH:BOARD",
                "[{'op':'add','path':'/notes/0','value':'milk'},"
                        + "{'op':'replace','path':'/count','value':1}]");
        bob.hearsNothing();
    }

    @Test
    void what_is_read_only_the_others_never_see_changed() {
        Tab alice = open("alice");
        Tab bob = open("bob");
        alice.says("_PATCH:BOARD", "[{'op':'replace','path':'/count','value':99}]");

        alice.hears("_PATCH:BOARD", "[{'op':'replace','path':'/count','value':0}]").hearsNothing();
        bob.hearsNothing();
    }

    @Test
    void what_the_server_changes_all_see() {
        Tab alice = open("alice");
        Tab bob = open("bob");
        bob.says("_ACTION:BOARD", "{'type':'add','note':'eggs'}");

        String patch =
                "[{'op':'add','path':'/notes/0','value':'eggs'},"
                        + "{'op':'replace','path':'/count','value':1}]";
        alice.hears("_PATCH:BOARD", patch);
        bob.hears("_PATCH:BOARD", patch);
        assertThat(shared.viewers()).isEqualTo(2);
    }

    @Test
    void a_patch_is_encoded_once_for_all() {
        List<Tab> tabs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            tabs.add(open("user " + i));
        }
        board.number = 7;
        board.sync();
        assertThat(tabs.stream().map(Tab::lastMessage).distinct()).hasSize(1);
    }

    @Test
    void a_toast_and_a_download_are_for_who_acted_and_an_action_is_for_all() {
        Tab alice = open("alice");
        Tab bob = open("bob");
        alice.says("_ACTION:BOARD", "{'type':'greet'}");
        alice.hears("_TOAST", "{'type':'info','message':'Hello, alice'}");
        alice.hears("_ACTION:BOARD", "{'type':'wave'}");
        bob.hears("_ACTION:BOARD", "{'type':'wave'}");

        bob.says("_ACTION:BOARD", "{'type':'save'}");
        bob.hears("_DOWNLOAD", "{'filename':'a.txt','data':'YQ=='}");
        alice.hearsNothing();
    }

    @Test
    void without_anybody_who_acts_there_is_nobody_to_toast() {
        assertThatThrownBy(() -> shared.toast(ToastKind.INFO, "Hello"))
                .hasMessageContaining("which session? (expected: in an action or a task)");
    }

    @Test
    void who_comes_gets_what_the_others_have() {
        Tab alice = open("alice");
        board.number = 3; // and nobody syncs
        Tab bob = Tab.open(sessions).is("bob", "s");
        alice.hears("_PATCH:BOARD", "[{'op':'replace','path':'/number','value':3}]");
        bob.hears("_SET:BOARD", state("Board", "[]", 3, 0)).hearsNothing();
    }

    @Test
    void it_outlives_its_sessions() {
        Tab alice = open("alice");
        alice.says("_ACTION:BOARD", "{'type':'add','note':'eggs'}").next();
        sessions.sessions().getFirst().terminate();

        assertThat(shared.viewers()).isZero();
        Tab.open(sessions)
                .is("bob", "s")
                .hears("_SET:BOARD", state("Board", "['eggs']", 0, 1))
                .hearsNothing();
    }

    @Test
    void hidden_it_is_seen_by_the_others_only() {
        Tab alice = open("alice");
        Tab bob = open("bob");
        SyncSession session = sessions.sessions().getFirst();
        session.hide(shared);
        board.number = 1;
        board.sync();

        boolean isAlices = session.id().user().equals("alice");
        (isAlices ? alice : bob).hearsNothing();
        (isAlices ? bob : alice)
                .hears("_PATCH:BOARD", "[{'op':'replace','path':'/number','value':1}]");
        (isAlices ? alice : bob).says("_GET:BOARD", "{}").hearsError("unknown-event");
    }

    @Test
    void closed_it_is_gone_for_all() {
        Tab alice = open("alice");
        Tab bob = open("bob");
        shared.close();
        board.number = 1;
        assertThat(board.sync()).isFalse();
        alice.says("_GET:BOARD", "{}").hearsError("unknown-event").hearsNothing();
        bob.says("_GET:BOARD", "{}").hearsError("unknown-event").hearsNothing();
    }

    @Test
    void actions_of_several_sessions_run_one_at_a_time() {
        var turns = new Turns();
        SyncHandle handle = SyncHandle.share(turns);
        SyncSessions many =
                SyncSessions.identified(session -> {
                    session.show(handle);
                    return new SessionState() {};
                });
        List<Tab> tabs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Tab tab = Tab.open(many).is("u" + i, "s");
            tab.next();
            tabs.add(tab);
        }
        for (int i = 0; i < 5; i++) {
            tabs.forEach(tab -> tab.says("_ACTION:T", "{'type':'enter'}"));
        }
        tabs.forEach(Tab::hearsNothing);
        assertThat(turns.together).isFalse();
    }

    @Test
    void only_a_shared_object_can_be_shown() {
        open("alice");
        SyncSession session = sessions.sessions().getFirst();
        SyncHandle own = session.register(new Board(), "OWN");
        assertThatThrownBy(() -> session.show(own))
                .hasMessageContaining("(expected: one by SyncHandle.share)");
    }

    // --- Shared sessions

    private final List<String> events = new ArrayList<>();

    private final SyncSessions tabs =
            SyncSessions.identifiedBuilder(
                            session -> {
                                session.register(new Board());
                                return new SessionState() {
                                    @Override
                                    public void onConnect() {
                                        events.add("connect");
                                    }

                                    @Override
                                    public void onDisconnect() {
                                        events.add("disconnect " + session.isConnected());
                                    }

                                    @Override
                                    public void onTerminate() {
                                        events.add("terminate");
                                    }
                                };
                            })
                    .shared()
                    .time(time, time.clock())
                    .build();

    private Tab tab() {
        return Tab.open(tabs).is("alice", "s").hears("_SET:BOARD", EMPTY);
    }

    @Test
    void a_shared_session_has_several_connections_16_14() {
        Tab one = tab();
        Tab two = tab().hearsNothing();
        one.hearsNothing();
        two.says("_PATCH:BOARD", "[{'op':'replace','path':'/number','value':4}]").hearsNothing();
        one.hears("_PATCH:BOARD", "[{'op':'replace','path':'/number','value':4}]");
        one.says("_ACTION:BOARD", "{'type':'save'}");
        one.hears("_DOWNLOAD", "{'filename':'a.txt','data':'YQ=='}");
        two.hearsNothing();
        one.says("_ACTION:BOARD", "{'type':'greet'}");
        one.hears("_TOAST", "{'type':'info','message':'Hello, alice'}");
        two.hears("_TOAST", "{'type':'info','message':'Hello, alice'}");
        assertThat(tabs.sessions()).hasSize(1);
    }

    @Test
    void a_shared_session_ends_when_the_last_one_has_long_gone() {
        Tab one = tab();
        Tab two = tab();
        one.close();
        time.advance(SyncLimits.DEFAULT.idleTimeout().multipliedBy(2));
        two.says("_ACTION:BOARD", "{'type':'greet'}").next();
        two.close();
        assertThat(events)
                .containsExactly("connect", "connect", "disconnect true", "disconnect false");
        time.advance(SyncLimits.DEFAULT.idleTimeout());
        await().until(() -> events.contains("terminate"));
    }
}
