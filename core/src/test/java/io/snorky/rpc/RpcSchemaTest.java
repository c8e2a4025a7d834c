package io.snorky.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.Client;
import io.snorky.ConfigurationException;
import io.snorky.schema.Schemas;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What is said of commands without a service being made. */
class RpcSchemaTest {

    record Score(String who, int points) {}

    static class Board extends RpcService {
        Board() {
            super("board");
            throw new IllegalStateException("nobody makes one");
        }

        @Command
        int add(Client caller, @Param("of") Score score, @Default("1") int times) {
            return 0;
        }

        @Command("best-of")
        CompletionStage<List<Score>> best(@Nullable Integer count) {
            return CompletableFuture.completedFuture(List.of());
        }

        @Command
        CompletableFuture<Void> later() {
            return CompletableFuture.completedFuture(null);
        }

        @Command
        void reset() {}
    }

    static final class Twice extends Board {
        @Command("reset")
        void again() {}

        @Command("reset")
        void andAgain() {}
    }

    private final JsonNode definitions = schemas(Board.class).toJson().path("$defs");

    private static Schemas schemas(Class<? extends RpcService> service) {
        var schemas = new Schemas();
        RpcSchema.addTo(schemas, service);
        return schemas;
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    @Test
    void parameters_are_members_but_for_the_caller() {
        assertThat(definitions.path("BoardCommandAdd"))
                .isEqualTo(
                        json(
                                """
                                {'title':'BoardCommandAdd','type':'object','properties':{
                                 'of':{'$ref':'#/$defs/Score'},
                                 'times':{'type':'integer','default':1}},'required':['of']}\
                                """));
        assertThat(definitions.path("BoardCommandBest-of").path("required").isEmpty()).isTrue();
        assertThat(definitions.path("BoardCommandsKeys").path("enum"))
                .isEqualTo(json("['add','best-of','later','reset']"));
        assertThat(definitions.path("BoardCommandsParams").path("properties").path("reset"))
                .isEqualTo(json("{'type':'null'}"));
    }

    @Test
    void results_are_what_is_replied_also_when_that_comes_later() {
        assertThat(definitions.path("BoardCommandsResults").path("properties"))
                .isEqualTo(
                        json(
                                """
                                {'add':{'type':'integer'},
                                 'best-of':{'type':'array','items':{'$ref':'#/$defs/Score'}},
                                 'later':{'type':'null'},'reset':{'type':'null'}}\
                                """));
    }

    @Test
    void two_commands_of_one_name_are_refused() {
        assertThatThrownBy(() -> schemas(Twice.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("command reset");
    }
}
