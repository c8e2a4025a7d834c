package io.snorky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.testkit.TestClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

class RegistryTest {

    @NonBlocking
    private static final class Echo extends MessageService {

        private final List<String> events = new ArrayList<>();

        Echo(String name) {
            super(name);
        }

        @Override
        protected void clientConnected(Client client) {
            events.add("+" + client.id());
        }

        @Override
        protected void clientDisconnected(Client client) {
            events.add("-" + client.id());
        }

        @Override
        protected void messageReceived(Client client, JsonNode message) {
            send(client, message);
        }
    }

    @NonBlocking
    private static final class FailsAtEverything extends MessageService {

        FailsAtEverything() {
            super("fails");
        }

        @Override
        protected void clientDisconnected(Client client) {
            throw new IllegalStateException("expected by the test");
        }

        @Override
        protected void messageReceived(Client client, JsonNode message) {
            throw new IllegalStateException("expected by the test");
        }
    }

    private final Echo echo = new Echo("echo");
    private final Registry registry = new Registry(new FailsAtEverything(), echo);
    private final TestClient client = TestClient.connect(registry);

    /** JSON is written with single quotes. */
    private static Reception says(TestClient client, String text) {
        return client.says(text.replace('\'', '"'));
    }

    @Test
    void a_message_goes_to_the_service_whose_name_is_on_it() {
        says(client, "{'message':[5,null],'service':'echo','more':1}");

        assertThat(client.heard()).containsExactly("{'service':'echo','message':[5,null]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "{'service':'echo'",
                "5",
                "[]",
                "null",
                "{'service':'echo'}",
                "{'message':1}",
                "{}",
                "{'service':'echo','message':NaN}",
            })
    void what_is_no_envelope_is_dropped_counted_and_the_next_message_served(String text) {
        Reception reception = says(client, text);
        says(client, "{'service':'echo','message':'still here'}");

        assertThat(reception).isInstanceOf(Reception.Malformed.class);
        assertThat(registry.droppedMessages()).isEqualTo(1);
        assertThat(client.heard()).containsExactly("{'service':'echo','message':'still here'}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'nobody'", "1", "null", "['echo']", "''", "'Echo'"})
    void an_unknown_service_is_told_apart(String name) {
        Reception reception = says(client, "{'service':" + name + ",'message':1}");

        assertThat(reception).isInstanceOf(Reception.UnknownService.class);
    }

    @Test
    void nesting_of_500_levels_is_fine_and_of_50000_is_dropped() {
        says(client, "{'service':'echo','message':" + "[".repeat(500) + "]".repeat(500) + "}");
        says(
                client,
                "{'service':'echo','message':" + "[".repeat(50_000) + "]".repeat(50_000) + "}");

        assertThat(client.heard()).hasSize(1);
        assertThat(registry.droppedMessages()).isEqualTo(1);
    }

    @Test
    void services_hear_of_coming_and_going_even_if_another_fails_at_it() {
        client.leaves();

        assertThat(echo.events)
                .containsExactly("+" + client.client().id(), "-" + client.client().id());
        assertThat(client.client().isConnected()).isFalse();
    }

    @Test
    void a_visitor_is_served_and_nobody_hears_of_it() {
        echo.events.clear();
        TestClient visitor = TestClient.visit(registry);

        says(visitor, "{'service':'echo','message':1}");

        assertThat(visitor.heard()).hasSize(1);
        assertThat(echo.events).isEmpty();
        assertThat(visitor.client().isConnected()).isFalse();
    }

    @Test
    void a_service_that_fails_at_a_message_disturbs_nobody() {
        says(client, "{'service':'fails','message':1}");
        says(client, "{'service':'echo','message':2}");

        assertThat(client.heard()).containsExactly("{'service':'echo','message':2}");
    }

    @Test
    void services_come_and_go() {
        registry.unregister(echo);
        says(client, "{'service':'echo','message':1}");
        registry.register(new Echo("echo2"));
        says(client, "{'service':'echo2','message':2}");

        assertThat(client.heard()).containsExactly("{'service':'echo2','message':2}");
    }

    @Test
    void names_are_unique() {
        assertThatThrownBy(() -> registry.register(new Echo("echo")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("registry: name: echo (expected: unique)");
    }
}
