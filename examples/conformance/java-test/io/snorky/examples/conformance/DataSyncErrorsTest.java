package io.snorky.examples.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocol, section 8.1: what is refused, and in which words. */
class DataSyncErrorsTest {

    @RegisterExtension static final Conformance SERVER = new Conformance();

    private static final String GOOD_ITEM = "{'dealer':'AllPlayers','query':null}";
    private static final String GOOD_DELTA = "{'type':'insert','model':'Player','data':{'id':1}}";

    @AutoClose private Peer alice;
    private BackEnd backEnd;

    @BeforeEach
    void connect() {
        alice = SERVER.connect();
        backEnd = SERVER.backEnd();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | Missing field 'dealer'",
                "{'query':null} | Missing field 'dealer'",
                "{'dealer':5} | dealer should be a dealer name",
                "{'dealer':null,'query':null} | dealer should be a dealer name",
                "{'dealer':['AllPlayers'],'query':null} | dealer should be a dealer name",
                "{'dealer':'Nobody','query':null} | No such dealer",
                "{'dealer':'allplayers','query':null} | No such dealer",
                "{'dealer':'','query':null} | No such dealer",
                "{'dealer':'AllPlayers'} | Missing field 'query'",
            })
    void an_item_that_is_none_spoils_the_subscription(String item, String error) {
        for (String items :
                new String[] {
                    "[" + item + "]", "[" + GOOD_ITEM + "," + item + "," + GOOD_ITEM + "]"
                }) {
            backEnd.isRefused(
                    "datasync_backend.authorizeSubscription", "{'items':" + items + "}", error);
        }
    }

    @Test
    void an_unknown_dealer_is_noticed_before_a_missing_query() {
        backEnd.isRefused(
                "datasync_backend.authorizeSubscription",
                "{'items':[{'dealer':'Nobody'}]}",
                "No such dealer");
    }

    @Test
    void items_are_looked_at_in_order() {
        backEnd.isRefused(
                "datasync_backend.authorizeSubscription",
                "{'items':[" + GOOD_ITEM + ",{'dealer':'Nobody','query':1},{}]}",
                "No such dealer");
        backEnd.isRefused(
                "datasync_backend.authorizeSubscription",
                "{'items':[{},{'dealer':'Nobody','query':1}]}",
                "Missing field 'dealer'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "5", "'AllPlayers'", "{}", GOOD_ITEM, "[[]]", "[null]", "['x']"})
    void items_are_a_list_of_objects(String items) {
        backEnd.isRefused(
                "datasync_backend.authorizeSubscription",
                "{'items':" + items + "}",
                "Invalid params");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | Missing field",
                "{'type':'insert'} | Missing field",
                "{'type':'hello'} | Missing field",
                "{'model':5} | Missing field",
                "{'type':5,'model':5} | model must be string",
                "{'type':'hello','model':null,'data':1} | model must be string",
                "{'type':'hello','model':'Player'} | Invalid delta type",
                "{'type':'Insert','model':'Player','data':1} | Invalid delta type",
                "{'type':null,'model':'Player','data':1} | Invalid delta type",
                "{'type':['insert'],'model':'Player','data':1} | Invalid delta type",
                "{'type':'insert','model':'Player'} | Missing field",
                "{'type':'insert','model':'Player','newData':1} | Missing field",
                "{'type':'delete','model':'Player'} | Missing field",
                "{'type':'update','model':'Player','data':1} | Missing field",
                "{'type':'update','model':'Player','newData':1} | Missing field",
                "{'type':'update','model':'Player','oldData':1} | Missing field",
            })
    void a_delta_that_is_none_spoils_its_batch(String delta, String error) {
        String token = backEnd.authorizes("datasync_backend", Deltas.items("AllPlayers"));
        alice.does("datasync.acquireSubscription", "{'token':'" + token + "'}");

        for (String deltas :
                new String[] {
                    "[" + delta + "]", "[" + GOOD_DELTA + "," + delta + "," + GOOD_DELTA + "]"
                }) {
            backEnd.isRefused("datasync_backend.publishDeltas", "{'deltas':" + deltas + "}", error);
        }

        alice.hearsNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "5", "'x'", "{}", GOOD_DELTA, "[[]]", "[null]", "[5]"})
    void deltas_are_a_list_of_objects(String deltas) {
        backEnd.isRefused(
                "datasync_backend.publishDeltas", "{'deltas':" + deltas + "}", "Invalid params");
    }

    @ParameterizedTest
    @ValueSource(strings = {"acquireSubscription", "cancelSubscription"})
    void tokens_are_strings_that_were_given_out(String command) {
        for (String token : new String[] {"null", "5", "true", "['x']", "{}"}) {
            alice.isRefused(
                    "datasync." + command, "{'token':" + token + "}", "token must be string");
        }
        for (String token : new String[] {"''", "'x'", "'" + "a".repeat(32) + "'"}) {
            alice.isRefused(
                    "datasync." + command, "{'token':" + token + "}", "No such subscription");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "5", "{'token':'x','x':1}"})
    void params_must_fit(String params) {
        alice.isRefused("datasync.acquireSubscription", params, "Invalid params");
        alice.isRefused("datasync.cancelSubscription", params, "Invalid params");
        backEnd.isRefused("datasync_backend.authorizeSubscription", params, "Invalid params");
        backEnd.isRefused("datasync_backend.publishDeltas", params, "Invalid params");
    }

    @Test
    void clients_can_neither_authorise_nor_publish() {
        alice.isRefused("datasync.authorizeSubscription", "{'items':[]}", "Unknown command");
        alice.isRefused("datasync.publishDeltas", "{'deltas':[]}", "Unknown command");
        alice.isIgnored(Json.call("datasync_backend.publishDeltas", "{'deltas':[]}"));
    }

    @Test
    void a_token_is_32_lower_case_letters_and_digits_and_never_the_same() {
        String one = backEnd.authorizes("datasync_backend", "[]");
        String other = backEnd.authorizes("datasync_backend", "[]");

        assertThat(one).matches("[a-z0-9]{32}").isNotEqualTo(other);
    }
}
