package io.snorky.server.rfc6455;

import static io.snorky.server.rfc6455.Texts.BINARY;
import static io.snorky.server.rfc6455.Texts.TEXT;
import static io.snorky.server.rfc6455.Texts.fragments;
import static io.snorky.server.rfc6455.Texts.ofBytes;
import static io.snorky.server.rfc6455.Texts.utf8;

import io.snorky.server.wire.Frame;

import java.util.ArrayList;
import java.util.List;

/** Long messages, many fragments, many messages; smaller than Autobahn's, which load a server. */
final class SizeCases {

    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    private SizeCases() {}

    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (int size : List.of(64 * KIB, 256 * KIB, MIB, 4 * MIB)) {
            cases.add(whole("9.1 a text of " + size + " bytes", TEXT, size));
            cases.add(whole("9.2 a binary message of " + size + " bytes", BINARY, size));
        }
        for (int size : List.of(64, 256, KIB, 4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB)) {
            cases.add(inFragments("9.3 a text in fragments of " + size, TEXT, 256 * KIB, size));
            cases.add(inFragments("9.4 binary fragments of " + size, BINARY, 256 * KIB, size));
        }
        for (int size : List.of(64, 256, KIB, 4 * KIB)) {
            cases.add(many("9.7 200 texts of " + size + " bytes", TEXT, size));
            cases.add(many("9.8 200 binary messages of " + size + " bytes", BINARY, size));
        }
        cases.add(inFragments("10.1.1 fragments of 1300 bytes", TEXT, 65_536, 1300));
        cases.add(tooLong("9.1.6 a text that is too long", TEXT));
        cases.add(tooLong("9.2.6 a binary message that is too long", BINARY));
        return cases;
    }

    private static Case whole(String name, int firstByte, int size) {
        return Case.of(name)
                .sends(Frame.bytes(firstByte, utf8(ofBytes(size))))
                .hears(ofBytes(size));
    }

    private static Case inFragments(String name, int firstByte, int size, int fragmentSize) {
        return Case.of(name)
                .sends(fragments(firstByte, utf8(ofBytes(size)), fragmentSize))
                .hears(ofBytes(size));
    }

    private static Case many(String name, int firstByte, int size) {
        Case all = Case.of(name);
        byte[] frame = Frame.bytes(firstByte, utf8(ofBytes(size)));
        for (int i = 0; i < 200; i++) {
            all = all.sends(frame).hears(ofBytes(size));
        }
        return all;
    }

    private static Case tooLong(String name, int firstByte) {
        return Case.of(name).sends(Frame.head(firstByte, true, 9, 16L * MIB)).ends(1009);
    }
}
