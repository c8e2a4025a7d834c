package io.snorky.server.rfc6455;

import static io.snorky.server.rfc6455.Texts.BINARY;
import static io.snorky.server.rfc6455.Texts.CLOSE;
import static io.snorky.server.rfc6455.Texts.COMPRESSED;
import static io.snorky.server.rfc6455.Texts.PING;
import static io.snorky.server.rfc6455.Texts.TEXT;
import static io.snorky.server.rfc6455.Texts.ofBytes;
import static io.snorky.server.rfc6455.Texts.saying;
import static io.snorky.server.rfc6455.Texts.utf8;

import io.snorky.server.wire.Frame;

import java.util.List;

/** Lengths, reserved bits, opcodes and masks (sections 5.1 and 5.2). */
final class FramingCases {

    private static final int RSV2 = 0x20;
    private static final int RSV3 = 0x10;

    private static final String HELLO = saying("Hello, world!");
    private static final byte[] UTF8_HELLO = utf8(HELLO);

    static final List<Case> ALL =
            List.of(
                    Case.of("1.1.1 no text").sends(Frame.text("")),
                    text("1.1.2 125 bytes of text", 125),
                    text("1.1.3 126 bytes of text", 126),
                    text("1.1.4 127 bytes of text", 127),
                    text("1.1.5 128 bytes of text", 128),
                    text("1.1.6 65,535 bytes of text", 65_535),
                    text("1.1.7/8 65,536 bytes of text", 65_536),
                    Case.of("1.2.1 nothing binary").sends(Frame.bytes(BINARY)),
                    binary("1.2.2 125 bytes binary", 125),
                    binary("1.2.3 126 bytes binary", 126),
                    binary("1.2.4 127 bytes binary", 127),
                    binary("1.2.5 128 bytes binary", 128),
                    binary("1.2.6 65,535 bytes binary", 65_535),
                    binary("1.2.7/8 65,536 bytes binary", 65_536),
                    broken("a length in two bytes that needs one", Frame.head(TEXT, true, 3, 125)),
                    broken("a length in eight that needs one", Frame.head(TEXT, true, 9, 125)),
                    broken("a length in eight that needs two", Frame.head(TEXT, true, 9, 65_535)),
                    broken("a length of 64 bits", Frame.head(TEXT, true, 9, Long.MIN_VALUE)),
                    broken(
                            "no mask",
                            Frame.join(Frame.head(TEXT, false, 1, UTF8_HELLO.length), UTF8_HELLO)),
                    broken("3.1 RSV3", Frame.bytes(TEXT | RSV3, UTF8_HELLO)),
                    afterHello("3.2 RSV2", Frame.bytes(TEXT | RSV2, UTF8_HELLO)),
                    afterHello("3.3 RSV2 and RSV3", Frame.bytes(TEXT | RSV2 | RSV3, UTF8_HELLO)),
                    afterHello("3.4 RSV1", Frame.bytes(TEXT | COMPRESSED, UTF8_HELLO)),
                    broken(
                            "3.5 RSV1 and RSV3",
                            Frame.bytes(BINARY | COMPRESSED | RSV3, UTF8_HELLO)),
                    broken("3.6 RSV1 and RSV2 on a ping", Frame.bytes(PING | COMPRESSED | RSV2)),
                    broken("3.7 all on a close frame", Frame.bytes(CLOSE | COMPRESSED | 0x30)),
                    broken("4.1.1 opcode 3", Frame.bytes(Frame.FIN | 3)),
                    broken("4.1.2 opcode 4", Frame.bytes(Frame.FIN | 4, UTF8_HELLO)),
                    afterHello("4.1.3 opcode 5", Frame.bytes(Frame.FIN | 5)),
                    afterHello("4.1.4 opcode 6", Frame.bytes(Frame.FIN | 6, UTF8_HELLO)),
                    afterHello("4.1.5 opcode 7", Frame.bytes(Frame.FIN | 7, UTF8_HELLO)),
                    broken("4.2.1 opcode 11", Frame.bytes(Frame.FIN | 11)),
                    broken("4.2.2 opcode 12", Frame.bytes(Frame.FIN | 12, UTF8_HELLO)),
                    afterHello("4.2.3 opcode 13", Frame.bytes(Frame.FIN | 13)),
                    afterHello("4.2.4 opcode 14", Frame.bytes(Frame.FIN | 14, UTF8_HELLO)),
                    afterHello("4.2.5 opcode 15", Frame.bytes(Frame.FIN | 15, UTF8_HELLO)));

    private FramingCases() {}

    private static Case text(String name, int length) {
        return Case.of(name).sends(Frame.text(ofBytes(length))).hears(ofBytes(length));
    }

    private static Case binary(String name, int length) {
        byte[] bytes = utf8(ofBytes(length));
        return Case.of(name).sends(Frame.bytes(BINARY, bytes)).hears(ofBytes(length));
    }

    private static Case broken(String name, byte[] frame) {
        return Case.of(name).sends(frame, Frame.bytes(PING)).ends(1002);
    }

    private static Case afterHello(String name, byte[] frame) {
        return Case.of(name)
                .sends(Frame.text(HELLO), frame, Frame.bytes(PING))
                .hears(HELLO)
                .ends(1002);
    }
}
