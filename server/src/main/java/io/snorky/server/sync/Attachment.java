package io.snorky.server.sync;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.snorky.server.http.HttpAnswer;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The head of an answer that browsers save and never show, whatever is in it. */
final class Attachment {

    /** What goes as it is (RFC 8187, section 3.2.1), beside letters and digits. */
    private static final String PLAIN = "!#$&+-.^_`|~";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Attachment() {}

    /**
     * @param length if it is known
     */
    static HttpAnswer answer(String filename, OptionalLong length) {
        Map<CharSequence, String> headers = new LinkedHashMap<>();
        headers.put(HttpHeaderNames.CONTENT_TYPE, "application/octet-stream");
        headers.put(HttpHeaderNames.CONTENT_DISPOSITION, disposition(filename));
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put(HttpHeaderNames.CACHE_CONTROL, "no-store");
        length.ifPresent(
                bytes -> headers.put(HttpHeaderNames.CONTENT_LENGTH, Long.toString(bytes)));
        return new HttpAnswer(HttpResponseStatus.OK, headers, new byte[0]);
    }

    /** As RFC 6266 has it. The name is one segment of a path, and has no control characters. */
    static String disposition(String filename) {
        var header = new StringBuilder("attachment; filename*=UTF-8''");
        for (byte each :
                filename.replaceAll("[\\p{Cc}/\\\\]", "_").getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(each)) {
                header.append((char) each);
            } else {
                HEX.toHexDigits(header.append('%'), each);
            }
        }
        return header.toString();
    }

    private static boolean isPlain(byte each) {
        return each >= '0' && each <= '9'
                || each >= 'A' && each <= 'Z'
                || each >= 'a' && each <= 'z'
                || PLAIN.indexOf(each) >= 0;
    }
}
