package io.snorky.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.snorky.server.SnorkyServer;
import io.snorky.server.TlsOptions;
import io.snorky.server.wire.Echo;
import io.snorky.server.wire.ManualScheduler;
import io.snorky.server.wire.RunningServer;
import io.snorky.server.wire.TestCertificate;
import io.snorky.server.wire.Wire;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A certificate is replaced while the server runs. */
class ReloadTest {

    private static final TestCertificate OLD = TestCertificate.ofAnyKind();
    private static final TestCertificate NEW = TestCertificate.ofAnyKind();

    @TempDir private Path folder;
    private Path chain;
    private Path key;
    private final ManualScheduler scheduler = new ManualScheduler();
    private RunningServer server;

    @BeforeEach
    void start() {
        chain = folder.resolve("chain.pem");
        key = folder.resolve("key.pem");
        OLD.writeTo(chain, key);
        var options = new TlsOptions(chain, key);
        server =
                new RunningServer(
                        SnorkyServer.builder().scheduler(scheduler),
                        at -> at.tls(options).webSocket("/ws", new Echo()));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private boolean isAccepted(TestCertificate certificate) {
        try (Wire wire = server.connect();
                Wire secure = wire.encrypted(certificate.clientContext())) {
            return secure.session().isValid();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private void expect(TestCertificate certificate) {
        assertThat(isAccepted(OLD)).as("the old one").isEqualTo(certificate.equals(OLD));
        assertThat(isAccepted(NEW)).as("the new one").isEqualTo(certificate.equals(NEW));
    }

    @Test
    void new_connections_get_the_new_one_and_those_there_are_go_on() {
        try (WireWebSocket client =
                WireWebSocket.on(server.connect().encrypted(OLD.clientContext()))) {
            NEW.writeTo(chain, key);
            expect(OLD);

            scheduler.runNext();

            expect(NEW);
            client.says(Echo.of("1"));
            client.hears(Echo.of("1"));
        }
    }

    @Test
    void it_is_looked_for_again_and_again() {
        scheduler.runNext();
        expect(OLD);
        NEW.writeTo(chain, key);
        scheduler.runNext();
        expect(NEW);
        scheduler.runNext();
        expect(NEW);
        OLD.writeTo(chain, key);
        scheduler.runNext();
        expect(OLD);
    }

    @Test
    void half_of_a_new_one_is_not_used_before_the_other_is_there() {
        TestCertificate.write(chain, NEW.pem());
        scheduler.runNext();
        expect(OLD);

        NEW.writeTo(chain, key);
        scheduler.runNext();
        expect(NEW);
    }

    @Test
    void files_that_cannot_be_used_leave_the_old_one_in_place() throws IOException {
        TestCertificate.write(chain, "Soon to come");
        scheduler.runNext();
        expect(OLD);

        Files.delete(chain);
        Files.delete(key);
        scheduler.runNext();
        expect(OLD);

        NEW.writeTo(chain, key);
        scheduler.runNext();
        expect(NEW);
    }
}
