package io.snorky.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

class Wtf8Test {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "gr\u00fc\u00df \u20ac \ud83d\ude00",
                "\ud800",
                "\udfff",
                "\ud800x",
                "x\udc00\ud800",
                "\ud83d\ude00\ud83d",
                "\u0000\uffff\ue000\ud7ff"
            })
    void every_string_comes_back(String text) {
        byte[] bytes = Wtf8.encode(text);

        assertThat(Wtf8.decode(bytes, 0, bytes.length)).isEqualTo(text);
    }

    @Test
    void what_UTF_8_can_hold_is_UTF_8() {
        String text = "gr\u00fc\u00df \u20ac \ud83d\ude00";

        assertThat(Wtf8.encode(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void what_is_neither_is_replaced() {
        byte[] bytes = {'a', (byte) 0xed, (byte) 0xa0, (byte) 0x80, (byte) 0xff, 'b'};

        assertThat(Wtf8.decode(bytes, 0, bytes.length)).isEqualTo("a\ud800\ufffdb");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"plain\"",
                "\"\\u0041\\n\\\\\\\"\\/\\b\\f\\r\\t end\"",
                "\"\\ud83d\\ude00 \\uD83D\\uDE00\"",
                "\"\\ud800\"",
                "\"\\ud800\\ud800\\udc00\\n\"",
                "\"\\udfff\\ud800x\""
            })
    void strings_of_a_document_are_decoded_to_bytes_as_they_are_to_text(String json) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        var document = new JsonDocument();
        document.read(text, 0, text.length, 1);
        byte[] out = new byte[document.length(JsonDocument.ROOT)];
        int length = document.string(JsonDocument.ROOT, out);

        assertThat(Wtf8.decode(out, 0, length)).isEqualTo(document.string(JsonDocument.ROOT));
    }
}
