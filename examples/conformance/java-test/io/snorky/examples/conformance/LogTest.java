package io.snorky.examples.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Protocol, section 12, row 34: what clients say stays out of the log, tokens and keys above all.
 */
class LogTest {

    @RegisterExtension static final Conformance SERVER = new Conformance();

    private static final Logger ROOT = Logger.getLogger("");
    private static final String SECRET = "hunter2hunter2";

    private final Recorder recorder = new Recorder();
    @AutoClose private Peer alice;
    private BackEnd backEnd;

    @BeforeEach
    void listen() {
        ROOT.addHandler(recorder);
        alice = SERVER.connect();
        backEnd = SERVER.backEnd();
    }

    @AfterEach
    void stopListening() {
        ROOT.removeHandler(recorder);
    }

    @Test
    void bugs_are_logged_with_command_and_client_and_without_what_was_said() {
        alice.isRefused("rpc.sum", "{'a':1,'b':'" + SECRET + "'}", "Internal error");

        assertThat(recorder.lines)
                .anySatisfy(line -> assertThat(line).contains("rpc.sum", "127.0.0.1"))
                .noneSatisfy(line -> assertThat(line).contains(SECRET));
    }

    @Test
    void what_is_dropped_or_refused_is_not_repeated() {
        alice.isIgnored("{'service':'rpc','message':'" + SECRET + "'}");
        alice.isIgnored("{'service':'" + SECRET + "','message':1}");
        alice.isIgnored("'" + SECRET);
        alice.isRefused("rpc.echo", "{'" + SECRET + "':1}", "Invalid params");
        alice.isRefused("rpc." + SECRET, "{}", "Unknown command");
        alice.isRefused("rpc.reject", "{'reason':'" + SECRET + "'}", SECRET);
        alice.isRefused(
                "datasync.acquireSubscription",
                "{'token':'" + SECRET + "'}",
                "No such subscription");

        assertThat(recorder.lines).noneSatisfy(line -> assertThat(line).contains(SECRET));
    }

    @Test
    void neither_are_tokens_deltas_and_keys() {
        String token = backEnd.authorizes("datasync_backend", Deltas.items("AllPlayers"));
        alice.does("datasync.acquireSubscription", "{'token':'" + token + "'}");
        backEnd.publishes(Deltas.insert("'" + SECRET + "'"));
        alice.hears(Deltas.notification(Deltas.insert("'" + SECRET + "'")));
        backEnd.post("{'service':'" + SECRET + "','message':1}");
        backEnd.send(
                backEnd.request()
                        .setHeader("X-Backend-Key", SECRET)
                        .POST(BodyPublishers.ofString("{}")));

        assertThat(recorder.lines)
                .noneSatisfy(line -> assertThat(line).containsAnyOf(SECRET, token, "swordfish"));
    }

    private static final class Recorder extends Handler {

        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        Recorder() {
            setLevel(Level.INFO);
        }

        @Override
        public void publish(LogRecord record) {
            var line = new StringWriter();
            line.append(record.getLoggerName()).append(' ').append(record.getMessage());
            if (record.getThrown() != null) {
                record.getThrown().printStackTrace(new PrintWriter(line));
            }
            lines.add(line.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
