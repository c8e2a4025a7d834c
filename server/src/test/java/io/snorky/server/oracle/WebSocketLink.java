package io.snorky.server.oracle;

import io.snorky.server.wire.Frame;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;

/** A WebSocket, as it is or with SockJS on top. */
final class WebSocketLink implements Link {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int CONNECT_MILLIS = 5_000;
    private static final String UPGRADE =
            """
            GET PATH HTTP/1.1\r
            Host: localhost\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \r
            """;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final boolean sockJs;
    private final Queue<String> unwrapped = new ArrayDeque<>();
    private volatile int closeCode;

    private WebSocketLink(Socket socket, boolean sockJs) throws IOException {
        this.socket = socket;
        this.sockJs = sockJs;
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 2048));
        out = socket.getOutputStream();
    }

    /**
     * @param roomy whether its kernel takes in what nobody reads; else little of it
     */
    static WebSocketLink open(InetSocketAddress to, boolean sockJs, boolean roomy)
            throws IOException {
        Socket socket = new Socket();
        try {
            if (!roomy) {
                socket.setReceiveBufferSize(SMALL_BUFFER_BYTES);
            }
            socket.setTcpNoDelay(true);
            socket.connect(to, CONNECT_MILLIS);
            WebSocketLink link = new WebSocketLink(socket, sockJs);
            link.shakeHands();
            return link;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void shakeHands() throws IOException {
        String path = sockJs ? "/sockjs/000/oracle/websocket" : "/ws";
        out.write(UPGRADE.replace("PATH", path).getBytes(StandardCharsets.US_ASCII));
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) in.readUnsignedByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("refused: " + head);
        }
    }

    @Override
    public synchronized void send(String message) throws IOException {
        String text = sockJs ? JSON.writeValueAsString(new String[] {message}) : message;
        out.write(Frame.text(text));
    }

    @Override
    public @Nullable String read() throws IOException {
        while (unwrapped.isEmpty()) {
            try {
                if (!readFrame()) {
                    return null;
                }
            } catch (EOFException e) {
                return null;
            }
        }
        return unwrapped.remove();
    }

    private boolean readFrame() throws IOException {
        int opcode = in.readUnsignedByte() & 0xf;
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] payload = in.readNBytes(length);
        if (payload.length < length) {
            return false;
        }
        switch (opcode) {
            case Frame.TEXT -> unwrap(new String(payload, StandardCharsets.UTF_8));
            case Frame.PING -> out.write(Frame.bytes(Frame.FIN | Frame.PONG, payload));
            case Frame.CLOSE -> {
                if (closeCode == 0) { // else SockJS has told it
                    closeCode = payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getChar();
                }
                return false;
            }
            default -> {}
        }
        return true;
    }

    private void unwrap(String text) {
        if (!sockJs) {
            unwrapped.add(text);
        } else if (text.startsWith("a")) {
            unwrapped.addAll(Link.messagesIn(text));
        } else if (text.startsWith("c")) {
            closeCode = Link.closeCodeIn(text);
        }
    }

    @Override
    public int closeCode() {
        return closeCode;
    }

    @Override
    public void cut() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // it is cut
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed
        }
    }
}
