package io.snorky.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An HTTP answer.
 *
 * @param headers by name in lower case
 */
public record HttpReply(int status, Map<String, String> headers, String body) {

    static HttpReply readHead(Wire wire) {
        String[] statusLine = wire.readLine().split(" ", 3);
        assertThat(statusLine[0]).isEqualTo("HTTP/1.1");
        Map<String, String> headers = new TreeMap<>();
        for (String line = wire.readLine(); !line.isEmpty(); line = wire.readLine()) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            String earlier = headers.put(name, line.substring(colon + 1).strip());
            assertThat(earlier).as("an earlier " + name).isNull();
        }
        return new HttpReply(Integer.parseInt(statusLine[1]), headers, "");
    }

    HttpReply withBody(byte[] bytes) {
        return new HttpReply(status, headers, new String(bytes, StandardCharsets.UTF_8));
    }

    /** A header's value; empty if there is none. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    int contentLength() {
        return Integer.parseInt(headers.getOrDefault("content-length", "0"));
    }
}
