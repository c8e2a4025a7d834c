package io.snorky.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.ConfigurationException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;
import java.util.regex.Pattern;

class ChannelPatternTest {

    @ParameterizedTest
    @CsvSource({
        "news, news, true",
        "news, newspaper, false",
        "chat/*, chat/cats, true",
        "chat/*, chat/, false",
        "chat/*, chat, false",
        "chat/*, chat/cats/typing, false",
        "chat/*, chat/cats:typing, false",
        "chat/*, chat:cats, false",
        "user:*:inbox, user:7:inbox, true",
        "user:*:inbox, user:7:8:inbox, false",
        "*, news, true",
        "*, chat/cats, false",
        "**, chat/cats, true",
        "chat/**, chat/cats/typing, true",
        "chat/**, chat/, false",
        "chat/*/**, chat/cats/, false",
        "a.b, a.b, true",
        "a.b, axb, false",
        "/a/, /a/, true",
        "/a/, /a, false"
    })
    void a_star_is_a_segment_and_two_are_the_rest(String pattern, String channel, boolean matches) {
        assertThat(ChannelPattern.of(pattern).matches(channel)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a*", "chat/*x", "**/a", "a/***", "**:", "*a/**"})
    void what_is_no_pattern_is_refused(String pattern) {
        assertThatThrownBy(() -> ChannelPattern.of(pattern))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("pattern: \"" + pattern + "\" (expected: ");
    }

    @Test
    void it_is_what_the_regular_expression_says() {
        var random = new Random(1);
        int matched = 0;
        for (int i = 0; i < 50_000; i++) {
            String pattern = some(random, 1 + random.nextInt(5), "a", "b", "*", "**", "", "a.");
            String channel = some(random, 1 + random.nextInt(5), "a", "b", "ab", "", "a.", "*");
            try {
                boolean matches = ChannelPattern.of(pattern).matches(channel);
                assertThat(matches)
                        .as(pattern + " and " + channel)
                        .isEqualTo(expression(pattern).matcher(channel).matches());
                matched += matches ? 1 : 0;
            } catch (ConfigurationException e) {
                String open = pattern.endsWith("**") ? pattern.replaceFirst("..$", "") : pattern;
                assertThat(pattern.isEmpty() || open.contains("**")).as(pattern).isTrue();
            }
        }
        assertThat(matched).isGreaterThan(500);
    }

    private static String some(Random random, int segments, String... of) {
        var text = new StringBuilder();
        for (int i = 0; i < segments; i++) {
            if (i > 0) {
                text.append(random.nextBoolean() ? '/' : ':');
            }
            text.append(of[random.nextInt(of.length)]);
        }
        return text.toString();
    }

    private static Pattern expression(String pattern) {
        boolean isOpen = pattern.equals("**") || pattern.matches(".*[/:]\\*\\*");
        String closed = isOpen ? pattern.replaceFirst("..$", "") : pattern;
        String expression =
                "\\Q" + closed.replaceAll("(?<=^|[/:])\\*(?=$|[/:])", "\\\\E[^/:]+\\\\Q") + "\\E";
        return Pattern.compile(isOpen ? expression + ".+" : expression);
    }
}
