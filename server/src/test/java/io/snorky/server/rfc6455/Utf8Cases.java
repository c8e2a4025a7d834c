package io.snorky.server.rfc6455;

import static io.snorky.server.rfc6455.Texts.ENDS;
import static io.snorky.server.rfc6455.Texts.GOES_ON;
import static io.snorky.server.rfc6455.Texts.STARTS_TEXT;
import static io.snorky.server.rfc6455.Texts.TEXT;
import static io.snorky.server.rfc6455.Texts.fragments;
import static io.snorky.server.rfc6455.Texts.hex;
import static io.snorky.server.rfc6455.Texts.saying;
import static io.snorky.server.rfc6455.Texts.sayingBytes;
import static io.snorky.server.rfc6455.Texts.utf8;

import io.snorky.server.wire.Frame;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Text and what only looks like it (section 8.1; RFC 3629). */
final class Utf8Cases {

    private static final String HELLO = "Hello-µ@ßöäüàá-UTF-8!!";

    private Utf8Cases() {}

    static List<Case> all() {
        List<Case> cases = new ArrayList<>(conversations());
        Utf8Sequences.VALID.forEach((number, sequences) -> cases.add(valid(number, sequences)));
        Utf8Sequences.INVALID.forEach((number, sequences) -> {
            for (String sequence : sequences) {
                cases.addAll(invalid(number + " " + sequence, hex(sequence)));
            }
        });
        return cases;
    }

    private static List<Case> conversations() {
        byte[] nothing = Frame.bytes(STARTS_TEXT);
        byte[] hello = utf8(saying(HELLO));
        return List.of(
                Case.of("6.1.1 an empty text").sends(Frame.text("")),
                Case.of("6.1.2 three empty fragments")
                        .sends(nothing, Frame.bytes(GOES_ON), Frame.bytes(ENDS)),
                Case.of("6.1.3 empty fragments around a text")
                        .sends(nothing, Frame.bytes(GOES_ON, hello), Frame.bytes(ENDS))
                        .hears(saying(HELLO)),
                Case.of("6.2.1 a text").sends(Frame.text(saying(HELLO))).hears(saying(HELLO)),
                Case.of("6.2.2 in two fragments, between characters")
                        .sends(
                                fragments(
                                        TEXT,
                                        hello,
                                        utf8("{'service':'echo','message':'Hello-µ").length))
                        .hears(saying(HELLO)),
                Case.of("6.4 not UTF-8, which shows in the second of three fragments")
                        .sends(
                                Frame.bytes(STARTS_TEXT, hex("cebae1bdb9cf83cebcceb5")),
                                Frame.bytes(GOES_ON, hex("f4908080")),
                                Frame.bytes(ENDS, hex("656469746564")))
                        .ends(1007),
                Case.of("6.4 not UTF-8, which shows only in the last")
                        .sends(
                                Frame.bytes(STARTS_TEXT, hex("cebae1bdb9cf83cebcceb5f4")),
                                Frame.bytes(GOES_ON, hex("90")),
                                Frame.bytes(ENDS, hex("8080656469746564")))
                        .ends(1007),
                Case.of("not UTF-8, for a service that is not there")
                        .sends(Frame.bytes(TEXT, elsewhere("\"service\":\"nobody\"")))
                        .ends(1007),
                Case.of("not UTF-8, in a member that nobody reads")
                        .sends(Frame.bytes(TEXT, elsewhere("\"service\":\"echo\",\"message\":1")))
                        .ends(1007),
                Case.of("not UTF-8, after the JSON")
                        .sends(Frame.bytes(TEXT, Frame.join(hello, hex("ff"))))
                        .ends(1007));
    }

    /** An envelope with a member more, in which there is no UTF-8. */
    private static byte[] elsewhere(String members) {
        return Frame.join(utf8("{" + members + ",\"more\":\""), hex("ff"), utf8("\"}"));
    }

    /** A text alone is no JSON, and dropped; in an envelope it comes back. */
    private static Case valid(String name, List<String> sequences) {
        Case all = Case.of(name);
        for (String sequence : sequences) {
            byte[] bytes = hex(sequence);
            all = all.sends(Frame.bytes(TEXT, bytes)).sends(fragments(TEXT, bytes, 1));
            String text = new String(bytes, StandardCharsets.UTF_8);
            if (text.codePoints().noneMatch(c -> c < ' ')) { // in JSON these are escaped
                byte[] message = sayingBytes(bytes);
                all = all.sends(Frame.bytes(TEXT, message)).hears(saying(text));
                all = all.sends(fragments(TEXT, message, 1)).hears(saying(text));
            }
        }
        return all;
    }

    private static List<Case> invalid(String name, byte[] sequence) {
        return List.of(
                Case.of(name).sends(Frame.bytes(TEXT, sequence)).ends(1007),
                Case.of(name + " in JSON in fragments")
                        .sends(fragments(TEXT, sayingBytes(sequence), 1))
                        .ends(1007));
    }
}
