package io.snorky.examples.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.time.OffsetDateTime;
import java.util.List;

/** JSON as tests write it, with single quotes, and messages made of it. */
final class Json {

    private static final JsonMapper EXACT =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private Json() {}

    static String of(String text) {
        return text.replace('\'', '"');
    }

    private static String service(String name) {
        return name.substring(0, name.indexOf('.'));
    }

    private static String command(String name) {
        return name.substring(name.indexOf('.') + 1);
    }

    /** A call without call id. */
    static String call(String name, String params) {
        return "{'service':'%s','message':{'command':'%s','params':%s}}"
                .formatted(service(name), command(name), params);
    }

    static String call(String name, String params, String callId) {
        return "{'service':'%s','message':{'command':'%s','params':%s,'callId':%s}}"
                .formatted(service(name), command(name), params, callId);
    }

    /** The reply to a call without call id. */
    static String reply(String name, String data) {
        return "{'service':'%s','message':{'type':'response','data':%s}}"
                .formatted(service(name), data);
    }

    static String reply(String name, String data, String callId) {
        return "{'service':'%s','message':{'type':'response','callId':%s,'data':%s}}"
                .formatted(service(name), callId, data);
    }

    static String error(String name, String text, String callId) {
        return "{'service':'%s','message':{'type':'error','callId':%s,'message':'%s'}}"
                .formatted(service(name), callId, text.replace('\'', '\u0000'))
                .replace("\u0000", "\\u0027");
    }

    /** The order of members does not matter, the spelling of numbers does. */
    static void expect(String actual, String expected) {
        if (!actual.equals(of(expected))) {
            assertThat(EXACT.readTree(actual)).isEqualTo(EXACT.readTree(of(expected)));
        }
    }

    /** What is expected, and in its message a time with an offset. */
    static void expectStamped(String actual, String expected) {
        JsonNode tree = EXACT.readTree(actual);
        JsonNode timestamp = ((ObjectNode) tree.get("message")).remove("timestamp");
        assertThat(OffsetDateTime.parse(timestamp.stringValue())).as(actual).isNotNull();
        assertThat(tree).isEqualTo(EXACT.readTree(of(expected)));
    }

    /** These two, in any order. */
    static void expectBoth(String first, String second, String one, String other) {
        assertThat(List.of(EXACT.readTree(first), EXACT.readTree(second)))
                .containsExactlyInAnyOrder(EXACT.readTree(of(one)), EXACT.readTree(of(other)));
    }

    static void expectSameNumber(String actual, String pointer, String number) {
        assertThat(EXACT.readTree(actual).at(pointer).decimalValue()).isEqualByComparingTo(number);
    }
}
