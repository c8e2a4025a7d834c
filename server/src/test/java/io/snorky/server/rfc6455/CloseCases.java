package io.snorky.server.rfc6455;

import static io.snorky.server.rfc6455.Texts.CLOSE;
import static io.snorky.server.rfc6455.Texts.ENDS;
import static io.snorky.server.rfc6455.Texts.PING;
import static io.snorky.server.rfc6455.Texts.STARTS_TEXT;
import static io.snorky.server.rfc6455.Texts.hex;
import static io.snorky.server.rfc6455.Texts.ofBytes;
import static io.snorky.server.rfc6455.Texts.saying;
import static io.snorky.server.rfc6455.Texts.utf8;

import io.snorky.server.wire.Frame;

import java.util.ArrayList;
import java.util.List;

/** Close frames (sections 5.5.1 and 7.4). */
final class CloseCases {

    private static final String HELLO = saying("Hello, world!");

    private static final int[] VALID = {
        1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000,
        4999
    };

    private static final int[] INVALID = {
        0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535
    };

    private CloseCases() {}

    static List<Case> all() {
        List<Case> cases = new ArrayList<>(conversations());
        for (int code : VALID) {
            cases.add(Case.of("7.7 code " + code).sends(Frame.close(code)).ends(code));
        }
        for (int code : INVALID) {
            cases.add(Case.of("7.9/13 code " + code).sends(Frame.close(code)).ends(1002));
        }
        return cases;
    }

    private static List<Case> conversations() {
        byte[] close = Frame.close(1000);
        return List.of(
                Case.of("7.1.1 a message, then a close frame")
                        .sends(Frame.text(HELLO), close)
                        .hears(HELLO)
                        .ends(1000),
                Case.of("7.1.2 two close frames").sends(close, Frame.close(1001)).ends(1000),
                Case.of("7.1.3 a ping after it").sends(close, Frame.bytes(PING)).ends(1000),
                Case.of("7.1.4 a message after it").sends(close, Frame.text(HELLO)).ends(1000),
                Case.of("7.1.5 a close frame between fragments")
                        .sends(Frame.bytes(STARTS_TEXT, utf8(HELLO)), close, Frame.bytes(ENDS))
                        .ends(1000),
                Case.of("7.1.6 a long message, a close frame and a ping")
                        .sends(Frame.text(ofBytes(1 << 18)), close, Frame.bytes(PING))
                        .hears(ofBytes(1 << 18))
                        .ends(1000),
                Case.of("what is no frame after it")
                        .sends(close, Frame.bytes(Frame.FIN | 0x7f, hex("ffffffff")))
                        .ends(1000),
                Case.of("7.3.1 an empty close frame").sends(Frame.bytes(CLOSE)).ends(1005),
                Case.of("7.3.2 half a code").sends(Frame.bytes(CLOSE, hex("03"))).ends(1002),
                Case.of("7.3.3 a code").sends(close).ends(1000),
                Case.of("7.3.4 a code and a reason").sends(reason("Hello World!")).ends(1000),
                Case.of("7.3.5 a reason of 123 bytes").sends(reason("*".repeat(123))).ends(1000),
                Case.of("7.3.6 a reason of 124 bytes").sends(reason("*".repeat(124))).ends(1002),
                Case.of("7.5.1 a reason that is not UTF-8")
                        .sends(
                                Frame.bytes(
                                        CLOSE, hex("03e8cebae1bdb9cf83cebcceb5eda080656469746564")))
                        .ends(1007));
    }

    private static byte[] reason(String text) {
        return Frame.bytes(CLOSE, Frame.join(hex("03e8"), utf8(text)));
    }
}
