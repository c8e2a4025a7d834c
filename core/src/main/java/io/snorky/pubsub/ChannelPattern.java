package io.snorky.pubsub;

import io.snorky.ConfigurationException;

import java.util.ArrayList;
import java.util.List;

/**
 * Says of channels that are strings whether they are meant. A channel consists of segments with
 * {@code /} or {@code :} between them; {@code *} stands for one segment, and {@code **} at the end
 * for all that is left, one character at least. Everything else stands for itself:
 *
 * <pre>
 * chat/*        chat/cats                   not chat, chat/ or chat/cats/typing
 * user:*:inbox  user:7:inbox                not user:7:8:inbox
 * chat/**       chat/cats, chat/cats/typing not chat/
 * **            every string but the empty one
 * </pre>
 *
 * <p>Threads: immutable.
 */
public final class ChannelPattern {

    /** What a channel has to have at a place. */
    private sealed interface Part {

        record Literal(String text) implements Part {}

        record Segment() implements Part {}

        record Rest() implements Part {}
    }

    private final String text;
    private final List<Part> parts;

    private ChannelPattern(String text, List<Part> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
    }

    /**
     * @throws ConfigurationException if a {@code *} is not a whole segment, a {@code **} not the
     *     last, or there is nothing
     */
    public static ChannelPattern of(String text) {
        if (text.isEmpty()) {
            throw wrong(text, "a channel, or a pattern as chat/*");
        }
        List<Part> parts = new ArrayList<>();
        int begin = 0;
        while (begin <= text.length()) {
            int end = endOfSegment(text, begin);
            String segment = text.substring(begin, end);
            if (segment.equals("**") && end == text.length()) {
                parts.add(new Part.Rest());
            } else if (segment.equals("*")) {
                parts.add(new Part.Segment());
            } else if (segment.contains("*")) {
                throw wrong(text, "* as a whole segment, or ** as the last, as in chat/*");
            } else {
                parts.add(new Part.Literal(segment));
            }
            if (end < text.length()) {
                parts.add(new Part.Literal(text.substring(end, end + 1)));
            }
            begin = end + 1;
        }
        return new ChannelPattern(text, parts);
    }

    private static ConfigurationException wrong(String text, String expected) {
        String problem = "pattern: \"" + text + "\" (expected: " + expected + ")";
        return new ConfigurationException("channels", List.of(problem));
    }

    private static int endOfSegment(String text, int begin) {
        int end = begin;
        while (end < text.length() && text.charAt(end) != '/' && text.charAt(end) != ':') {
            end++;
        }
        return end;
    }

    /** Whether that channel is meant. */
    public boolean matches(String channel) {
        int place = 0;
        for (Part part : parts) {
            switch (part) {
                case Part.Literal(String literal) -> {
                    if (!channel.startsWith(literal, place)) {
                        return false;
                    }
                    place += literal.length();
                }
                case Part.Segment unused -> {
                    int end = endOfSegment(channel, place);
                    if (end == place) {
                        return false;
                    }
                    place = end;
                }
                case Part.Rest unused -> {
                    return place < channel.length();
                }
            }
        }
        return place == channel.length();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
