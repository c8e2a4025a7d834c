package io.snorky.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class ManualSchedulerTest {

    private final ManualScheduler scheduler = new ManualScheduler();
    private final Clock clock = scheduler.clock();
    private final List<String> done = new ArrayList<>();

    private void note(String what) {
        done.add(what + " at " + clock.instant().getEpochSecond() % 60);
    }

    @Test
    void tasks_run_when_their_time_has_come_and_in_its_order() {
        scheduler.schedule(Duration.ofSeconds(3), () -> note("c"));
        scheduler.schedule(Duration.ofSeconds(1), () -> note("a"));
        scheduler.schedule(Duration.ofSeconds(1), () -> note("b"));
        scheduler.schedule(Duration.ofSeconds(2), () -> note("never")).cancel();
        assertThat(scheduler.waiting()).isEqualTo(3);

        scheduler.advance(Duration.ofMillis(999));
        assertThat(done).isEmpty();
        scheduler.advance(Duration.ofSeconds(5));

        assertThat(done).containsExactly("a at 1", "b at 1", "c at 3");
        assertThat(clock.instant()).isEqualTo("2026-01-01T00:00:05.999Z");
    }

    @Test
    void so_do_tasks_that_come_meanwhile() {
        scheduler.schedule(
                Duration.ofSeconds(1),
                () -> scheduler.schedule(Duration.ofSeconds(1), () -> note("later")));

        scheduler.advance(Duration.ofSeconds(2));

        assertThat(done).containsExactly("later at 2");
    }

    @Test
    void time_does_not_run_backwards() {
        assertThatThrownBy(() -> scheduler.advance(Duration.ofSeconds(-1)))
                .hasMessage("time: PT-1S (expected: zero or more)");
    }
}
