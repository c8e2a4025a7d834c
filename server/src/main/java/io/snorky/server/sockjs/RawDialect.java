package io.snorky.server.sockjs;

import io.snorky.json.Utf8;
import io.snorky.server.transport.Framing;
import io.snorky.server.websocket.Dialect;

/** A WebSocket whose texts are messages as they are. */
final class RawDialect implements Dialect {

    static final RawDialect INSTANCE = new RawDialect();

    private RawDialect() {}

    @Override
    public Framing framing() {
        return RawFraming.INSTANCE;
    }

    @Override
    public Understanding read(byte[] payload, int length, boolean isText, Hearer hearer) {
        if (!Utf8.isValid(payload, 0, length)) {
            return Understanding.NOT_UTF8;
        }
        hearer.hear(payload, 0, length);
        return Understanding.YES;
    }
}
