package io.snorky.benchmarks.micro;

import java.nio.charset.StandardCharsets;

/** What clients send. */
final class Texts {

    /** A call of {@code rpc.sum}. */
    static final byte[] CALL =
            utf8(
                    "{'service':'rpc','message':{'command':'sum','params':{'a':5,'b':12},'callId':1}}");

    /** A message of 128 bytes to a channel. */
    static final byte[] PUBLISH =
            utf8(
                    "{'service':'pubsub','message':{'command':'publish',"
                            + "'params':{'channel':'bench','message':'"
                            + "x".repeat(128)
                            + "'}}}");

    private Texts() {}

    private static byte[] utf8(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
