package io.snorky.datasync;

import static io.snorky.datasync.World.PLAYERS;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.testkit.TestClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Map;

/** Offsets, and what a client can do with them. */
class ResumeTest {

    private final World world = World.ofPlayers(10);
    private final Page page = new Page(world);
    private final String token = world.authorize(PLAYERS);

    @Test
    void a_client_that_asks_for_it_is_told_offsets_and_where_it_starts() {
        world.insert(1, 2);
        page.acquires(token);
        world.insert(3, 3);

        String first = page.client.next();
        assertThat(first)
                .matches(
                        "\\{'service':'datasync','message':\\{'type':'delta','delta':"
                                + "\\{'type':'insert','model':'Player','data':\\{'id':1\\}\\},"
                                + "'offset':'[a-z0-9]{10}-1'\\}\\}");
        assertThat(page.heard()).containsExactly("insert 2", "started", "insert 3");
        assertThat(page.offset).endsWith("-3");
    }

    @Test
    void it_starts_where_its_token_was_authorised() {
        page.acquires(token);
        assertThat(page.heard()).containsExactly("started");
        assertThat(page.offset).endsWith("-0");
    }

    @Test
    void on_a_new_connection_it_goes_on_after_the_last_delta_it_applied() {
        page.acquires(token);
        world.insert(1, 2);
        page.heard();
        String applied = page.offset;
        world.insert(3, 3);
        page.client.leaves(); // the third was under way
        world.insert(4, 4);

        Page next = new Page(world);
        next.resumes(token, applied);
        world.insert(5, 5);

        assertThat(next.heard()).containsExactly("insert 3", "insert 4", "started", "insert 5");
    }

    @Test
    void it_takes_over_from_a_connection_that_the_server_believes_in_still() {
        page.acquires(token);
        world.insert(1, 1);
        page.heard();

        Page next = new Page(world);
        next.resumes(token, page.offset);
        world.insert(2, 2);

        assertThat(next.heard()).containsExactly("started", "insert 2");
        assertThat(page.heard()).containsExactly("resync");
    }

    @Test
    void without_an_offset_nobody_takes_it_from_a_connection_that_lives() {
        page.acquires(token);
        page.heard();

        Page next = new Page(world);
        next.acquires(token);

        assertThat(next.heard()).containsExactly("Already acquired");
        world.insert(1, 1);
        assertThat(page.heard()).containsExactly("insert 1");
    }

    @Test
    void what_the_log_has_lost_is_asked_for_afresh() {
        page.acquires(token);
        world.insert(1, 1);
        page.heard();
        page.client.leaves();
        world.insert(2, 12);

        Page next = new Page(world);
        next.resumes(token, page.offset);
        next.resumes(token, page.offset);

        assertThat(next.heard()).containsExactly("resync", "No such subscription");
        assertThat(world.figure("resyncs")).isEqualTo(1);
        assertThat(world.figure("waiting")).isZero();
    }

    @Test
    void an_offset_of_another_life_of_the_server_is_recognised() {
        World former = World.ofPlayers(10);
        Page there = new Page(former);
        there.acquires(former.authorize(PLAYERS));
        there.heard();

        page.resumes(token, there.offset);
        page.acquires(token);

        assertThat(page.heard()).containsExactly("resync", "started");
    }

    @Test
    void nothing_before_its_authorisation_is_for_it() {
        world.insert(1, 3);
        String later = world.authorize(PLAYERS);
        page.acquires(later);
        page.heard();
        String start = page.offset;
        page.client.leaves();

        Page next = new Page(world);
        next.resumes(later, start.replaceAll("-3$", "-1"));

        assertThat(next.heard()).containsExactly("started");
    }

    @Test
    void a_token_is_resumed_within_its_life_only() {
        page.acquires(token);
        page.heard();
        page.client.leaves();
        world.scheduler.advance(Duration.ofSeconds(120));

        Page next = new Page(world);
        next.resumes(token, page.offset);

        assertThat(next.heard()).containsExactly("No such subscription");
        assertThat(world.figure("expired")).isEqualTo(1);
    }

    @Test
    void who_looks_at_rows_that_seldom_change_is_told_how_far_it_got() {
        World teams =
                new World(
                        10,
                        new BroadcastDealer("AllPlayers", "Player"),
                        new BroadcastDealer("AllTeams", "Team"));
        String ofTeams = teams.authorize("[{'dealer':'AllTeams','query':null}]");
        Page quiet = new Page(teams);
        TestClient original = teams.connect();
        Object ofPlayers = Map.of("token", teams.authorize(PLAYERS));
        original.call("datasync", "acquireSubscription", ofPlayers).replies(null);
        quiet.acquires(ofTeams);
        quiet.heard();

        teams.insert(1, 9);
        teams.scheduler.advance(PositionNotices.INTERVAL);
        teams.insert(10, 15);

        assertThat(quiet.heard()).containsExactly("position");
        assertThat(original.heard()).hasSize(15).noneMatch(text -> text.contains("position"));
        quiet.client.leaves();
        Page next = new Page(teams);
        next.resumes(ofTeams, quiet.offset);
        assertThat(next.heard()).containsExactly("started");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "5 | offset: 5 (expected: a string, or null)",
                "true | offset: true (expected: a string, or null)",
                "'abc' | offset: abc (expected: one that came from here, or null)",
                "'a-1x' | offset: a-1x (expected: one that came from here, or null)",
                "'a--1' | offset: a--1 (expected: one that came from here, or null)",
            })
    void an_offset_that_is_none_is_refused_and_the_token_stays_good(String offset, String text) {
        page.acquires(token, offset, "");
        assertThat(page.heard()).containsExactly(text);

        page.acquires(token);
        assertThat(page.heard()).containsExactly("started");
    }
}
