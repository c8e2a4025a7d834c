package io.snorky.examples.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.chat.ChatService;
import io.snorky.examples.shared.TestPage;
import io.snorky.examples.shared.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginServiceTest {

    private static final String ADAS = "ada's secret key";
    private static final String BOBS = "bob's secret key";

    private final TestServer server = new TestServer(new LoginService(), new ChatService("chat"));
    private final TestPage one = server.page();
    private final TestPage two = server.page();

    @AfterEach
    void stop() {
        one.close();
        two.close();
        server.close();
    }

    private static String login(TestPage page, String name, String key) {
        return page.asks("login.login", params(name, key));
    }

    private static String params(String name, String key) {
        return "{'name':'" + name + "','key':'" + key.replace("'", "’") + "'}";
    }

    @Test
    void a_name_becomes_the_identity() {
        assertThat(login(one, "Ada", ADAS)).isEqualTo("\"Ada\"");

        assertThat(one.asks("chat.join", "{'channel':1}")).isEqualTo("{\"members\":[\"Ada\"]}");
    }

    @Test
    void a_name_is_that_of_one_person_with_any_number_of_pages() {
        login(one, "Ada", ADAS);

        assertThat(login(two, "Ada", BOBS)).isEqualTo("Somebody else is Ada");
        assertThat(login(two, "aDA", BOBS)).isEqualTo("Somebody else is Ada");
        assertThat(login(two, "ada", ADAS)).isEqualTo("\"Ada\"");
    }

    @Test
    void a_name_is_free_when_the_last_page_of_its_owner_has_gone() {
        login(one, "Ada", ADAS);
        login(two, "Ada", ADAS);
        two.asks("chat.join", "{'channel':'door'}");
        var three = server.page();

        one.close();
        assertThat(login(three, "Ada", BOBS)).isEqualTo("Somebody else is Ada");

        two.close();
        String answer = login(three, "Ada", BOBS);
        while (answer.equals("Somebody else is Ada")) { // until the server has noticed
            answer = login(three, "Ada", BOBS);
        }
        assertThat(answer).isEqualTo("\"Ada\"");
        three.close();
    }

    @Test
    void a_page_has_one_name_and_may_say_it_again() {
        login(one, "Ada", ADAS);

        assertThat(login(one, "Ada", ADAS)).isEqualTo("\"Ada\"");
        assertThat(login(one, "Bob", ADAS))
                .isEqualTo("name: Bob (expected: Ada, until you connect anew)");
        assertThat(login(two, "Bob", BOBS)).isEqualTo("\"Bob\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " Ada",
                "Ada ",
                "-",
                "Ada\\n",
                "A\\u202ed",
                "abcdefghijklmnopqrstuvwxy"
            })
    void a_bad_name_is_refused(String name) {
        assertThat(login(one, name, ADAS)).startsWith("name: ").contains("(expected: 1 to 24");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "Ada", "Ada Lovelace", "R2-D2", "Zoë", "عائشة", "王", "J. O'Neill"})
    void a_good_name_is_taken(String name) {
        assertThat(Names.isGood(name)).isTrue();
    }

    @Test
    void a_key_that_can_be_guessed_is_refused() {
        assertThat(login(one, "Ada", "short")).isEqualTo("key: 5 characters (expected: 16 to 64)");
    }
}
