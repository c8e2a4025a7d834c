package io.snorky.server.oracle;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One connection of a page.
 *
 * <p>Threads: one reads, another sends, any ends it.
 */
interface Link {

    /** With which a server hangs up on who reads too slowly. */
    int SLOW_READER = 4400;

    /** Of a kernel that takes in little that nobody reads, yet enough to be quick. */
    int SMALL_BUFFER_BYTES = 64 << 10;

    /** What carries messages. */
    enum Carrier {
        WEB_SOCKET,
        SOCK_JS_WEB_SOCKET,
        SOCK_JS_STREAM,

        /**
         * One of which systems between take in little, and the server forgets it late: who does not
         * read it lags soon, and for long.
         */
        SOCK_JS_LASTING_STREAM
    }

    /**
     * @param roomy whether the page's kernel takes in what nobody reads; else little of it
     */
    static Link open(InetSocketAddress to, Carrier carrier, boolean roomy, Random random)
            throws IOException {
        return switch (carrier) {
            case WEB_SOCKET -> WebSocketLink.open(to, false, roomy);
            case SOCK_JS_WEB_SOCKET -> WebSocketLink.open(to, true, roomy);
            case SOCK_JS_STREAM -> new StreamLink(to, "/sockjs", random);
            case SOCK_JS_LASTING_STREAM -> new StreamLink(to, "/lasting", random);
        };
    }

    /** Sends a message. */
    void send(String message) throws IOException;

    /**
     * Waits for a message.
     *
     * @return null at the end
     */
    @Nullable String read() throws IOException;

    /** What the server said when it hung up; zero if nothing. */
    int closeCode();

    /** Cuts the connection, as a network does. */
    void cut();

    /** Ends the connection without a word. */
    void close();

    /** The code in a frame of SockJS that says goodbye: {@code c[3000,"Go away!"]}. */
    static int closeCodeIn(String frame) {
        return JsonMapper.shared().readTree(frame.substring(1)).get(0).intValue();
    }

    /** Those in a frame of SockJS that has some: {@code a["one", "two"]}. */
    static List<String> messagesIn(String frame) {
        List<String> messages = new ArrayList<>();
        for (JsonNode message : JsonMapper.shared().readTree(frame.substring(1))) {
            messages.add(message.stringValue());
        }
        return messages;
    }
}
