package io.snorky.examples.todo;

import java.net.URI;

/**
 * How the application runs.
 *
 * @param host the address to listen on
 * @param port 0 to 65535; 0 takes a free one
 * @param database a JDBC address
 * @param snorkyBackend the HTTP back end of the Snorky server
 * @param snorkyKey the key of that back end
 * @param snorkyWebsocket where the page finds the Snorky server: an address such as {@code
 *     wss://example.org/ws}, or {@code :5001/ws} for that port of the host that the page came from
 * @param page the built page
 */
public record TodoOptions(
        String host,
        int port,
        String database,
        URI snorkyBackend,
        String snorkyKey,
        String snorkyWebsocket,
        PageFiles page) {

    /** Everything as it is unless told otherwise; only the key has no default. */
    public static TodoOptions withKey(String snorkyKey) {
        return new TodoOptions(
                "127.0.0.1",
                5003,
                "jdbc:h2:file:./data/todo",
                URI.create("http://127.0.0.1:5002/backend"),
                snorkyKey,
                ":5001/ws",
                new PageFiles.Packed());
    }

    public TodoOptions withHost(String newHost) {
        return new TodoOptions(
                newHost, port, database, snorkyBackend, snorkyKey, snorkyWebsocket, page);
    }

    public TodoOptions withPort(int newPort) {
        return new TodoOptions(
                host, newPort, database, snorkyBackend, snorkyKey, snorkyWebsocket, page);
    }

    public TodoOptions withDatabase(String newDatabase) {
        return new TodoOptions(
                host, port, newDatabase, snorkyBackend, snorkyKey, snorkyWebsocket, page);
    }

    public TodoOptions withSnorkyBackend(URI newBackend) {
        return new TodoOptions(host, port, database, newBackend, snorkyKey, snorkyWebsocket, page);
    }

    public TodoOptions withSnorkyKey(String newKey) {
        return new TodoOptions(host, port, database, snorkyBackend, newKey, snorkyWebsocket, page);
    }

    public TodoOptions withSnorkyWebsocket(String newWebsocket) {
        return new TodoOptions(host, port, database, snorkyBackend, snorkyKey, newWebsocket, page);
    }

    public TodoOptions withPage(PageFiles newPage) {
        return new TodoOptions(
                host, port, database, snorkyBackend, snorkyKey, snorkyWebsocket, newPage);
    }

    /** Without the key, and without what a database address may hold of passwords. */
    @Override
    public String toString() {
        return "TodoOptions[" + host + ":" + port + ", Snorky " + snorkyBackend + "]";
    }
}
