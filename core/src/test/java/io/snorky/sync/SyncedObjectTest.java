package io.snorky.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.testkit.ManualScheduler;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;

/** What a browser sees of an object, and what it can do with it. */
class SyncedObjectTest {

    private static final String EMPTY =
            "{'title':'Empty','stars':0,'lines':[],'pages':[],'by':null,'made':'today','size':0,"
                    + "'runningTasks':[]}";

    private final ManualScheduler time = new ManualScheduler();
    private final Scrapbook book = new Scrapbook();
    private final SyncSessions sessions =
            SyncSessions.singleBuilder(
                            session -> {
                                session.register(book);
                                return new SessionState() {};
                            })
                    .time(time, time.clock())
                    .build();
    private final Tab tab = Tab.open(sessions).hears("_SET:BOOK", EMPTY);

    private Tab acts(String call) {
        return tab.says("_ACTION:BOOK", call);
    }

    private Tab patches(String operations) {
        return tab.says("_PATCH:BOOK", operations);
    }

    private void isPutRight(String code) {
        tab.hearsError(code);
        assertThat(tab.next()).startsWith("{'type':'_SET:BOOK','data':{'title':'Empty','stars':0,");
        tab.hearsNothing();
    }

    // --- Towards the browser

    @Test
    void several_changes_are_one_frame_and_none_is_no_frame() {
        acts("{'type':'twice'}");
        tab.hears(
                "_PATCH:BOOK",
                "[{'op':'replace','path':'/title','value':'first'},"
                        + "{'op':'replace','path':'/stars','value':9}]");
        tab.hearsNothing();
    }

    @Test
    void nothing_is_sent_that_is_not_synced() {
        book.title = "new";
        tab.hearsNothing();
        book.sync();
        tab.hears("_PATCH:BOOK", "[{'op':'replace','path':'/title','value':'new'}]");
    }

    @Test
    void the_state_is_sent_to_who_asks() {
        tab.says("_GET:BOOK", "{}").hears("_SET:BOOK", EMPTY).hearsNothing();
    }

    @Test
    void a_patch_that_is_longer_than_the_state_goes_as_the_state() {
        book.lines.addAll(List.of("a".repeat(300), "b"));
        book.sync();
        tab.next();
        book.lines.clear();
        book.title = "c".repeat(300);
        book.stars = 1;
        book.author = "d".repeat(300);
        book.sync();

        assertThat(tab.next()).startsWith("{'type':'_SET:BOOK','data':{'title':'ccc");
    }

    @Test
    void within_the_throttle_the_last_change_is_sent_when_it_is_over_16_8() {
        var gap = Duration.ofMillis(100);
        for (int i = 1; i <= 5; i++) {
            book.stars = i;
            book.sync(gap);
        }
        tab.hears("_PATCH:BOOK", "[{'op':'replace','path':'/stars','value':1}]").hearsNothing();

        time.advance(Duration.ofMillis(99));
        tab.hearsNothing();
        time.advance(Duration.ofMillis(1));
        tab.hears("_PATCH:BOOK", "[{'op':'replace','path':'/stars','value':5}]");
        assertThat(time.waiting()).isZero();
    }

    @Test
    void who_comes_again_gets_the_state_and_nothing_that_was_sent_meanwhile() {
        tab.close();
        book.title = "while nobody was there";
        assertThat(book.sync()).isFalse();

        Tab again = Tab.open(sessions);
        assertThat(again.next()).startsWith("{'type':'_SET:BOOK','data':{'title':'while nobody");
        again.hearsNothing();
    }

    @Test
    void a_toast_is_joined_by_blanks_and_returned() {
        assertThat(book.toast(ToastKind.SUCCESS, "Saved", 3, "pages")).isEqualTo("Saved 3 pages");
        tab.hears("_TOAST", "{'type':'success','message':'Saved 3 pages'}");
    }

    @Test
    void a_download_is_base64() {
        book.download("a.txt", new byte[] {'a', 'b', 'c'});
        tab.hears("_DOWNLOAD", "{'filename':'a.txt','data':'YWJj'}");
    }

    @Test
    void the_browser_is_asked_for_its_state_and_that_is_taken() {
        book.fetchState();
        tab.hears("_GET:BOOK", "{}");

        tab.says("_SET:BOOK", "{'title':'as the browser has it','stars':4}").hearsNothing();
        assertThat(book.title).isEqualTo("as the browser has it");
        assertThat(book.stars).isEqualTo(4);
    }

    @Test
    void an_action_in_the_browser_has_a_name_and_arguments() {
        acts("{'type':'greet'}").hears("_ACTION:BOOK", "{'type':'hello','n':1}");
    }

    @Test
    void bytes_follow_what_says_whose_they_are() {
        acts("{'type':'blob'}")
                .hears("_BIN_META", "{'type':'_ACTION:BOOK','metadata':{'type':'blob','n':3}}")
                .hears("bytes 3");
    }

    // --- Actions

    @Test
    void an_action_is_called_by_name_with_arguments_by_name() {
        acts("{'type':'rename','title':'Notes','more':[1]}")
                .hears("_PATCH:BOOK", "[{'op':'replace','path':'/title','value':'Notes'}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'star'}            | 1",
                "{'type':'star','how_many':2} | 2",
                "{'type':'star','howMany':3}  | 3"
            })
    void arguments_have_defaults_and_two_spellings(String call, int stars) {
        acts(call).hears("_PATCH:BOOK", "[{'op':'replace','path':'/stars','value':" + stars + "}]");
    }

    @Test
    void bytes_are_the_argument_data() {
        tab.says("_BIN_META", "{'type':'_ACTION:BOOK','metadata':{'type':'upload','name':'a'}}")
                .saysBytes((byte) 1, (byte) 2)
                .hears("_PATCH:BOOK", "[{'op':'replace','path':'/title','value':'a 2'}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'rename'}             | invalid",
                "{'type':'rename','title':5}   | invalid",
                "{'type':'rename','title':null}| invalid",
                "{'type':'star','how_many':'1'}| invalid",
                "{'type':'star','how_many':1.5}| invalid",
                "{'type':'nothing'}            | unknown-action",
                "{'type':7}                    | malformed",
                "[]                            | malformed",
                "{'type':'boom'}               | failed",
                "{'type':'forbidden'}          | denied",
                "{'type':'upload'}             | invalid"
            })
    void a_call_that_cannot_be_is_answered_and_changes_nothing_16_1(String call, String code) {
        acts(call).hearsError(code).hearsNothing();
        acts("{'type':'greet'}").hears("_ACTION:BOOK", "{'type':'hello','n':1}");
    }

    @Test
    void an_error_says_what_was_wrong_and_nothing_of_the_inside() {
        acts("{'type':'rename','title':5}")
                .hears(
                        "_ERROR",
                        "{'code':'invalid','message':'title: 5 (expected: a string)',"
                                + "'event':'_ACTION:BOOK','action':'rename'}");
        acts("{'type':'boom'}")
                .hears(
                        "_ERROR",
                        "{'code':'failed','message':'The action failed',"
                                + "'event':'_ACTION:BOOK','action':'boom'}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no JSON                      | malformed",
                "[1]                          | malformed",
                "{'data':1}                   | malformed",
                "{'type':1}                   | malformed",
                "{'type':'_WHAT','data':1}    | unknown-event",
                "{'type':'_GET:OTHER'}        | unknown-event",
                "{'type':'_BIN_META','data':1}| malformed"
            })
    void what_is_no_event_is_answered_16_1(String text, String code) {
        tab.saysText(text).hearsError(code);
        tab.says("_GET:BOOK", "{}").hears("_SET:BOOK", EMPTY);
    }

    @Test
    void what_is_nested_too_deeply_is_answered() {
        tab.says("_SET:BOOK", "[".repeat(10_000) + "]".repeat(10_000)).hearsError("too-large");
        tab.says("_GET:BOOK", "{}").hears("_SET:BOOK", EMPTY);
    }

    @Test
    void bytes_that_nobody_announced_are_answered() {
        tab.saysBytes((byte) 1).hearsError("malformed");
        tab.says("_GET:BOOK", "{}").hears("_SET:BOOK", EMPTY);
    }

    // --- State from the browser

    @Test
    void an_accepted_patch_is_assigned_and_not_echoed() {
        patches("[{'op':'replace','path':'/title','value':'mine'}]").hearsNothing();
        assertThat(book.title).isEqualTo("mine");
    }

    @Test
    void what_follows_from_a_patch_is_sent_16_5() {
        patches("[{'op':'add','path':'/lines/-','value':'abc'}]")
                .hears("_PATCH:BOOK", "[{'op':'replace','path':'/size','value':3}]");
        assertThat(book.lines).containsExactly("abc");
    }

    @Test
    void a_write_to_what_is_read_only_is_taken_back_16_5() {
        patches("[{'op':'replace','path':'/size','value':99}]")
                .hears("_PATCH:BOOK", "[{'op':'replace','path':'/size','value':0}]");
        patches("[{'op':'replace','path':'/made','value':'never'}]")
                .hears("_PATCH:BOOK", "[{'op':'replace','path':'/made','value':'today'}]");
        patches("[{'op':'add','path':'/runningTasks/0','value':'x'}]");
        assertThat(tab.next()).contains("/runningTasks");
        assertThat(book.runningTasks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'op':'replace','path':'/stars','value':'x'}         | invalid",
                "{'op':'replace','path':'/stars','value':null}        | invalid",
                "{'op':'replace','path':'/pages','value':[{'number':-1,'text':''}]} | invalid",
                "{'op':'replace','path':'/pages','value':[{'x':1}]}   | invalid",
                "{'op':'remove','path':'/stars'}                      | patch-failed",
                "{'op':'add','path':'/bogus','value':1}               | unknown-path",
                "{'op':'replace','path':'/lines/7','value':'x'}       | unknown-path",
                "{'op':'test','path':'/stars','value':5}              | patch-failed",
                "{'op':'dance','path':'/stars'}                       | malformed",
                "{'op':'replace','path':'/stars'}                     | malformed",
                "{'op':'replace','value':1}                           | malformed"
            })
    void a_patch_is_taken_as_a_whole_or_not_at_all(String bad, String code) {
        patches("[{'op':'replace','path':'/title','value':'half'}," + bad + "]");
        isPutRight(code);
        assertThat(book.title).isEqualTo("Empty");

        patches("[{'op':'replace','path':'/title','value':'whole'}]").hearsNothing();
        assertThat(book.title).isEqualTo("whole");
    }

    @Test
    void an_unknown_attribute_leaves_no_trace() {
        patches("[{'op':'add','path':'/bogus','value':1}]");
        isPutRight("unknown-path");
        tab.says("_GET:BOOK", "{}").hears("_SET:BOOK", EMPTY);
    }

    @Test
    void what_moves_between_attributes_is_assigned_to_both() {
        patches(
                "[{'op':'add','path':'/lines/-','value':'a'},"
                        + "{'op':'copy','from':'/lines/0','path':'/title'},"
                        + "{'op':'replace','path':'/by','value':'me'}]");
        tab.hears("_PATCH:BOOK", "[{'op':'replace','path':'/size','value':1}]");
        assertThat(book.title).isEqualTo("a");
        assertThat(book.author).isEqualTo("me");
    }

    @Test
    void copies_of_copies_do_not_fill_the_memory() {
        var operations = new StringBuilder("[{'op':'add','path':'/lines/-','value':'a'}");
        for (int i = 0; i < 40; i++) {
            operations.append(",{'op':'copy','from':'/lines','path':'/lines/-'}");
        }
        patches(operations + "]");
        isPutRight("too-large");
    }

    @Test
    void a_set_may_be_partial() {
        tab.says("_SET:BOOK", "{'stars':4,'by':'me'}").hearsNothing();
        assertThat(book.stars).isEqualTo(4);
        assertThat(book.author).isEqualTo("me");
        assertThat(book.title).isEqualTo("Empty");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'title':'half','bogus':1}  | unknown-path",
                "{'title':'half','secret':'x'} | unknown-path",
                "{'title':'half','stars':'x'}| invalid",
                "[]                          | malformed"
            })
    void a_set_is_taken_as_a_whole_or_not_at_all(String members, String code) {
        tab.says("_SET:BOOK", members);
        isPutRight(code);
        assertThat(book.title).isEqualTo("Empty");
    }

    @Test
    void a_set_with_something_read_only_is_put_right() {
        tab.says("_SET:BOOK", "{'stars':4,'size':99}")
                .hears("_PATCH:BOOK", "[{'op':'replace','path':'/size','value':0}]");
        assertThat(book.stars).isEqualTo(4);
    }

    @Test
    void state_that_JSON_cannot_say_is_the_callers_mistake_and_changes_nothing() {
        var odd = new Odd();
        SyncHandle handle = sessions.sessions().getFirst().register(odd);
        tab.hears("_SET:Odd", "{'number':1.0,'name':'','about':'" + odd.about + "'}");
        odd.number = Double.NaN;
        odd.name = "new";
        assertThatThrownBy(handle::sync).hasMessageContaining("NaN");
        tab.hearsNothing();

        odd.number = 1;
        handle.sync();
        tab.hears("_PATCH:Odd", "[{'op':'replace','path':'/name','value':'new'}]");
    }

    /** Extends nothing. */
    static final class Odd {
        double number = 1;
        String name = "";
        final String about = "long enough for patches to be shorter than the whole state";
    }
}
