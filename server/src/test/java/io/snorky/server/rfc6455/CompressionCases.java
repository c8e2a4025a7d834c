package io.snorky.server.rfc6455;

import static io.snorky.server.rfc6455.Texts.COMPRESSED;
import static io.snorky.server.rfc6455.Texts.TEXT;
import static io.snorky.server.rfc6455.Texts.fragments;
import static io.snorky.server.rfc6455.Texts.saying;
import static io.snorky.server.rfc6455.Texts.utf8;

import io.snorky.server.wire.Deflate;
import io.snorky.server.wire.Frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Compressed messages (RFC 7692, section 7.2) of many sizes and kinds. The parameters of cases 13
 * are in the test of the negotiation: whatever was asked for, messages look the same afterwards.
 */
final class CompressionCases {

    private static final List<Integer> SIZES =
            List.of(0, 1, 16, 64, 256, 1024, 4096, 8192, 16_384, 32_768, 65_536);

    private CompressionCases() {}

    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (int size : SIZES) {
            cases.add(echoes("12.1 JSON, " + size, json(size)));
            cases.add(echoes("12.2 prose, " + size, prose(size)));
            cases.add(echoes("12.3 digits, " + size, digits(size)));
        }
        for (int fragmentSize : List.of(1, 128, 1024)) {
            byte[] payload = Deflate.compress(utf8(saying(prose(4096))));
            cases.add(
                    Case.of("12.5 in fragments of " + fragmentSize)
                            .compressed()
                            .sends(fragments(TEXT | COMPRESSED, payload, fragmentSize))
                            .hears(saying(prose(4096))));
        }
        return cases;
    }

    /** Three times, so that it would show if something of the one before were remembered. */
    private static Case echoes(String name, String text) {
        Case theCase = Case.of(name).compressed();
        byte[] frame = Deflate.text(Deflate.compress(utf8(saying(text))));
        for (int i = 0; i < 3; i++) {
            theCase = theCase.sends(frame).hears(saying(text));
        }
        return theCase.sends(Frame.text(saying(text))).hears(saying(text));
    }

    private static String json(int length) {
        return "{'id': 1, 'name': 'Ann', 'tags': ['a', 'b']}, "
                .repeat(length / 40 + 1)
                .substring(0, length);
    }

    private static String prose(int length) {
        var text = new StringBuilder();
        var random = new Random(length);
        List<String> words = List.of("κόσμε", "sea", "and", "shore", "für", "the", "🙂", "of");
        while (text.length() < length) {
            text.append(words.get(random.nextInt(words.size()))).append(' ');
        }
        return text.toString();
    }

    private static String digits(int length) {
        return new Random(length)
                .ints(length, '0', ':')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
