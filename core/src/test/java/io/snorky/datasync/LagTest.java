package io.snorky.datasync;

import static io.snorky.datasync.World.PLAYERS;
import static io.snorky.datasync.World.player;
import static io.snorky.testkit.Json.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.CloseReason;
import io.snorky.testkit.TestClient;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.stream.IntStream;

/** What becomes of clients whose connections are full. */
class LagTest {

    private final World world = World.ofPlayers(10);
    private final Page page = new Page(world);
    private final String token = world.authorize(PLAYERS);

    private static String[] inserts(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(id -> "insert " + id)
                .toArray(String[]::new);
    }

    @Test
    void what_finds_no_room_is_read_from_the_log_later_each_once_and_in_order() {
        page.acquires(token);
        page.heard();
        page.client.hasRoomFor(2);

        world.insert(1, 6);
        assertThat(page.heard()).containsExactly(inserts(1, 2));
        assertThat(world.figure("lagging")).isEqualTo(1);

        page.client.hasRoomFor(3);
        assertThat(page.heard()).containsExactly(inserts(3, 5));
        world.insert(7, 8);
        assertThat(page.heard()).isEmpty();

        page.client.hasRoomFor(100);
        world.insert(9, 9);
        assertThat(page.heard()).containsExactly(inserts(6, 9));
        assertThat(world.figure("lagging")).isZero();
        assertThat(world.figure("lags")).isEqualTo(1);
        assertThat(world.figure("caught.up")).isEqualTo(6);
    }

    @Test
    void others_are_not_held_up() {
        Page other = new Page(world);
        other.acquires(world.authorize(PLAYERS));
        page.acquires(token);
        page.client.hasRoomFor(0);

        world.insert(1, 3);

        assertThat(other.heard()).containsExactly("started", "insert 1", "insert 2", "insert 3");
    }

    @Test
    void a_client_gets_all_of_one_change_or_reads_all_of_it_later() {
        page.acquires(
                world.authorize(
                        "[{'dealer':'AllPlayers','query':1,'tag':'a'},"
                                + "{'dealer':'AllPlayers','query':1,'tag':'b'}]"));
        page.heard();
        page.client.hasRoomFor(1);

        world.insert(1, 2);
        assertThat(page.heard()).containsExactlyInAnyOrder("a: insert 1", "b: insert 1");

        page.client.hasRoomFor(100);
        assertThat(page.heard()).containsExactlyInAnyOrder("a: insert 2", "b: insert 2");
    }

    @Test
    void who_falls_behind_the_beginning_of_the_log_is_told_to_fetch_afresh() {
        page.acquires(token);
        page.heard();
        page.client.hasRoomFor(0);
        world.insert(1, 11);

        page.client.hasRoomFor(100);

        assertThat(page.client.next())
                .isEqualTo(
                        "{'service':'datasync','message':{'type':'resync','token':'"
                                + token
                                + "'}}");
        assertThat(page.client.closed()).isEmpty();
        world.insert(12, 12);
        assertThat(page.heard()).isEmpty();
        page.acquires(token);
        assertThat(page.heard()).containsExactly("No such subscription");
        assertThat(world.figure("resyncs")).isEqualTo(1);
        assertThat(world.figure("lagging")).isZero();
        assertThat(world.figure("held")).isZero();
    }

    @Test
    void who_could_not_understand_that_is_hung_up_on() {
        TestClient original = world.connect();
        original.call("datasync", "acquireSubscription", json("{'token':'" + token + "'}"))
                .replies(null);
        original.hasRoomFor(0);
        world.insert(1, 11);

        original.hasRoomFor(100);

        original.isClosedWith(CloseReason.SLOW_READER.code());
        assertThat(original.heard()).isEmpty();
    }

    @Test
    void a_client_that_is_gone_while_it_lagged_resumes_where_it_stopped_even_without_an_offset() {
        TestClient original = world.connect();
        original.call("datasync", "acquireSubscription", json("{'token':'" + token + "'}"))
                .replies(null);
        original.hasRoomFor(2);
        world.insert(1, 5);
        assertThat(original.heard()).hasSize(2);
        original.leaves();
        assertThat(world.figure("lagging")).isZero();

        Page next = new Page(world);
        next.acquires(token);

        assertThat(next.heard()).containsExactly("insert 3", "insert 4", "insert 5", "started");
    }

    @Test
    void a_subscription_that_is_acquired_while_others_lag_joins_them_from_its_own_place() {
        page.acquires(token);
        page.heard();
        world.insert(1, 2);
        String tagged = world.authorize("[{'dealer':'AllPlayers','query':1,'tag':'b'}]");
        page.client.hasRoomFor(0);
        world.insert(3, 3);

        page.acquires(tagged);
        page.client.hasRoomFor(100);
        world.insert(4, 4);

        assertThat(page.heard())
                .containsExactly(
                        "insert 1",
                        "insert 2",
                        "insert 3",
                        "b: insert 3",
                        "started",
                        "insert 4",
                        "b: insert 4");
    }

    @Test
    void one_that_is_acquired_from_an_earlier_place_brings_the_others_nothing_twice() {
        String later = world.authorize("[{'dealer':'AllPlayers','query':1,'tag':'b'}]");
        page.acquires(token);
        world.insert(1, 3);
        assertThat(page.heard()).containsExactly("started", "insert 1", "insert 2", "insert 3");

        page.acquires(later);
        world.insert(4, 4);

        assertThat(page.heard())
                .containsExactly(
                        "b: insert 1",
                        "b: insert 2",
                        "b: insert 3",
                        "started",
                        "insert 4",
                        "b: insert 4");
    }

    @Test
    void nothing_of_a_cancelled_subscription_comes_after_the_answer_even_if_it_lagged() {
        page.acquires(token);
        page.heard();
        page.client.hasRoomFor(0);
        world.insert(1, 3);

        page.client.call("datasync", "cancelSubscription", json("{'token':'" + token + "'}"));
        page.client.hasRoomFor(100);
        world.insert(4, 4);

        assertThat(page.heard()).containsExactly("done");
    }

    @Test
    void a_lost_connection_ends_the_wait_of_a_call_for_its_deltas() {
        world.insert(1, 3);
        page.client.hasRoomFor(1);
        page.acquires(token);
        assertThat(page.heard()).containsExactly("insert 1");
        page.client.leaves();

        world.scheduler.advance(Duration.ofSeconds(119));
        Page next = new Page(world);
        next.acquires(token);

        assertThat(next.heard()).containsExactly("insert 2", "insert 3", "started");
    }

    @Test
    void a_batch_larger_than_there_is_room_for_comes_in_pieces() {
        page.acquires(token);
        page.heard();
        page.client.hasRoomFor(3);

        world.publish(
                IntStream.rangeClosed(1, 10).mapToObj(id -> player(id)).toArray(String[]::new));

        assertThat(page.heard()).containsExactly(inserts(1, 3));
        page.client.hasRoomFor(100);
        assertThat(page.heard()).containsExactly(inserts(4, 10));
    }
}
