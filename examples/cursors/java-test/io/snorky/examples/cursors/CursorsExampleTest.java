package io.snorky.examples.cursors;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.examples.login.LoginService;
import io.snorky.examples.shared.TestPage;
import io.snorky.examples.shared.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CursorsExampleTest {

    private final TestServer server = new TestServer(new LoginService(), CursorsExample.service());
    private final TestPage page = server.page();

    @AfterEach
    void stop() {
        page.close();
        server.close();
    }

    @Test
    void who_has_a_name_may_join_and_have_one_cursor() {
        String board = "{'document':'board'}";
        assertThat(page.asks("cursors.join", board)).isEqualTo("Not authenticated");

        page.asks("login.login", "{'name':'Ada','key':'0123456789abcdef'}");

        assertThat(page.asks("cursors.join", board)).isEqualTo("{\"cursors\":[]}");
        assertThat(create(0)).matches("\\d+");
        assertThat(create(1)).isEqualTo("Too many cursors");
    }

    private String create(int handle) {
        return page.asks(
                "cursors.createCursor",
                "{'privateHandle':" + handle + ",'document':'board','position':0,'status':null}");
    }
}
