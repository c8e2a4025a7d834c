package io.snorky.server.sockjs;

import io.snorky.CloseReason;
import io.snorky.json.Utf8;
import io.snorky.server.InboundLimits;
import io.snorky.server.transport.Framing;
import io.snorky.server.websocket.Dialect;

import java.util.Arrays;
import java.util.Optional;

/** SockJS inside a WebSocket. */
final class FramedDialect implements Dialect {

    private static final byte[] OPEN = {'o'};
    private static final byte[] HEARTBEAT = {'h'};

    private final InboundLimits limits;

    FramedDialect(InboundLimits limits) {
        this.limits = limits;
    }

    @Override
    public Framing framing() {
        return WebSocketArrayFraming.INSTANCE;
    }

    @Override
    public Optional<byte[]> opening() {
        return Optional.of(OPEN);
    }

    @Override
    public Optional<byte[]> heartbeat() {
        return Optional.of(HEARTBEAT);
    }

    @Override
    public Optional<byte[]> farewell(CloseReason reason) {
        Text frame = Frames.ofThisThread().close(reason);
        return Optional.of(Arrays.copyOf(frame.bytes(), frame.length()));
    }

    @Override
    public CloseReason closing(CloseReason reason) {
        return CloseReason.NORMAL;
    }

    @Override
    public Understanding read(byte[] payload, int length, boolean isText, Hearer hearer) {
        return switch (MessageArray.ofThisThread().readFrame(payload, length, limits, hearer)) {
            case HEARD -> Understanding.YES;
            case NO_PAYLOAD, TOO_MANY -> Understanding.NO;
            case BROKEN ->
                    isText && !Utf8.isValid(payload, 0, length)
                            ? Understanding.NOT_UTF8
                            : Understanding.NO;
        };
    }
}
