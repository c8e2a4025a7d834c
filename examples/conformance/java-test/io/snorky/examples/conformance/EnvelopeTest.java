package io.snorky.examples.conformance;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocol, section 1: messages, and what is dropped. */
class EnvelopeTest {

    @RegisterExtension static final Conformance SERVER = new Conformance();

    @AutoClose private Peer alice;

    @BeforeEach
    void connect() {
        alice = SERVER.connect();
    }

    @Test
    void an_envelope_goes_to_its_service_and_another_comes_back() {
        alice.says("{'service':'echo','message':5}");
        alice.hears("{'service':'echo','message':5}");
    }

    @Test
    void order_of_members_space_and_unknown_members_do_not_matter() {
        alice.says(" \t\r\n{ 'message' : 5 , 'x' : [ { } ] , 'service' : 'echo' } \n");
        alice.hears("{'service':'echo','message':5}");
    }

    @Test
    void names_may_be_written_with_escapes() {
        alice.says("{'\\u0073ervice':'ech\\u006f','mess\\u0061ge':5}");
        alice.hears("{'service':'echo','message':5}");
    }

    @Test
    void of_two_equal_keys_the_last_wins() {
        alice.says("{'service':'rpc','service':'echo','message':1,'message':{'a':1,'a':2}}");
        alice.hears("{'service':'echo','message':{'a':2}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hello",
                "{",
                "{'service':'echo','message':5",
                "{'service':'echo','message':5}}",
                "{'service':'echo','message':5} {}",
                "{'service':'echo','message':5,}",
                "{'service':'echo','message':[1,]}",
                "{'service':'echo','message':01}",
                "{'service':'echo','message':+1}",
                "{'service':'echo','message':.5}",
                "{'service':'echo','message':5.}",
                "{'service':'echo','message':1e}",
                "{'service':'echo','message':0x10}",
                "{'service':'echo','message':NaN}",
                "{'service':'echo','message':[Infinity]}",
                "{'service':'echo','message':-Infinity}",
                "{'service':'echo','message':True}",
                "{'service':'echo','message':undefined}",
                "{'service':'echo','message':'\t'}",
                "{'service':'echo','message':'\\x'}",
                "{'service':'echo','message':'\\u12g4'}",
                "{'service':'echo','message':'}",
                "{service:'echo','message':5}",
                "{'service':'echo','message':5}// comment",
                "/**/{'service':'echo','message':5}",
                "\ufeff{'service':'echo','message':5}",
            })
    void what_is_no_JSON_is_dropped(String text) {
        alice.isIgnored(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "5",
                "'echo'",
                "[]",
                "[{'service':'echo','message':5}]",
                "{}",
                "{'service':'echo'}",
                "{'message':5}",
                "{'Service':'echo','message':5}",
            })
    void what_is_no_envelope_is_dropped(String text) {
        alice.isIgnored(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'nobody'",
                "'Echo'",
                "' echo'",
                "''",
                "null",
                "5",
                "true",
                "['echo']",
                "{'echo':1}",
                "'pubsub_backend'",
                "'datasync_backend'"
            })
    void an_unknown_service_is_dropped(String service) {
        alice.isIgnored("{'service':" + service + ",'message':5}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "5",
                "'sum'",
                "[]",
                "[{'command':'sum','params':{'a':1,'b':2}}]",
                "{}",
                "{'command':'sum'}",
                "{'command':'sum','callId':1}",
                "{'params':{'a':1,'b':2}}",
            })
    void an_RPC_message_without_command_or_params_is_dropped(String message) {
        alice.isIgnored("{'service':'rpc','message':" + message + "}");
    }

    @Test
    void nesting_of_400_levels_passes() {
        String nested =
                "[".repeat(200) + "{'a':".repeat(199) + "1" + "}".repeat(199) + "]".repeat(200);

        alice.says("{'service':'echo','message':" + nested + "}");
        alice.hearsText(Json.of("{'service':'echo','message':" + nested + "}"));
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000, 50_000, 1_000_000})
    void nesting_beyond_all_reason_is_dropped(int levels) {
        alice.isIgnored("[".repeat(levels));
        alice.isIgnored(
                "{'service':'echo','message':" + "[".repeat(levels) + "]".repeat(levels) + "}");
        alice.isIgnored(
                "{'service':'rpc','message':{'command':'echo','params':"
                        + ("{'value':".repeat(levels) + "1" + "}".repeat(levels))
                        + "}}");
    }

    @Test
    void a_message_of_2_MiB_passes() {
        String envelope = "{'service':'echo','message':'" + "x".repeat(2 << 20) + "'}";

        alice.says(envelope);
        alice.hearsText(Json.of(envelope));
    }
}
