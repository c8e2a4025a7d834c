package io.snorky.examples.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocol, section 1: values keep their value, and are told apart by it. */
@Timeout(20)
class ValuesTest {

    @RegisterExtension static final Conformance SERVER = new Conformance();

    @AutoClose private Peer alice;

    @BeforeEach
    void connect() {
        alice = SERVER.connect();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "false",
                "0",
                "-1",
                "9007199254740993",
                "9223372036854775807",
                "-9223372036854775809",
                "123456789012345678901234567890123456789012345678901234567890",
                "0.1",
                "1.0",
                "-0.0",
                "1.10",
                "3.141592653589793238462643383279502884197",
                "1e1000000000",
                "-1.5e-99999999999",
                "''",
                "'plain'",
                "[]",
                "{}",
                "[1,[2,[3]],{'a':{'b':null}}]",
                "{'z':1,'a':2,'':3}",
            })
    void these_come_back_as_they_were_sent(String value) {
        alice.says("{'service':'echo','message':" + value + "}");
        alice.hearsText(Json.of("{'service':'echo','message':" + value + "}"));

        alice.says(Json.call("rpc.echo", "{'value':" + value + "}"));
        alice.hearsText(Json.of(Json.reply("rpc.echo", value)));
    }

    @ParameterizedTest
    @CsvSource({
        "1e999, 1E+999",
        "1E5, 1E+5",
        "1e-7, 1E-7",
        "-0, -0.0",
        "0e5, 0E+5",
        "123.456e+300, 1.23456E+302",
    })
    void these_come_back_with_the_same_value(String value, String written) {
        alice.says("{'service':'echo','message':" + value + "}");
        alice.hearsText(Json.of("{'service':'echo','message':" + written + "}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\\u0000 | \\u0000",
                "a\\u0000b | a\\u0000b",
                "\\ud800 | \\ud800",
                "\\udfff\\ud800 | \\udfff\\ud800",
                "x\\uD83Dx | x\\ud83dx",
                "\\ud83d\\ude00 | 😀",
                "\\u00e4 | ä",
                "ä€😀 | ä€😀",
                "\\b\\f\\n\\r\\t\\/\\\\\\\" | \\b\\f\\n\\r\\t/\\\\\\\"",
                "\\u007f\\u001f | \u007f\\u001f",
                "\u2028\u2029\uffff | \u2028\u2029\uffff",
            })
    void strings_keep_every_code_point(String sent, String heard) {
        alice.says("{'service':'echo','message':'" + sent + "'}");
        alice.hearsText(Json.of("{'service':'echo','message':'" + heard + "'}"));

        alice.says("{'service':'echo','message':{'" + sent + "':1}}");
        alice.hearsText(Json.of("{'service':'echo','message':{'" + heard + "':1}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'news' | 'n\\u0065ws'",
                "41 | 41.0",
                "41 | 4.1e1",
                "0 | -0.0",
                "100 | 1e2",
                "0.5 | 5E-1",
                "1e400 | 10e399",
                "1e1000000000 | 10e999999999",
                "1e99999999999 | 0.1e100000000000",
                "9007199254740993 | 9007199254740993.000",
                "null | null",
                "{'a':1,'b':[2]} | {'b':[2.0],'a':1}",
                "[1,[2,3]] | [1.0,[2,3e0]]",
                "'\\ud800' | '\\uD800'",
                "{} | { }",
            })
    void these_are_one_channel(String one, String same) {
        alice.does("pubsub.subscribe", "{'channel':" + one + "}");
        alice.isRefused("pubsub.subscribe", "{'channel':" + same + "}", "Already subscribed");

        alice.calls("pubsub.publish", "{'channel':" + same + ",'message':1}");
        assertThat(alice.next()).contains("\"type\":\"message\"");
        alice.hearsReply("pubsub.publish", "null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "true | 1",
                "false | 0",
                "true | 'true'",
                "null | 'null'",
                "null | false",
                "null | 0",
                "7 | '7'",
                "'' | null",
                "[] | {}",
                "[1,2] | [2,1]",
                "[true] | [1]",
                "{'a':true} | {'a':1.0}",
                "{'a':1} | {'a':1,'b':null}",
                "['a','b'] | ['ab']",
                "['1'] | [1]",
                "[[1],2] | [[1,2]]",
                "9007199254740992 | 9007199254740993",
                "0.1 | 0.10000000000000001",
                "1e999 | 1e998",
                "1e1000000000 | 1e1000000001",
                "'News' | 'news'",
                "'\\u00e9' | 'e\\u0301'",
                "'\\u0000' | ''",
                "'\\ud800' | '\\udc00'",
            })
    void these_are_two_channels(String one, String other) {
        alice.does("pubsub.subscribe", "{'channel':" + one + "}");

        alice.does("pubsub.publish", "{'channel':" + other + ",'message':1}");

        alice.does("pubsub.subscribe", "{'channel':" + other + "}");
        alice.does("pubsub.unsubscribe", "{'channel':" + one + "}");
        alice.does("pubsub.unsubscribe", "{'channel':" + other + "}");
    }

    @Test
    void huge_numbers_cost_nothing() {
        for (int i = 0; i < 1000; i++) {
            alice.says("{'service':'echo','message':[1e1000000000,-1e-1000000000]}");
        }
        for (int i = 0; i < 1000; i++) {
            alice.hears("{'service':'echo','message':[1e1000000000,-1e-1000000000]}");
        }
    }
}
