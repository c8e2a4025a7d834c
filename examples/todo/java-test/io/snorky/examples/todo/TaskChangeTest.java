package io.snorky.examples.todo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.UUID;

class TaskChangeTest {

    private static final Task FIRST = new Task(UUID.randomUUID(), 1, "first", false, 1);
    private static final Task SECOND = new Task(FIRST.id(), 1, "second", false, 2);
    private static final Task THIRD = new Task(FIRST.id(), 1, "third", true, 3);

    @Test
    void two_changes_in_a_row_are_one_from_the_first_state_to_the_last() {
        assertThat(TaskChange.updated(FIRST, SECOND).then(TaskChange.updated(SECOND, THIRD)))
                .isEqualTo(TaskChange.updated(FIRST, THIRD));
        assertThat(TaskChange.inserted(FIRST).then(TaskChange.updated(FIRST, SECOND)))
                .isEqualTo(TaskChange.inserted(SECOND));
        assertThat(TaskChange.updated(FIRST, SECOND).then(TaskChange.deleted(SECOND)))
                .isEqualTo(TaskChange.deleted(FIRST));
        assertThat(TaskChange.deleted(FIRST).then(TaskChange.inserted(SECOND)))
                .isEqualTo(TaskChange.updated(FIRST, SECOND));
    }

    @Test
    void of_what_came_and_went_nothing_is_left() {
        assertThat(TaskChange.inserted(FIRST).then(TaskChange.deleted(FIRST))).isNull();
    }
}
