package io.snorky.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.Client;
import io.snorky.rpc.Command;
import io.snorky.rpc.Default;
import io.snorky.rpc.RpcService;
import io.snorky.sync.Action;
import io.snorky.sync.Synced;
import io.snorky.sync.SyncedAs;
import io.snorky.sync.SyncedObject;
import io.snorky.sync.Task;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What {@code snorky types} writes. The client's tests compile that very file. */
class TypesCommandTest {

    private static final Path WRITTEN = Path.of("../client-js/test/sync/written.types.ts");

    record Item(int id, String text, @Nullable Item parent, List<String> tags) {}

    enum Mood {
        GOOD,
        BAD
    }

    @Synced(value = "LIST", runningTasks = true)
    static final class ItemList extends SyncedObject {
        String title = "";
        List<Item> items = List.of();
        @Nullable Mood mood;
        Optional<Instant> since = Optional.empty();
        Map<String, List<@Nullable Integer>> counts = Map.of();
        Map<Mood, Boolean> moods = Map.of();
        JsonNode anything = tools.jackson.databind.node.NullNode.instance;
        DayOfWeek day = DayOfWeek.MONDAY;

        @SyncedAs("total-size")
        int size() {
            return items.size();
        }

        @Action
        void rename(String title) {}

        @Action("CLEAR_ALL")
        void clear() {}

        @Action
        void add(Item item, @Default("0") int at_place) {}

        @Action
        void upload(byte[] data, String name) {}

        @Task
        void load(@Nullable String from) {}
    }

    @Synced
    static final class Plain extends SyncedObject {
        int number;
    }

    static final class Tally extends RpcService {
        Tally() {
            super("tally");
        }

        @Command
        int add(Client caller, int amount, @Default("\"points\"") String what) {
            return amount;
        }

        @Command
        CompletionStage<List<Item>> items(@Nullable Mood mood) {
            return CompletableFuture.completedFuture(List.of());
        }

        @Command
        void reset() {}

        @Command
        @Nullable Item rememberWhatWasCountedHereLastTime(String nameOfTheCounter) {
            return null;
        }
    }

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return TypesCommand.run(List.of(arguments), stream(out), stream(err));
    }

    private static PrintStream stream(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String nested(String name) {
        return TypesCommandTest.class.getName() + "$" + name;
    }

    @Test
    void the_types_are_those_that_the_client_is_tested_with() throws IOException {
        assertThat(run(nested("ItemList"), nested("Plain"))).isZero();

        assertThat(printed()).isEqualTo(Files.readString(WRITTEN));
    }

    @Test
    void a_service_is_a_class_with_its_commands_as_methods() {
        assertThat(run(nested("Tally"))).isZero();

        assertThat(printed())
                .contains(
                        """
                        import { type CallOptions, RPCService } from "snorky";

                        /** The service of class Tally, to be given to `new Snorky`. */
                        export class Tally extends RPCService {
                          add(params: TallyCommandAdd, options?: CallOptions): Promise<number> {
                            return this.rpcCall("add", params, options);
                          }

                          items(params: TallyCommandItems = {}, options?: CallOptions): Promise<readonly Item[]> {
                            return this.rpcCall("items", params, options);
                          }

                          rememberWhatWasCountedHereLastTime(
                            params: TallyCommandRememberwhatwascountedherelasttime,
                            options?: CallOptions,
                          ): Promise<Item | null> {
                            return this.rpcCall("rememberWhatWasCountedHereLastTime", params, options);
                          }

                          reset(options?: CallOptions): Promise<null> {
                            return this.rpcCall("reset", {}, options);
                          }
                        }

                        export interface Item {
                        """,
                        """
                        export interface TallyCommandAdd {
                          readonly amount: number;
                          readonly what?: string | undefined;
                        }
                        """);
    }

    @Test
    void a_package_is_searched_whole_and_a_file_written(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("types.ts");

        int code = run("--out", file.toString(), "io.snorky.server.cli");

        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(code).isZero();
        assertThat(printed()).isEmpty();
        assertThat(Files.readString(file))
                .startsWith("// Written by: snorky types io.snorky.server.cli\n")
                .contains(
                        "export interface ItemListState {",
                        "export interface PlainState {",
                        "export class Tally extends RPCService {");
    }

    @Test
    void classes_are_found_on_another_class_path(@TempDir Path folder) {
        int code = run("io.snorky.examples.Nobody", "--classpath", folder + "/*:" + folder);

        assertThat(code).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "io.snorky.examples.Nobody: not on the class path (expected: a class with"
                                + " @Synced or @Command, or a package with some)\n");
        assertThat(run("java.lang.String")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("java.lang.String: nothing there (expected: ");
    }

    @Test
    void two_types_of_one_name_are_refused() {
        assertThat(run("io.snorky.server.twin")).isEqualTo(1);

        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("TwinState: two types (expected: classes of different names)\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--out x", "A --out", "A --what x"})
    void what_is_no_use_of_it_is_told_how_to_use_it(String arguments) {
        String[] all = arguments.isEmpty() ? new String[0] : arguments.split(" ");

        assertThat(run(all)).isEqualTo(2);

        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("usage: snorky types");
        assertThat(run("--help")).isZero();
    }
}
