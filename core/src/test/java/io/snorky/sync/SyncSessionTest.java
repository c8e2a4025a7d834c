package io.snorky.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.snorky.Identification;
import io.snorky.Verdict;
import io.snorky.testkit.ManualScheduler;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** Who comes to which session, and what becomes of it. */
class SyncSessionTest {

    private static final String ABOUT =
            "long enough for patches to be shorter than the whole state";
    private static final String ZERO = state(0);

    private static String state(int number) {
        return "{'number':" + number + ",'about':'" + ABOUT + "'}";
    }

    /** One number. */
    @Synced("N")
    static class Counter extends SyncedObject {
        int number;
        final String about = ABOUT;

        @Action
        void add() {
            number++;
            sync();
        }
    }

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final ManualScheduler time = new ManualScheduler();
    private final SyncSessions sessions =
            SyncSessions.identifiedBuilder(this::state)
                    .time(time, time.clock())
                    .limits(SyncLimits.DEFAULT.withIdleTimeout(Duration.ofMinutes(5)))
                    .build();

    private SessionState state(SyncSession session) {
        assertThat(SyncSession.current()).contains(session);
        session.register(new Counter());
        return new SessionState() {
            @Override
            public void onConnect() {
                events.add("connect " + session.id().session() + session.isConnected());
            }

            @Override
            public void onDisconnect() {
                events.add("disconnect " + session.id().session() + session.isConnected());
                throw new IllegalStateException("expected by the test");
            }

            @Override
            public void onTerminate() {
                events.add("terminate " + session.id().session());
            }
        };
    }

    private Tab open(String session) {
        return Tab.open(sessions).is("alice", session);
    }

    // --- Who it is

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no JSON",
                "[]",
                "{'type':'_GET:N','data':{}}",
                "{'type':'_USER_SESSION'}",
                "{'type':'_USER_SESSION','data':{'user':'a'}}",
                "{'type':'_USER_SESSION','data':{'user':'','session':'s'}}",
                "{'type':'_USER_SESSION','data':{'user':'a','session':''}}",
                "{'type':'_USER_SESSION','data':{'user':1,'session':'s'}}",
                "{'type':'_USER_SESSION','data':[]}"
            })
    void who_does_not_say_who_it_is_gets_no_state(String text) {
        Tab tab = Tab.open(sessions).hears("{'type':'_REQUEST_USER_SESSION'}");
        tab.saysText(text).hearsClose(1008);
        tab.says("_USER_SESSION", "{'user':'a','session':'s'}").hearsNothing();
        assertThat(sessions.sessions()).isEmpty();
        assertThat(time.waiting()).isZero();
    }

    @Test
    void an_id_has_a_bound() {
        Tab tab = Tab.open(sessions).is("a".repeat(129), "s").hearsClose(1008);
        tab.hearsNothing();
        Tab.open(sessions).is("a".repeat(128), "s").hears("_SET:N", ZERO);
    }

    @Test
    void bytes_do_not_say_who_it_is() {
        Tab tab = Tab.open(sessions).hears("{'type':'_REQUEST_USER_SESSION'}");
        tab.saysBytes((byte) 1).hearsClose(1008);
    }

    @Test
    void who_says_nothing_is_hung_up_on_after_ten_seconds_16_13() {
        Tab tab = Tab.open(sessions).hears("{'type':'_REQUEST_USER_SESSION'}").hearsNothing();
        time.advance(Duration.ofSeconds(10).minusNanos(1));
        tab.hearsNothing();
        time.advance(Duration.ofNanos(1));
        tab.hearsClose(1008);
    }

    @Test
    void each_pair_of_ids_has_a_session_of_its_own() {
        Tab one = open("1").hears("_SET:N", ZERO);
        Tab two = open("2").hears("_SET:N", ZERO);
        one.says("_ACTION:N", "{'type':'add'}").hears("_PATCH:N", patch(1));
        two.hearsNothing();

        assertThat(sessions.sessions()).hasSize(2);
    }

    private static String patch(int number) {
        return "[{'op':'replace','path':'/number','value':" + number + "}]";
    }

    @Test
    void who_has_proved_another_identity_meets_another_session() {
        var mallory = new Verdict.Identified(Identification.of("mallory"));
        Tab one = open("1").hears("_SET:N", ZERO);
        one.says("_ACTION:N", "{'type':'add'}").hears("_PATCH:N", patch(1));

        Tab.openAs(sessions, mallory).is("alice", "1").hears("_SET:N", ZERO);
        one.hearsNothing();
    }

    @Test
    void who_has_to_send_a_token_first_cannot() {
        var tokenFirst = new Verdict.TokenFirst(Duration.ofSeconds(5));
        Tab.openAs(sessions, tokenFirst).hearsClose(4401);
    }

    @Test
    void when_there_are_too_many_sessions_no_more_are_made() {
        SyncSessions few =
                SyncSessions.identifiedBuilder(this::state)
                        .limits(SyncLimits.DEFAULT.withMaxSessions(1))
                        .build();
        Tab one = Tab.open(few).is("a", "1").hears("_SET:N", ZERO);
        Tab.open(few).is("a", "2").hearsClose(1013);
        one.close();
        Tab.open(few).is("a", "1").hears("_SET:N", ZERO);
    }

    // --- Coming and going

    @Test
    void a_session_outlives_its_connections() {
        Tab first = open("1").hears("_SET:N", ZERO);
        first.says("_ACTION:N", "{'type':'add'}").hears("_PATCH:N", patch(1));
        first.close();

        open("1").hears("_SET:N", state(1)).hearsNothing();
        assertThat(events).containsExactly("connect 1true", "disconnect 1false", "connect 1true");
    }

    @Test
    void who_comes_takes_the_place_of_who_is_there_16_9() {
        Tab first = open("1").hears("_SET:N", ZERO).hearsNothing();
        Tab second = open("1").hears("_SET:N", ZERO).hearsNothing();

        first.hears("_DISCONNECT", "'This session is open in another place now.'").hearsClose(1000);
        assertThat(events).containsExactly("connect 1true", "disconnect 1false", "connect 1true");

        first.says("_ACTION:N", "{'type':'add'}").hearsNothing();
        first.close();
        second.hearsNothing();
        second.says("_ACTION:N", "{'type':'add'}").hears("_PATCH:N", patch(1));
        assertThat(events).hasSize(3);
    }

    @Test
    void a_peer_that_is_dead_keeps_nobody_waiting_16_10() {
        Tab dead = open("1").hears("_SET:N", ZERO);
        open("1")
                .hears("_SET:N", ZERO)
                .says("_ACTION:N", "{'type':'add'}")
                .hears("_PATCH:N", patch(1));
        dead.close();
    }

    /** Blocks until it may go on. */
    static final class Blocking extends Counter {
        final transient CountDownLatch mayGoOn = new CountDownLatch(1);

        @Action
        void block() throws InterruptedException {
            add();
            mayGoOn.await();
            add();
        }
    }

    @Test
    void who_comes_while_an_action_blocks_waits_for_its_end_and_the_other_is_told_at_once() {
        Tab first = open("1").hears("_SET:N", ZERO).hearsNothing();
        SyncSession session = sessions.sessions().getFirst();
        var blocking = new Blocking();
        session.register(blocking, "N");
        first.hears("_SET:N", ZERO);
        first.says("_ACTION:N", "{'type':'block'}").hears("_PATCH:N", patch(1));

        Tab second = open("1");
        first.hears("_DISCONNECT", "'This session is open in another place now.'").hearsClose(1000);
        second.says("_ACTION:N", "{'type':'add'}");

        blocking.mayGoOn.countDown();
        second.hears("_SET:N", state(2)).hears("_PATCH:N", patch(3)).hearsNothing();
        assertThat(events).containsExactly("connect 1true", "disconnect 1false", "connect 1true");
    }

    @Test
    void of_many_that_come_at_once_one_stays() throws InterruptedException {
        List<Tab> tabs = new CopyOnWriteArrayList<>();
        var ready = new CountDownLatch(1);
        List<Thread> threads =
                IntStream.range(0, 30)
                        .mapToObj(i ->
                                Thread.startVirtualThread(() -> {
                                    try {
                                        ready.await();
                                    } catch (InterruptedException e) {
                                        throw new AssertionError(e);
                                    }
                                    tabs.add(open("1"));
                                }))
                        .toList();
        ready.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        await().until(() -> events.size() == 59);
        long staying = tabs.stream().filter(SyncSessionTest::stays).count();
        assertThat(staying).isEqualTo(1);
    }

    private static boolean stays(Tab tab) {
        tab.says("_ACTION:N", "{'type':'add'}");
        List<String> heard = new ArrayList<>();
        do {
            heard.add(tab.next());
        } while (!heard.getLast().contains("_PATCH") && !heard.getLast().startsWith("closed"));
        assertThat(heard.stream().filter(text -> text.contains("_DISCONNECT")).count())
                .isEqualTo(heard.getLast().startsWith("closed") ? 1 : 0);
        return heard.getLast().contains("_PATCH");
    }

    @Test
    void a_disconnect_is_a_sentence_and_the_end_of_the_connection() {
        Tab tab = open("1").hears("_SET:N", ZERO).hearsNothing();
        sessions.sessions().getFirst().disconnect("Lunch");
        tab.hears("_DISCONNECT", "'Lunch'").hearsClose(1000);
    }

    // --- The end

    @Test
    void a_session_that_nobody_comes_to_ends_once_16_20() {
        Tab first = open("1").hears("_SET:N", ZERO).hearsNothing();
        first.close();
        time.advance(Duration.ofMinutes(4));
        Tab second = open("1").hears("_SET:N", ZERO).hearsNothing();
        time.advance(Duration.ofMinutes(4));
        second.close();
        time.advance(Duration.ofMinutes(5).minusNanos(1));
        assertThat(sessions.sessions()).hasSize(1);
        events.clear();

        time.advance(Duration.ofNanos(1));
        await().until(() -> !events.isEmpty());
        assertThat(events).containsExactly("terminate 1");
        assertThat(sessions.sessions()).isEmpty();
        open("1").hears("_SET:N", ZERO);
    }

    @Test
    void a_session_can_be_ended() {
        Tab tab = open("1").hears("_SET:N", ZERO).hearsNothing();
        SyncSession session = sessions.sessions().getFirst();
        session.terminate();
        session.terminate();

        tab.hears("_DISCONNECT", "'This session has ended.'").hearsClose(1000);
        assertThat(events).containsExactly("connect 1true", "disconnect 1false", "terminate 1");
        open("1").hears("_SET:N", ZERO);
    }

    // --- Objects

    @Test
    void keys_are_scoped_where_objects_are_registered() {
        Tab tab = open("1").hears("_SET:N", ZERO).hearsNothing();
        SyncSession session = sessions.sessions().getFirst();
        KeyScope.run(
                "a",
                () ->
                        KeyScope.run(
                                "",
                                () ->
                                        KeyScope.run(
                                                "b",
                                                () -> session.register(new Counter(), "K:1"))));
        tab.hears("_SET:a/b/K:1", ZERO);
        tab.says("_ACTION:a/b/K:1", "{'type':'add'}").hears("_PATCH:a/b/K:1", patch(1));
    }

    @Test
    void the_newer_of_two_objects_with_a_key_counts() {
        Tab tab = open("1").hears("_SET:N", ZERO).hearsNothing();
        SyncSession session = sessions.sessions().getFirst();
        var newer = new Counter();
        newer.number = 5;
        var older = new Counter();
        session.register(older);
        session.register(newer);
        tab.hears("_SET:N", ZERO).hears("_SET:N", state(5));

        older.number = 7;
        older.sync();
        older.close();
        tab.says("_ACTION:N", "{'type':'add'}").hears("_PATCH:N", patch(6));
        tab.close();
        open("1").hears("_SET:N", state(6)).hearsNothing();
    }

    @Test
    void an_object_that_is_closed_is_gone() {
        Tab tab = open("1").hears("_SET:N", ZERO).hearsNothing();
        SyncSession session = sessions.sessions().getFirst();
        var other = new Counter();
        session.register(other, "O");
        tab.hears("_SET:O", ZERO);
        other.close();
        other.close();
        assertThat(other.sync()).isFalse();
        tab.says("_GET:O", "{}").hearsError("unknown-event");
    }

    /** Is asked for. */
    @Synced(value = "Q", sendOnInit = false)
    static final class Quiet extends SyncedObject {
        int number;
        final String about = ABOUT;
    }

    @Test
    void an_object_that_is_not_sent_on_init_is_asked_for() {
        Tab tab = open("1").hears("_SET:N", ZERO).hearsNothing();
        sessions.sessions().getFirst().register(new Quiet());
        tab.hearsNothing();
        tab.says("_GET:Q", "{}").hears("_SET:Q", ZERO);
    }

    @Test
    void an_object_in_no_session_says_so() {
        assertThatThrownBy(() -> new Counter().sync())
                .hasMessage(
                        "Counter: in no session (expected: session.register before anything else)");
    }

    // --- SockJS

    @Test
    void over_SockJS_bytes_are_refused_in_both_directions() {
        var book = new Scrapbook();
        SyncSessions single =
                SyncSessions.single(session -> {
                    session.register(book);
                    return new SessionState() {};
                });
        Tab tab = Tab.overSockJs(single);
        tab.next();
        tab.says("_BIN_META", "{'type':'_ACTION:BOOK','metadata':{'type':'upload'}}")
                .hearsError("denied");
        tab.says("_ACTION:BOOK", "{'type':'blob'}")
                .hears(
                        "_ERROR",
                        "{'code':'denied','message':'SockJS: bytes (expected: WebSocket for"
                                + " those)','event':'_ACTION:BOOK','action':'blob'}");
    }
}
