package io.snorky.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** A TCP connection. Reading what does not come fails after ten seconds. */
public final class Wire implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int DRIBBLE_MILLIS = 20;

    private final Socket socket;
    private final InputStream in;

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    public static Wire to(InetSocketAddress address) {
        return connect(new Socket(), address);
    }

    /** A connection whose kernel takes in little that nobody reads. */
    public static Wire withSmallReceiveBuffer(InetSocketAddress address) {
        return withReceiveBuffer(4096, address);
    }

    /** A connection whose kernel takes in about so many bytes that nobody reads. */
    public static Wire withReceiveBuffer(int bytes, InetSocketAddress address) {
        try {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(bytes);
            return connect(socket, address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Wire connect(Socket socket, InetSocketAddress address) {
        try {
            socket.connect(address);
            return new Wire(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Goes on with TLS. The server's certificate has to be of 127.0.0.1.
     *
     * @param protocols any if there are none
     */
    public Wire encrypted(SSLContext context, String... protocols) {
        try {
            var secure =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(socket, "127.0.0.1", socket.getPort(), true);
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            if (protocols.length > 0) {
                parameters.setProtocols(protocols);
            }
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            return new Wire(secure);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a connection that is encrypted. */
    public SSLSession session() {
        return ((SSLSocket) socket).getSession();
    }

    /** Shakes hands once more on a connection that is encrypted, if the peer does. */
    public void renegotiate() {
        try {
            ((SSLSocket) socket).startHandshake();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public InetSocketAddress localAddress() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    public Wire write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Wire write(String text) {
        return write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a byte again and again, slowly, until the peer answers or hangs up. */
    public Wire dribble(int each) {
        try {
            socket.setSoTimeout(DRIBBLE_MILLIS);
            while (isSilent()) {
                socket.getOutputStream().write(each);
            }
            socket.setSoTimeout(TIMEOUT_MILLIS);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isSilent() throws IOException {
        in.mark(1);
        try {
            in.read();
            in.reset();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    /**
     * @return −1 at the end, also if the peer cut the connection
     */
    public int read() {
        try {
            return in.read();
        } catch (SocketException e) {
            return -1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] read(int count) {
        try {
            byte[] bytes = in.readNBytes(count);
            assertThat(bytes).as("bytes before the end").hasSize(count);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String readLine() {
        var line = new ByteArrayOutputStream();
        for (int next = read(); next != '\n'; next = read()) {
            assertThat(next).as("end after: " + line).isNotNegative();
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** Reads an answer with its body. */
    public HttpReply reply() {
        HttpReply head = HttpReply.readHead(this);
        return head.withBody(read(head.contentLength()));
    }

    /** Writes a request and reads the answer. */
    public HttpReply reply(String request) {
        return write(request).reply();
    }

    /** Reads the next chunk of an answer; empty at the end. */
    public String chunk() {
        byte[] content = read(Integer.parseInt(readLine(), 16));
        assertThat(readLine()).as("what follows a chunk").isEmpty();
        return new String(content, StandardCharsets.UTF_8);
    }

    /** Reads all there is until the connection ends. */
    public String rest() {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads an answer that has none, whatever its headers say: to a HEAD, or 1xx. */
    public HttpReply replyWithoutBody() {
        return HttpReply.readHead(this);
    }

    public void expectEnd() {
        assertThat(read()).as("the end of the connection").isEqualTo(-1);
    }

    /** Says that nothing more will be written. */
    public void finish() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cuts the connection, as a network does. */
    public void cut() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
