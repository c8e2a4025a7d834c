package io.snorky.benchmarks.load;

import io.snorky.benchmarks.load.Dialect.Step;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** A WebSocket whose texts are messages, or frames of SockJS. */
final class WebSocketConnection extends Connection implements Link.User, FrameReader.Sink {

    private static final byte[] CLOSE = Frames.of(Frames.CLOSE, new byte[] {3, (byte) 0xe8});

    private final Link link;
    private final FrameReader frames = new FrameReader(this);
    private final Wire wire;
    private final SockJsReader sockJs = new SockJsReader(this);
    private String head = "";
    private boolean shaken;
    private boolean closing;

    WebSocketConnection(Loop loop, List<Step> steps, Listener listener) {
        super(loop, steps, listener);
        link = loop.newLink(this);
        wire = loop.dialect().wire();
    }

    @Override
    void open() {
        loop().connect(link);
    }

    @Override
    void send(ByteBuffer messages) {
        link.send(messages);
    }

    private void send(byte[] data) {
        send(ByteBuffer.wrap(data));
    }

    @Override
    void say(String text) {
        send(wire.frame(wire.payload(text)));
    }

    @Override
    void sayGoodbye() {
        closing = true;
        send(CLOSE);
    }

    @Override
    void stall() {
        link.stall();
    }

    @Override
    void resume() {
        link.resume();
    }

    @Override
    void cutLinks() {
        link.cut();
    }

    @Override
    public void connected() {
        String path =
                wire.isSockJs() ? loop().newSessionUrl() + "/websocket" : loop().dialect().path();
        send(Handshake.request(path, loop().port()));
    }

    @Override
    public void received(ByteBuffer in) {
        if (!shaken) {
            readHead(in);
        }
        if (in.hasRemaining()) {
            frames.read(in);
            paused();
        }
    }

    private void readHead(ByteBuffer in) {
        while (in.hasRemaining() && !head.endsWith("\r\n\r\n")) {
            head += (char) in.get();
        }
        if (head.endsWith("\r\n\r\n")) {
            Handshake.check(head);
            head = "";
            shaken = true;
            if (!wire.isSockJs()) {
                opened();
            }
        }
    }

    @Override
    public void lost(String reason) {
        close(reason);
    }

    @Override
    public boolean wants(int opcode, long length) {
        return opcode != Frames.TEXT || wire.isSockJs() || reads(length);
    }

    @Override
    public void frame(int opcode, byte[] payload, long length) {
        switch (opcode) {
            case Frames.CLOSE -> close(closing ? "as asked" : "by the server");
            case Frames.PING -> send(Frames.of(Frames.PONG, Arrays.copyOf(payload, (int) length)));
            case Frames.PONG -> {}
            default -> text(payload, length);
        }
    }

    private void text(byte[] payload, long length) {
        if (wire.isSockJs()) {
            sockJs.read(payload, 0, (int) length);
        } else {
            heard(payload, length);
        }
    }
}
