package io.snorky.examples.talk;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.examples.shared.TestPage;
import io.snorky.examples.shared.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TalkExampleTest {

    private final TestServer server = new TestServer(TalkExample.service());
    private final TestPage page = server.page();

    @AfterEach
    void stop() {
        page.close();
        server.close();
    }

    @Test
    void a_page_has_one_name_that_people_can_read() {
        assertThat(register("  ")).isEqualTo("Name not allowed");
        assertThat(register("Ada")).isEqualTo("null");
        assertThat(register("Ada")).isEqualTo("Name already registered");
        assertThat(register("Bob")).isEqualTo("names: 1 (expected: at most 1)");
        assertThat(page.asks("talk.listParticipants", "{}")).isEqualTo("[\"Ada\"]");
    }

    private String register(String name) {
        return page.asks("talk.registerParticipant", "{'name':'" + name + "'}");
    }
}
