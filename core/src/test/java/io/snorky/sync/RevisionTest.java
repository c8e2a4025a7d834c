package io.snorky.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.json.JsonException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Revisions, answers to events with an id, and what becomes of patches that come late. */
class RevisionTest {

    /** A list and more. */
    @Synced("L")
    static final class Lists extends SyncedObject {

        /** One thing. */
        record Item(String name, boolean done) {}

        String title = "a title of some length, so that a patch is shorter";
        List<Item> items = items(5);
        int acted;

        @SyncedAs("length")
        int length() {
            return items.size();
        }

        @Action
        void act() {
            acted++;
        }

        @Action
        void fail() {
            acted++;
            throw new IllegalStateException("expected by the test");
        }

        void insert(int at, String name) {
            List<Item> next = new ArrayList<>(items);
            next.add(at, new Item(name, false));
            items = List.copyOf(next);
            sync();
        }

        void remove(int at) {
            List<Item> next = new ArrayList<>(items);
            next.remove(at);
            items = List.copyOf(next);
            sync();
        }

        void tick(int at) {
            List<Item> next = new ArrayList<>(items);
            next.set(at, new Item(next.get(at).name, true));
            items = List.copyOf(next);
            sync();
        }

        String names() {
            return String.join("", items.stream().map(Item::name).toList());
        }

        static List<Item> items(int count) {
            return IntStream.range(0, count)
                    .mapToObj(i -> new Item(Character.toString('a' + i), false))
                    .toList();
        }
    }

    /** What JSON may not be able to say. */
    @Synced("U")
    static final class Unsayable extends SyncedObject {
        int number;
        double real;
        final String about = "long enough for a patch to be shorter than the whole state";
    }

    private final Lists lists = new Lists();
    private final SyncSessions sessions =
            SyncSessions.single(session -> {
                session.register(lists);
                return new SessionState() {};
            });
    private Tab tab = Tab.open(sessions);
    private final long first = revisionIn(tab.nextExactly());

    private static long revisionIn(String text) {
        return Long.parseLong(text.replaceFirst(".*?'v':([0-9]+).*", "$1"));
    }

    private Tab patches(long base, String id, String operations) {
        return tab.saysText(
                "{'type':'_PATCH:L','v':%d,'id':'%s','data':%s}".formatted(base, id, operations));
    }

    private void isAcked(String id, long revision) {
        tab.hearsExactly("{'type':'_ACK','data':{'id':'%s','v':%d}}".formatted(id, revision));
    }

    // --- Counting

    @Test
    void each_change_is_a_revision() {
        lists.acted = 1;
        lists.sync();
        tab.hearsExactly(
                "{'type':'_PATCH:L','v':%d,'data':[{'op':'replace','path':'/acted','value':1}]}"
                        .formatted(first + 1));
        tab.says("_GET:L", "{}");
        assertThat(revisionIn(tab.nextExactly())).isEqualTo(first + 1);
    }

    // --- Answers

    @Test
    void a_write_that_is_taken_as_it_is_is_acknowledged_with_its_revision() {
        patches(first, "x1", "[{'op':'replace','path':'/title','value':'new'}]");
        isAcked("x1", first + 1);
        tab.hearsNothing();
        assertThat(lists.title).isEqualTo("new");
    }

    @Test
    void a_write_that_is_corrected_is_acknowledged_by_the_patch_that_others_get() {
        patches(first, "x1", "[{'op':'remove','path':'/items/0'}]");
        tab.hearsExactly(
                ("{'type':'_PATCH:L','v':%d,'ack':['x1'],'data':"
                                + "[{'op':'remove','path':'/items/0'},"
                                + "{'op':'replace','path':'/length','value':4}]}")
                        .formatted(first + 1));
        tab.hearsNothing();
    }

    @Test
    void a_write_without_any_effect_is_acknowledged() {
        patches(first, "x1", "[{'op':'replace','path':'/length','value':9}]");
        tab.hearsExactly("{'type':'_PATCH:L','v':%d,'ack':['x1'],'data':[]}".formatted(first + 1));
        patches(first + 1, "x2", "[]");
        isAcked("x2", first + 2);
    }

    @Test
    void a_set_is_acknowledged() {
        tab.saysText("{'type':'_SET:L','id':'x1','data':{'title':'new'}}");
        isAcked("x1", first + 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    _ACTION:L      | {'type':'act'}
                    _TASK_CANCEL:L | {'type':'none'}
                    """)
    void every_event_with_an_id_is_answered(String type, String data) {
        tab.saysText("{'type':'%s','id':'x1','data':%s}".formatted(type, data));
        isAcked("x1", first);
    }

    @Test
    void a_question_with_an_id_is_answered_twice() {
        tab.saysText("{'type':'_GET:L','id':'x1','data':{}}");
        assertThat(tab.next()).startsWith("{'type':'_SET:L'");
        isAcked("x1", first);
    }

    @Test
    void a_refusal_has_the_id() {
        patches(first, "x1", "[{'op':'replace','path':'/none','value':1}]");
        assertThat(tab.next())
                .startsWith("{'type':'_ERROR','data':{'code':'unknown-path','message':'")
                .endsWith(",'id':'x1','event':'_PATCH:L'}}");
        assertThat(tab.next()).startsWith("{'type':'_SET:L'");
        tab.hearsNothing();
    }

    @Test
    void bytes_are_answered_by_the_id_of_what_announced_them() {
        tab.saysText(
                "{'type':'_BIN_META','id':'x1','data':{'type':'_ACTION:L','metadata':{'type':'act'}}}");
        tab.saysBytes((byte) 1);
        isAcked("x1", first);
        assertThat(lists.acted).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'id':''", "'id':7", "'id':null", "'v':'7'", "'v':1.5"})
    void an_id_or_a_revision_that_is_none_is_malformed(String member) {
        tab.saysText("{'type':'_ACTION:L'," + member + ",'data':{'type':'act'}}")
                .hearsError("malformed");
        assertThat(lists.acted).isZero();
    }

    @Test
    void an_id_has_a_bound() {
        tab.saysText(
                        "{'type':'_ACTION:L','id':'%s','data':{'type':'act'}}"
                                .formatted("x".repeat(65)))
                .hearsError("malformed");
    }

    // --- Once

    @Test
    void what_comes_again_with_its_id_is_done_once() {
        String event = "{'type':'_ACTION:L','id':'x1','data':{'type':'act'}}";
        tab.saysText(event);
        isAcked("x1", first);
        tab.close();
        tab = Tab.open(sessions);
        long now = revisionIn(tab.nextExactly());
        tab.saysText(event);
        isAcked("x1", now);
        assertThat(lists.acted).isEqualTo(1);
    }

    @Test
    void what_has_failed_and_comes_again_is_not_tried_again() {
        String event = "{'type':'_ACTION:L','id':'x1','data':{'type':'fail'}}";
        tab.saysText(event).hearsError("failed");
        tab.saysText(event).hearsError("failed").hearsNothing();
        assertThat(lists.acted).isEqualTo(1);
    }

    @Test
    void a_write_that_comes_again_is_in_already() {
        String operations = "[{'op':'add','path':'/items/0','value':{'name':'x','done':false}}]";
        patches(first, "x1", operations);
        tab.next();
        tab.close();
        tab = Tab.open(sessions);
        long now = revisionIn(tab.nextExactly());
        patches(now, "x1", operations);
        tab.hearsExactly("{'type':'_PATCH:L','v':%d,'ack':['x1'],'data':[]}".formatted(now + 1));
        assertThat(lists.names()).isEqualTo("xabcde");
    }

    @Test
    void elements_that_a_write_leaves_alone_stay_the_same_objects_16_6() {
        List<Lists.Item> before = lists.items;
        tab.says(
                "_PATCH:L",
                "[{'op':'replace','path':'/items/1/done','value':true},{'op':'remove','path':'/items/3'},"
                    + "{'op':'add','path':'/items/0','value':{'name':'x','done':false}}]");
        tab.hearsNothing();
        assertThat(lists.names()).isEqualTo("xabce");
        assertThat(lists.items.get(1)).isSameAs(before.get(0));
        assertThat(lists.items.get(2)).isEqualTo(new Lists.Item("b", true));
        assertThat(lists.items.get(3)).isSameAs(before.get(2));
        assertThat(lists.items.get(4)).isSameAs(before.get(4));
    }

    // --- Late patches (16.11)

    @Test
    void an_index_is_moved_to_where_its_element_is_now() {
        lists.insert(0, "x");
        tab.next();
        patches(first, "x1", "[{'op':'replace','path':'/items/2/done','value':true}]");
        tab.hearsExactly(
                ("{'type':'_PATCH:L','v':%d,'ack':['x1'],'data':"
                                + "[{'op':'replace','path':'/items/3/done','value':true}]}")
                        .formatted(first + 2));
        assertThat(lists.items.get(3)).isEqualTo(new Lists.Item("c", true));
    }

    @Test
    void it_is_found_also_where_the_list_was_sent_as_a_whole_because_that_is_shorter() {
        lists.items = List.of();
        lists.sync();
        tab.next();
        lists.items = Lists.items(2);
        lists.sync();
        long base = revisionIn(tab.nextExactly());
        List<Lists.Item> more = new ArrayList<>(lists.items);
        more.add(0, new Lists.Item("v", false));
        more.add(0, new Lists.Item("w", false));
        more.add(3, new Lists.Item("x", false));
        more.add(4, new Lists.Item("y", false));
        lists.items = List.copyOf(more);
        lists.sync();
        assertThat(tab.next()).contains("{'op':'replace','path':'/items','value':[");
        patches(base, "x1", "[{'op':'replace','path':'/items/1/done','value':true}]");
        assertThat(tab.next()).contains("{'op':'replace','path':'/items/5/done','value':true}");
        assertThat(lists.names()).isEqualTo("wvaxyb");
        assertThat(lists.items.get(5).done).isTrue();
    }

    @Test
    void without_a_revision_it_is_taken_as_it_is() {
        lists.insert(0, "x");
        tab.next();
        tab.says("_PATCH:L", "[{'op':'replace','path':'/items/2/done','value':true}]");
        tab.hearsNothing();
        assertThat(lists.items.get(2)).isEqualTo(new Lists.Item("b", true));
    }

    @Test
    void what_others_have_removed_cannot_be_changed() {
        lists.remove(2);
        tab.next();
        patches(first, "x1", "[{'op':'replace','path':'/items/2/done','value':true}]");
        tab.hearsError("conflict");
        assertThat(tab.next()).startsWith("{'type':'_SET:L'");
        assertThat(lists.names()).isEqualTo("abde");
    }

    @Test
    void what_others_have_removed_can_be_removed_again() {
        lists.remove(2);
        tab.next();
        patches(
                first,
                "x1",
                "[{'op':'remove','path':'/items/2'},{'op':'remove','path':'/items/2'}]");
        assertThat(tab.next()).contains("'ack':['x1']");
        assertThat(lists.names()).isEqualTo("abe");
    }

    @Test
    void a_value_in_which_others_have_changed_something_is_not_replaced() {
        lists.tick(1);
        tab.next();
        patches(first, "x1", "[{'op':'replace','path':'/items','value':[]}]");
        tab.hearsError("conflict");
        assertThat(lists.names()).isEqualTo("abcde");
    }

    @Test
    void of_two_who_change_the_same_the_later_one_wins() {
        lists.title = "a title by the server, of some length";
        lists.sync();
        tab.next();
        patches(first, "x1", "[{'op':'replace','path':'/title','value':'mine'}]");
        assertThat(tab.next()).contains("'ack':['x1']");
        assertThat(lists.title).isEqualTo("mine");
    }

    @Test
    void a_revision_of_long_ago_or_of_the_future_is_a_conflict() {
        for (int i = 0; i < 100; i++) {
            lists.acted = i;
            lists.sync();
            if (i > 0) {
                tab.next();
            }
        }
        patches(first, "x1", "[{'op':'remove','path':'/items/2'}]");
        tab.hearsError("conflict").next();
        patches(first + 1000, "x2", "[{'op':'remove','path':'/items/2'}]");
        tab.hearsError("conflict").next();
        assertThat(lists.names()).isEqualTo("abcde");
    }

    // --- Slow connections (16.12, 16.16)

    @Test
    void while_a_connection_takes_nothing_patches_pass_it_by_and_then_come_as_one() {
        tab.stalls();
        for (int i = 1; i <= 3; i++) {
            lists.insert(0, Integer.toString(i));
            lists.acted = i;
        }
        lists.sync();
        tab.hearsNothing();
        tab.drains();
        String patch = tab.nextExactly();
        assertThat(revisionIn(patch)).isEqualTo(first + 4);
        assertThat(patch).containsOnlyOnce("'path':'/acted'").containsOnlyOnce("'path':'/length'");
        tab.hearsNothing();
        lists.acted = 4;
        lists.sync();
        tab.hears("_PATCH:L", "[{'op':'replace','path':'/acted','value':4}]");
    }

    @Test
    void what_changed_and_changed_back_meanwhile_is_no_news() {
        tab.stalls();
        lists.acted = 1;
        lists.sync();
        lists.acted = 0;
        lists.sync();
        tab.drains().hears("_PATCH:L", "[]").hearsNothing();
    }

    @Test
    void who_missed_more_than_is_kept_gets_the_state() {
        tab.stalls();
        for (int i = 1; i <= 100; i++) {
            lists.acted = i;
            lists.sync();
        }
        assertThat(tab.drains().next()).startsWith("{'type':'_SET:L','data':{");
        tab.hearsNothing();
    }

    @Test
    void own_writes_meanwhile_are_acknowledged_by_the_patch_that_has_them_in() {
        tab.stalls();
        lists.insert(0, "x");
        patches(first, "x1", "[{'op':'replace','path':'/items/0/name','value':'A'}]");
        patches(first, "x2", "[{'op':'replace','path':'/acted','value':5}]").hearsNothing();
        String patch = tab.drains().nextExactly();
        assertThat(patch).contains("'ack':['x1','x2']").contains("'path':'/acted','value':5");
        assertThat(lists.names()).isEqualTo("xAbcde");
        tab.hearsNothing();
    }

    @Test
    void own_writes_without_an_id_meanwhile_are_answered_by_the_state() {
        tab.stalls();
        lists.insert(0, "x");
        tab.says("_PATCH:L", "[{'op':'replace','path':'/acted','value':5}]").hearsNothing();
        assertThat(tab.drains().next()).startsWith("{'type':'_SET:L'").contains("'acted':5");
        tab.hearsNothing();
    }

    @Test
    void who_asks_many_times_without_reading_gets_the_state_once() {
        tab.stalls();
        for (int i = 0; i < 50; i++) {
            tab.says("_GET:L", "{}");
        }
        tab.hearsNothing();
        assertThat(tab.drains().next()).startsWith("{'type':'_SET:L'");
        tab.hearsNothing();
    }

    @Test
    void state_that_cannot_be_said_changes_nothing_and_the_next_patch_fits() {
        var object = new Unsayable();
        SyncSessions single =
                SyncSessions.single(session -> {
                    session.register(object);
                    return new SessionState() {};
                });
        Tab other = Tab.open(single);
        other.next();
        object.number = 1;
        object.real = Double.NaN;
        assertThatThrownBy(object::sync).isInstanceOf(JsonException.class);
        object.real = 2;
        object.sync();
        other.hears(
                "_PATCH:U",
                "[{'op':'replace','path':'/number','value':1},{'op':'replace','path':'/real','value':2.0}]");
    }
}
