package io.snorky.examples.todo;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * The todo example: a web application of its own that serves its page and a REST API, keeps its
 * tasks in a SQL database, and tells a Snorky server about each change, so that every open page
 * shows it.
 *
 * <p>Threads: may be shared.
 */
public final class TodoApplication implements AutoCloseable {

    private final Database database;
    private final SnorkyBackend snorky;
    private final ChangePublisher publisher;
    private final TodoServer server;
    private final String host;

    private TodoApplication(TodoOptions options) throws IOException, SQLException {
        host = options.host();
        server = new TodoServer(host, options.port());
        database = openDatabase(options);
        snorky = new SnorkyBackend(options.snorkyBackend(), options.snorkyKey());
        publisher = new ChangePublisher(snorky);
        var tasks = new Tasks(database, publisher);
        var config = Map.of("websocket", options.snorkyWebsocket());
        server.route(TaskApi.PATH, new TaskApi(tasks, new Subscriptions(snorky)));
        server.route("/config.json", exchange -> exchange.reply(200, config));
        server.route("/", new PageRoute(options.page(), options.snorkyWebsocket()));
        server.start();
    }

    /**
     * Starts the application; it answers when this returns. The Snorky server need not be there
     * yet.
     *
     * @throws IOException if the port is taken
     * @throws SQLException if the database cannot be opened
     */
    public static TodoApplication start(TodoOptions options) throws IOException, SQLException {
        return new TodoApplication(options);
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /** The address of the page. */
    public String address() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port() + "/";
    }

    /** Ends what is being done, tells the Snorky server what it does not know yet, and stops. */
    @Override
    public void close() {
        server.close();
        publisher.close();
        snorky.close();
        database.close();
    }

    /**
     * Runs the application until the process is told to end.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) throws Exception {
        if (List.of(arguments).contains("--help")) {
            System.out.print(TodoArguments.USAGE);
            return;
        }
        TodoOptions options;
        try {
            options = TodoArguments.parse(List.of(arguments), System.getenv());
        } catch (IllegalArgumentException problems) {
            System.err.println(problems.getMessage() + "\n\n" + TodoArguments.USAGE);
            System.exit(2);
            return;
        }
        TodoApplication application = start(options);
        Runtime.getRuntime().addShutdownHook(new Thread(application::close, "todo-stop"));
        System.out.println("todo " + application.address());
        Thread.currentThread().join();
    }

    private Database openDatabase(TodoOptions options) throws SQLException {
        try {
            return Database.open(options.database());
        } catch (SQLException | RuntimeException failure) {
            server.close();
            throw failure;
        }
    }
}
