package io.snorky.server.rfc6455;

import static io.snorky.server.rfc6455.Texts.ENDS;
import static io.snorky.server.rfc6455.Texts.GOES_ON;
import static io.snorky.server.rfc6455.Texts.PING;
import static io.snorky.server.rfc6455.Texts.PONG;
import static io.snorky.server.rfc6455.Texts.STARTS_TEXT;
import static io.snorky.server.rfc6455.Texts.TEXT;
import static io.snorky.server.rfc6455.Texts.saying;
import static io.snorky.server.rfc6455.Texts.utf8;

import io.snorky.server.wire.Frame;

import java.util.Arrays;
import java.util.List;

/** Messages in several frames (section 5.4). */
final class FragmentCases {

    private static final String HELLO = saying("fragment1fragment2");
    private static final byte[] BYTES = utf8(HELLO);
    private static final byte[] START = Arrays.copyOf(BYTES, 20);
    private static final byte[] END = Arrays.copyOfRange(BYTES, 20, BYTES.length);
    private static final byte[] PAYLOAD = utf8("ping payload");

    static final List<Case> ALL =
            List.of(
                    broken(
                            "5.1 a ping in two fragments",
                            Frame.bytes(PING & ~Frame.FIN, START),
                            Frame.bytes(ENDS, END)),
                    broken(
                            "5.2 a pong in two fragments",
                            Frame.bytes(PONG & ~Frame.FIN, START),
                            Frame.bytes(ENDS, END)),
                    broken("a close frame in two fragments", Frame.bytes(Frame.CLOSE, START)),
                    Case.of("5.3-5 a text in two fragments")
                            .sends(Frame.bytes(STARTS_TEXT, START), Frame.bytes(ENDS, END))
                            .hears(HELLO),
                    Case.of("5.6-8 a ping between fragments")
                            .sends(Frame.bytes(STARTS_TEXT, START))
                            .sends(Frame.bytes(PING, PAYLOAD))
                            .sends(Frame.bytes(ENDS, END))
                            .hearsPong(PAYLOAD)
                            .hears(HELLO),
                    broken(
                            "5.9-11 the end of nothing",
                            Frame.bytes(ENDS, START),
                            Frame.bytes(TEXT, BYTES)),
                    broken(
                            "5.12-14 going on with nothing",
                            Frame.bytes(GOES_ON, START),
                            Frame.bytes(TEXT, BYTES)),
                    Case.of("5.15 going on after the end")
                            .sends(Frame.bytes(STARTS_TEXT, START), Frame.bytes(ENDS, END))
                            .sends(Frame.bytes(GOES_ON, START), Frame.bytes(TEXT, BYTES))
                            .hears(HELLO)
                            .ends(1002),
                    broken(
                            "5.16 going on with nothing, twice",
                            Frame.bytes(GOES_ON, START),
                            Frame.bytes(STARTS_TEXT, START),
                            Frame.bytes(ENDS, END),
                            Frame.bytes(GOES_ON, START),
                            Frame.bytes(STARTS_TEXT, START),
                            Frame.bytes(ENDS, END)),
                    broken(
                            "5.17 the end of nothing, twice",
                            Frame.bytes(ENDS, START),
                            Frame.bytes(STARTS_TEXT, START),
                            Frame.bytes(ENDS, END),
                            Frame.bytes(ENDS, START),
                            Frame.bytes(STARTS_TEXT, START),
                            Frame.bytes(ENDS, END)),
                    broken(
                            "5.18 a text within a text",
                            Frame.bytes(STARTS_TEXT, START),
                            Frame.bytes(TEXT, END)),
                    broken(
                            "a binary message within a text",
                            Frame.bytes(STARTS_TEXT, START),
                            Frame.bytes(Frame.BINARY, END)),
                    pingsBetween("5.19/20 five fragments with pings between"),
                    Case.of("a message after one in fragments, and another in fragments")
                            .sends(Frame.bytes(STARTS_TEXT, START), Frame.bytes(ENDS, END))
                            .sends(Frame.bytes(TEXT, BYTES))
                            .sends(Frame.bytes(STARTS_TEXT), Frame.bytes(ENDS, BYTES))
                            .hears(HELLO)
                            .hears(HELLO)
                            .hears(HELLO));

    private FragmentCases() {}

    private static Case broken(String name, byte[]... frames) {
        return Case.of(name).sends(frames).ends(1002);
    }

    private static Case pingsBetween(String name) {
        List<byte[]> fragments = Texts.fragments(TEXT, BYTES, (BYTES.length + 4) / 5);
        return Case.of(name)
                .sends(fragments.subList(0, 2))
                .sends(Frame.bytes(PING, PAYLOAD))
                .sends(fragments.subList(2, 4))
                .sends(Frame.bytes(PING, PAYLOAD))
                .sends(fragments.subList(4, 5))
                .hearsPong(PAYLOAD)
                .hearsPong(PAYLOAD)
                .hears(HELLO);
    }
}
