package io.snorky.examples.conformance;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocol, section 3: calls and their answers. */
class RpcTest {

    @RegisterExtension static final Conformance SERVER = new Conformance();

    @AutoClose private Peer alice;

    @BeforeEach
    void connect() {
        alice = SERVER.connect();
    }

    @Test
    void a_call_gets_a_response() {
        alice.says(
                "{'service':'rpc','message':"
                        + "{'command':'sum','params':{'a':5,'b':12},'callId':1}}");
        alice.hears("{'service':'rpc','message':{'type':'response','callId':1,'data':17}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "false",
                "''",
                "-1",
                "1.0",
                "'1'",
                "[]",
                "{}",
                "{'b':1,'a':[null]}",
                "1e1000000000",
                "'\\ud800'",
                "123456789012345678901234567890",
            })
    void a_call_id_comes_back_as_it_was_sent(String callId) {
        alice.says(Json.call("rpc.echo", "{'value':1}", callId));
        alice.hears(Json.reply("rpc.echo", "1", callId));

        alice.says(Json.call("rpc.echo", "5", callId));
        alice.hears(Json.error("rpc.echo", "Invalid params", callId));
    }

    @Test
    void call_ids_may_repeat() {
        alice.says(Json.call("rpc.echo", "{'value':1}", "7"));
        alice.says(Json.call("rpc.echo", "{'value':2}", "7"));

        alice.hears(Json.reply("rpc.echo", "1", "7"));
        alice.hears(Json.reply("rpc.echo", "2", "7"));
    }

    @Test
    void without_a_call_id_a_response_has_none_and_an_error_has_null() {
        alice.says("{'service':'rpc','message':{'command':'sum','params':{'a':1,'b':2}}}");
        alice.hearsText(Json.of("{'service':'rpc','message':{'type':'response','data':3}}"));

        alice.says("{'service':'rpc','message':{'command':'fail','params':{}}}");
        alice.hears(Json.error("rpc.fail", "Internal error", "null"));
    }

    @Test
    void with_null_for_a_call_id_likewise() {
        alice.says(Json.call("rpc.echo", "{}", "null"));
        alice.hearsText(Json.of("{'service':'rpc','message':{'type':'response','data':null}}"));

        alice.says(Json.call("rpc.fail", "{}", "null"));
        alice.hears(Json.error("rpc.fail", "Internal error", "null"));
    }

    @Test
    void unknown_members_of_a_call_are_ignored() {
        alice.says(
                "{'service':'rpc','message':{'x':[1],'params':{},'type':'response',"
                        + "'command':'echo','callId':1,'message':'?'}}");
        alice.hears(Json.reply("rpc.echo", "null", "1"));
    }

    @Test
    void data_is_there_even_if_the_command_returns_nothing() {
        alice.calls("auth.login", "{'name':'alice'}");
        alice.hearsText(
                Json.of("{'service':'auth','message':{'type':'response','callId':1,'data':null}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'nothing'",
                "'Sum'",
                "'sum '",
                "''",
                "'toString'",
                "'handle'",
                "'send'",
                "'number'",
                "null",
                "5",
                "true",
                "['sum']",
                "{'sum':1}"
            })
    void an_unknown_command_is_refused_before_its_params_are_looked_at(String command) {
        for (String params : new String[] {"{}", "5", "null", "[]"}) {
            alice.says(
                    "{'service':'rpc','message':{'command':%s,'params':%s,'callId':1}}"
                            .formatted(command, params));
            alice.hears(Json.error("rpc.?", "Unknown command", "1"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sum | 5",
                "sum | null",
                "sum | []",
                "sum | [1,2]",
                "sum | 'a'",
                "sum | {}",
                "sum | {'a':1}",
                "sum | {'a':1,'b':2,'c':3}",
                "sum | {'A':1,'b':2}",
                "fail | {'x':1}",
                "fail | []",
                "echo | {'values':1}",
                "reject | {'reason':5}",
                "later | {'value':1}",
                "later | {'value':1,'delayMs':'1'}",
                "later | {'value':1,'delayMs':1.5}",
                "later | {'value':1,'delayMs':1e400}",
                "later | {'value':1,'delayMs':1e1000000000}",
                "later | {'value':1,'delayMs':null}",
            })
    void params_that_do_not_fit_are_refused(String command, String params) {
        alice.isRefused("rpc." + command, params, "Invalid params");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 | 2 | 3",
                "0.1 | 0.2 | 0.3",
                "1 | -1 | 0",
                "9007199254740992 | 1 | 9007199254740993",
                "9223372036854775807 | 1 | 9223372036854775808",
                "123456789012345678901234567890 | 1 | 123456789012345678901234567891",
                "2147483647 | 2147483647 | 4294967294",
                "1.5 | 1.5 | 3",
            })
    void numbers_are_added_exactly(String a, String b, String sum) {
        alice.calls("rpc.sum", "{'a':%s,'b':%s}".formatted(a, b));
        Json.expectSameNumber(alice.next(), "/message/data", sum);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'1'", "null", "true", "[]", "{}"})
    void what_goes_wrong_unexpectedly_is_an_internal_error_without_details(String value) {
        alice.isRefused("rpc.sum", "{'a':1,'b':" + value + "}", "Internal error");
        alice.isRefused("rpc.fail", "{}", "Internal error");
    }

    @Test
    void a_command_may_refuse_with_a_text() {
        alice.isRefused("rpc.reject", "{'reason':'No way, ä€😀'}", "No way, ä€😀");
        alice.isRefused("rpc.reject", "{'reason':''}", "Exception");
    }

    @Test
    void a_parameter_may_have_a_default() {
        alice.calls("rpc.echo", "{}");
        alice.hearsReply("rpc.echo", "null");

        alice.calls("rpc.echo", "{'value':null}");
        alice.hearsReply("rpc.echo", "null");
    }

    @Test
    void later_calls_overtake_one_that_is_answered_later() {
        alice.says(Json.call("rpc.later", "{'value':'slow','delayMs':300}", "1"));
        alice.says(Json.call("rpc.later", "{'value':'quick','delayMs':0}", "2"));
        alice.says(Json.call("rpc.echo", "{'value':'at once'}", "3"));

        String first = alice.next();
        String second = alice.next();
        Json.expectBoth(
                first,
                second,
                Json.reply("rpc.later", "'quick'", "2"),
                Json.reply("rpc.echo", "'at once'", "3"));
        alice.hears(Json.reply("rpc.later", "'slow'", "1"));
    }

    @Test
    void an_answer_to_a_client_that_has_gone_is_dropped() {
        Peer bob = SERVER.connect();
        bob.calls("rpc.later", "{'value':1,'delayMs':100}");
        bob.isLost();

        alice.calls("rpc.later", "{'value':2,'delayMs':200}");
        alice.hearsReply("rpc.later", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'alice'", "null", "5", "{'user':[1]}"})
    void an_identity_may_be_any_value(String name) {
        alice.does("auth.login", "{'name':" + name + "}");
        alice.does("auth.login", "{'name':" + name + "}");
    }
}
