package io.snorky.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/**
 * Fails where something is in the log that no peer may bring into it: above debug level an
 * exception, or a warning other than that a client has been given up because it reads too slowly.
 */
public final class QuietLog implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private static final Logger ROOT = Logger.getLogger("");
    private static final Pattern TOO_SLOW =
            Pattern.compile(
                    "Hanging up on .+: \\d+ bytes wait to be read|Cutting .+: it takes nothing");

    private final Queue<String> found = new ConcurrentLinkedQueue<>();
    private final Handler recorder = new Recorder();

    @Override
    public void beforeAll(ExtensionContext context) {
        listen();
    }

    void listen() {
        ROOT.addHandler(recorder);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        expectNone();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
        expectNone();
    }

    void stop() {
        ROOT.removeHandler(recorder);
    }

    private void expectNone() {
        assertThat(found()).as("in the log").isEmpty();
    }

    /** What has been found since the last call. */
    List<String> found() {
        var all = new ArrayList<String>();
        for (String line = found.poll(); line != null; line = found.poll()) {
            all.add(line);
        }
        return all;
    }

    private final class Recorder extends Handler {

        @Override
        public void publish(LogRecord record) {
            int level = record.getLevel().intValue();
            boolean isException = level > Level.FINE.intValue() && record.getThrown() != null;
            boolean isWarning =
                    level >= Level.WARNING.intValue()
                            && !TOO_SLOW.matcher(record.getMessage()).matches();
            if (isException || isWarning) {
                found.add(
                        record.getLoggerName()
                                + ": "
                                + record.getMessage()
                                + " "
                                + record.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
