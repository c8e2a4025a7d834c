package io.snorky.rpc;

import static io.snorky.testkit.Json.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.snorky.ConfigurationException;
import io.snorky.Registry;
import io.snorky.testkit.TestClient;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.InputStream;
import java.util.List;

class CommandScannerTest {

    @SuppressWarnings("UnusedVariable")
    private static final class AllWrong extends RpcService {

        AllWrong() {
            super("wrong");
        }

        @Command
        void twice(int a) {}

        @Command
        void twice(String a) {}

        @Command
        void unbindable(InputStream in, List<Runnable> list) {}

        @Command
        void badDefault(@Default("\"x\"") int n) {}

        @Command
        void notJson(@Default("x") String s) {}

        @Command
        void nullablePrimitive(@Nullable Integer fine, @Param("a") int x, @Param("a") int y) {}

        @Command
        <T> void generic(T value) {}
    }

    @Test
    void a_service_whose_commands_cannot_work_is_not_built_and_all_mistakes_are_told() {
        ConfigurationException e =
                catchThrowableOfType(ConfigurationException.class, AllWrong::new);

        assertThat(e.getMessage()).startsWith("service wrong: ");
        assertThat(e.problems())
                .anyMatch(problem -> problem.startsWith("command twice: "))
                .anyMatch(problem -> problem.startsWith("command unbindable, parameter in: "))
                .anyMatch(problem -> problem.startsWith("command unbindable, parameter list: "))
                .anyMatch(problem ->
                        problem.startsWith("command badDefault, parameter n: @Default \"x\""))
                .anyMatch(problem -> problem.startsWith("command notJson, parameter s: @Default x"))
                .anyMatch(problem -> problem.equals("command nullablePrimitive: two parameters a"))
                .anyMatch(problem -> problem.startsWith("command generic, parameter value: "))
                .hasSize(7);
    }

    private static class Parent extends RpcService {

        Parent() {
            super("family");
        }

        @Command
        String who(String name) {
            return "parent of " + name;
        }
    }

    private static final class Child extends Parent {

        @Override
        @Command
        String who(String name) {
            return "child of " + name;
        }
    }

    @Test
    void a_command_may_be_overridden() {
        var client = TestClient.connect(new Registry(new Child()));

        client.call("family", "who", json("{'name':'Ann'}")).replies("child of Ann");
    }
}
