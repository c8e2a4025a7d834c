package io.snorky.server.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * One thing in a file of PEM form (RFC 7468).
 *
 * @param label as {@code CERTIFICATE}
 * @param body what is between the lines with the label: Base64, if it is not of an older form
 */
public record Pem(String label, String body) {

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    /** All things in a text, in order. What is not complete is left out. */
    public static List<Pem> parse(String text) {
        List<Pem> found = new ArrayList<>();
        int begin = text.indexOf(BEGIN);
        while (begin >= 0) {
            int labelEnd = text.indexOf(DASHES, begin + BEGIN.length());
            if (labelEnd < 0) {
                return found;
            }
            String label = text.substring(begin + BEGIN.length(), labelEnd);
            int bodyStart = labelEnd + DASHES.length();
            int end = text.indexOf(END + label + DASHES, bodyStart);
            if (end < 0) {
                return found;
            }
            found.add(new Pem(label, text.substring(bodyStart, end)));
            begin = text.indexOf(BEGIN, end);
        }
        return found;
    }

    /**
     * @throws IllegalArgumentException if it is not Base64
     */
    public byte[] bytes() {
        return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
    }

    @Override
    public String toString() {
        return label;
    }
}
