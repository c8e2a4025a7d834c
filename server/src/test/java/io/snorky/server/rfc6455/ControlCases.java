package io.snorky.server.rfc6455;

import static io.snorky.server.rfc6455.Texts.NOTHING;
import static io.snorky.server.rfc6455.Texts.PING;
import static io.snorky.server.rfc6455.Texts.PONG;
import static io.snorky.server.rfc6455.Texts.hex;
import static io.snorky.server.rfc6455.Texts.utf8;

import io.snorky.server.wire.Frame;

import java.util.Arrays;
import java.util.List;

/** Pings and pongs (sections 5.5.2 and 5.5.3). */
final class ControlCases {

    private static final byte[] HELLO = utf8("Hello, world!");
    private static final byte[] NO_TEXT = hex("00fffefdfcfb00ff");
    private static final byte[] LONGEST = filled(125);
    private static final byte[] TOO_LONG = filled(126);

    static final List<Case> ALL =
            List.of(
                    ping("2.1 an empty ping", NOTHING),
                    ping("2.2 a ping with text", HELLO),
                    ping("2.3 a ping with bytes that are no text", NO_TEXT),
                    ping("2.4/6 a ping of 125 bytes", LONGEST),
                    tooLong("2.5 a ping of 126 bytes", PING),
                    tooLong("a pong of 126 bytes", PONG),
                    Case.of("2.7 a pong nobody asked for").sends(Frame.bytes(PONG)),
                    Case.of("2.8 one with text").sends(Frame.bytes(PONG, HELLO)),
                    Case.of("2.9 a pong, then a ping")
                            .sends(Frame.bytes(PONG, NO_TEXT), Frame.bytes(PING, HELLO))
                            .hearsPong(HELLO),
                    pings("2.10/11 ten pings"));

    private ControlCases() {}

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0xfe);
        return bytes;
    }

    private static Case ping(String name, byte[] payload) {
        return Case.of(name).sends(Frame.bytes(PING, payload)).hearsPong(payload);
    }

    private static Case tooLong(String name, int firstByte) {
        return Case.of(name).sends(Frame.bytes(firstByte, TOO_LONG)).ends(1002);
    }

    private static Case pings(String name) {
        Case all = Case.of(name);
        for (int i = 0; i < 10; i++) {
            byte[] payload = utf8("payload " + i);
            all = all.sends(Frame.bytes(PING, payload)).hearsPong(payload);
        }
        return all;
    }
}
