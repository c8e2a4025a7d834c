package io.snorky.datasync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class DeltaTest {

    private static final JsonNode RED = JsonNodeFactory.instance.stringNode("red");
    private static final JsonNode BLUE = JsonNodeFactory.instance.stringNode("blue");

    @Test
    void who_sees_some_rows_sees_an_update_across_the_border_as_an_insert_or_a_delete() {
        var update = new Delta.Update("Player", BLUE, RED);

        assertThat(update.through(row -> true)).contains(update);
        assertThat(update.through(BLUE::equals)).contains(new Delta.Insert("Player", BLUE));
        assertThat(update.through(RED::equals)).contains(new Delta.Delete("Player", RED));
        assertThat(update.through(row -> false)).isEmpty();
    }

    @Test
    void inserts_and_deletes_are_seen_or_not() {
        var insert = new Delta.Insert("Player", RED);
        var delete = new Delta.Delete("Player", RED);

        assertThat(insert.through(RED::equals)).contains(insert);
        assertThat(insert.through(BLUE::equals)).isEmpty();
        assertThat(delete.through(RED::equals)).contains(delete);
        assertThat(delete.through(BLUE::equals)).isEmpty();
    }
}
