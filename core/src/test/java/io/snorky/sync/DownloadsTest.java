package io.snorky.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.testkit.ManualScheduler;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files that browsers fetch, without the HTTP they fetch them by. */
class DownloadsTest {

    private static final Pattern TOLD =
            Pattern.compile(
                    "\\{'type':'_DOWNLOAD','data':\\{'filename':'(.+)',"
                            + "'url':'download/([A-Za-z0-9_-]{32})'}}");

    private final ManualScheduler time = new ManualScheduler();
    private final SyncSessions sessions =
            SyncSessions.singleBuilder(session -> new SessionState() {})
                    .time(time, time.clock())
                    .limits(SyncLimits.DEFAULT.withMaxDownloadBytes(3))
                    .build();
    private final Tab tab = Tab.open(sessions).hearsNothing();
    private final SyncSession session = sessions.sessions().getFirst();

    private String token(String filename) {
        Matcher told = TOLD.matcher(tab.next());
        assertThat(told.matches()).isTrue();
        assertThat(told.group(1)).isEqualTo(filename);
        return told.group(2);
    }

    private static byte[] content(Optional<Download> download) throws IOException {
        try (InputStream in = download.orElseThrow().source().open()) {
            return in.readAllBytes();
        }
    }

    @Test
    void what_is_small_comes_with_the_event() {
        assertThat(session.download("a.txt", new byte[] {'a', 'b', 'c'})).isTrue();

        tab.hears("_DOWNLOAD", "{'filename':'a.txt','data':'YWJj'}");
    }

    @Test
    void what_is_larger_is_fetched_once() throws IOException {
        assertThat(session.download("a.txt", new byte[] {1, 2, 3, 4})).isTrue();
        String token = token("a.txt");

        assertThat(sessions.downloads().look(token)).isPresent();
        assertThat(content(sessions.downloads().take(token))).containsExactly(1, 2, 3, 4);

        assertThat(sessions.downloads().take(token)).isEmpty();
        assertThat(sessions.downloads().look(token)).isEmpty();
        assertThat(time.waiting()).isZero();
    }

    @Test
    void a_file_is_read_when_it_is_fetched(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("b");
        session.download("b.txt", file);
        Files.writeString(file, "later");

        Download download = sessions.downloads().take(token("b.txt")).orElseThrow();

        assertThat(download.source().length()).isEqualTo(OptionalLong.of(5));
        assertThat(content(Optional.of(download))).asString().isEqualTo("later");
    }

    @Test
    void nobody_finds_what_was_never_offered() {
        assertThat(sessions.downloads().take("")).isEmpty();
        assertThat(sessions.downloads().look("A".repeat(32))).isEmpty();
    }

    @Test
    void who_does_not_come_within_a_minute_comes_too_late() {
        session.download("a", new byte[9]);
        String token = token("a");

        time.advance(Downloads.LIFETIME.minusMillis(1));
        assertThat(sessions.downloads().look(token)).isPresent();

        time.advance(Duration.ofMillis(1));
        assertThat(sessions.downloads().take(token)).isEmpty();
    }

    @Test
    void nothing_is_offered_to_nobody() {
        tab.close();

        assertThat(session.download("a", new byte[1])).isFalse();
        assertThat(session.download("a", new byte[9])).isFalse();
        assertThat(session.download("a", Path.of("none"))).isFalse();
    }

    @Test
    void of_too_many_the_oldest_goes() {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i <= Downloads.PER_SESSION; i++) {
            session.download("a", new byte[9]);
            tokens.add(token("a"));
        }

        assertThat(sessions.downloads().look(tokens.removeFirst())).isEmpty();
        assertThat(tokens)
                .doesNotHaveDuplicates()
                .allSatisfy(each -> assertThat(sessions.downloads().look(each)).isPresent());
    }

    @Test
    void they_outlive_the_connection_but_not_the_session() {
        session.download("a", new byte[9]);
        String token = token("a");

        Tab other = Tab.open(sessions).hearsNothing();
        assertThat(sessions.downloads().look(token)).isPresent();

        session.terminate();
        assertThat(sessions.downloads().look(token)).isEmpty();
        other.close();
    }
}
