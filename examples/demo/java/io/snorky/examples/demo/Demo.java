package io.snorky.examples.demo;

import io.snorky.ConfigurationException;
import io.snorky.Registry;
import io.snorky.chat.ChatService;
import io.snorky.datasync.BroadcastDealer;
import io.snorky.datasync.DataSyncBackend;
import io.snorky.datasync.DataSyncService;
import io.snorky.examples.calculator.CalculatorService;
import io.snorky.examples.cursors.CursorsExample;
import io.snorky.examples.demo.ExamplePages.Example;
import io.snorky.examples.login.LoginService;
import io.snorky.examples.notes.NotesExample;
import io.snorky.examples.talk.TalkExample;
import io.snorky.examples.todo.TodoApplication;
import io.snorky.examples.todo.TodoOptions;
import io.snorky.pubsub.PubSubBackend;
import io.snorky.pubsub.PubSubService;
import io.snorky.server.SnorkyServer;
import io.snorky.server.SockJsOptions;
import io.snorky.server.WebSocketOptions;
import io.snorky.sync.SyncSessions;

import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * All examples at once, on loopback: a Snorky server, and beside it the todo web application, which
 * talks to it through the HTTP back end as a foreign one would.
 */
public final class Demo implements AutoCloseable {

    private final CalculatorService calculator = new CalculatorService();
    private final SyncSessions notes = NotesExample.sessions();
    private final SnorkyServer server;
    private final TodoApplication todo;
    private final String host = "127.0.0.1";

    private Demo(DemoArguments arguments) throws IOException, SQLException {
        var pages = new ExamplePages();
        server = startSnorky(arguments, calculator, notes, pages);
        try {
            todo = TodoApplication.start(todoOptions(arguments));
        } catch (IOException | SQLException | RuntimeException e) {
            server.close();
            throw e;
        }
        pages.show(examples());
    }

    private List<Example> examples() {
        var listed =
                Stream.of(
                        new Example(
                                "todo",
                                "Todo",
                                "TodoMVC on a SQL database. Open it twice: what one window changes,"
                                        + " the other shows.",
                                todo.address(),
                                "examples/todo"));
        var served = ServedPages.ALL.stream().map(page -> page.at(authority(0)));
        return Stream.concat(listed, served).toList();
    }

    private static SnorkyServer startSnorky(
            DemoArguments arguments,
            CalculatorService calculator,
            SyncSessions notes,
            ExamplePages pages) {
        var datasync = new DataSyncService("datasync", new BroadcastDealer("AllTasks", "Task"));
        var pubsub = new PubSubService("pubsub");
        var frontend =
                new Registry(
                        datasync,
                        pubsub,
                        calculator,
                        new LoginService(),
                        new ChatService("chat"),
                        CursorsExample.service(),
                        TalkExample.service());
        return SnorkyServer.builder()
                .listen(
                        arguments.port(),
                        at -> {
                            at.webSocket("/ws", WebSocketOptions.DEFAULT, frontend);
                            at.sockJs("/sockjs", SockJsOptions.DEFAULT, frontend);
                            at.sync("/notes/sync", notes);
                            ServedPages.ALL.forEach(page -> at.files(page.path(), page.files()));
                            at.files("/", pages);
                        })
                .listen(
                        arguments.backendPort(),
                        at ->
                                at.httpBackend(
                                        "/backend",
                                        arguments.key(),
                                        new DataSyncBackend("datasync_backend", datasync),
                                        new PubSubBackend("pubsub_backend", pubsub)))
                .start();
    }

    private TodoOptions todoOptions(DemoArguments arguments) {
        return TodoOptions.withKey(arguments.key())
                .withPort(arguments.todoPort())
                .withDatabase(arguments.database())
                .withSnorkyBackend(URI.create(backend()))
                .withSnorkyWebsocket(":" + port(0) + "/ws");
    }

    private int port(int index) {
        return server.addresses().get(index).getPort();
    }

    private String authority(int index) {
        return host + ":" + port(index);
    }

    private String backend() {
        return "http://" + authority(1) + "/backend";
    }

    private void announce() {
        System.out.println("examples http://" + authority(0) + "/");
        examples().forEach(each -> System.out.println(each.name() + " " + each.url()));
        System.out.println("websocket ws://" + authority(0) + "/ws");
        System.out.println("backend " + backend());
        System.out.println("ready");
    }

    /** Stops all. */
    @Override
    public void close() {
        todo.close();
        server.close();
        notes.close();
        calculator.close();
    }

    /**
     * Runs the demo until the process is told to end.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) throws Exception {
        if (List.of(args).contains("--help")) {
            System.out.print(DemoArguments.USAGE);
            return;
        }
        try {
            var demo = new Demo(DemoArguments.parse(List.of(args), System.getenv()));
            Runtime.getRuntime().addShutdownHook(new Thread(demo::close, "demo-stop"));
            demo.announce();
            demo.server.awaitShutdown();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n\n" + DemoArguments.USAGE);
            System.exit(2);
        } catch (ConfigurationException | IOException | SQLException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
