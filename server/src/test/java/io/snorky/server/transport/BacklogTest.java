package io.snorky.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.Message;
import io.snorky.Overflow;

import org.junit.jupiter.api.Test;

class BacklogTest {

    private static final Object KIND = "of one kind";

    private final Drop.Counters drops = new Drop.Counters();
    private final Backlog backlog = new Backlog(drops);

    private Message add(String text, Overflow overflow) {
        Message message = Message.ofText(text).with(overflow, KIND);
        backlog.add(message, text.length());
        return message;
    }

    @Test
    void the_oldest_of_those_that_may_be_dropped_goes_first_whatever_has_been_sent() {
        Message kept = add("kept", Overflow.CLOSE);
        add("oldest", Overflow.DROP_OLDEST);
        Message newest = add("newest", Overflow.DROP_OLDEST);
        assertThat(backlog.poll()).isSameAs(kept);

        assertThat(backlog.makeRoom(newest, 1)).isTrue();

        assertThat(backlog.poll()).isSameAs(newest);
        assertThat(backlog.isEmpty()).isTrue();
        assertThat(drops.of(Drop.DROPPED_OLDEST)).isEqualTo(1);
    }
}
