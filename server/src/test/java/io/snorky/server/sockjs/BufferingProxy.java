package io.snorky.server.sockjs;

import io.snorky.server.wire.Wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A proxy that hands on an answer when it has so many bytes of it, and the rest at its end. */
final class BufferingProxy implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    private final InetSocketAddress server;
    private final int bufferBytes;
    private final ServerSocket port;
    private final AtomicInteger portions = new AtomicInteger();

    BufferingProxy(InetSocketAddress server, int bufferBytes) {
        this.server = server;
        this.bufferBytes = bufferBytes;
        try {
            port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::accept);
    }

    Wire connect() {
        return Wire.to((InetSocketAddress) port.getLocalSocketAddress());
    }

    /** How many times it has handed something on. */
    int portions() {
        return portions.get();
    }

    @Override
    public void close() {
        try {
            port.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        untilEnd(() -> {
            while (true) {
                Socket client = port.accept();
                Thread.startVirtualThread(() -> untilEnd(() -> serve(client)));
            }
        });
    }

    private interface Work {

        void run() throws IOException;
    }

    private static void untilEnd(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            // whoever it works for has hung up
        }
    }

    private void serve(Socket client) throws IOException {
        try (client;
                var upstream = new Socket(server.getAddress(), server.getPort())) {
            Thread.startVirtualThread(() ->
                    untilEnd(() -> {
                        client.getInputStream().transferTo(upstream.getOutputStream());
                        upstream.shutdownOutput();
                    }));
            handOn(upstream.getInputStream(), client.getOutputStream());
        }
    }

    private void handOn(InputStream from, OutputStream to) throws IOException {
        var answer = new StringBuilder();
        int handedOn = 0;
        byte[] piece = new byte[8192];
        for (int length = from.read(piece); length >= 0; length = from.read(piece)) {
            answer.append(new String(piece, 0, length, StandardCharsets.ISO_8859_1));
            boolean complete = isComplete(answer);
            if (complete || answer.length() - handedOn >= bufferBytes) {
                portions.incrementAndGet();
                to.write(answer.substring(handedOn).getBytes(StandardCharsets.ISO_8859_1));
                handedOn = answer.length();
            }
            if (complete) {
                answer.setLength(0);
                handedOn = 0;
            }
        }
    }

    private static boolean isComplete(CharSequence answer) {
        String text = answer.toString();
        int body = text.indexOf("\r\n\r\n") + 4;
        if (body < 4) {
            return false;
        }
        String head = text.substring(0, body);
        if (head.contains("chunked")) {
            return text.endsWith("\r\n0\r\n\r\n");
        }
        Matcher length = LENGTH.matcher(head);
        return text.length() - body == (length.find() ? Integer.parseInt(length.group(1)) : 0);
    }
}
