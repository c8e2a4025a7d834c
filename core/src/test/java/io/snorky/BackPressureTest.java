package io.snorky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.snorky.transport.Connection;
import io.snorky.transport.EventLoop;
import io.snorky.transport.LogReader;
import io.snorky.transport.MessageLimits;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A connection is asked to pause when much of what it brought waits, and to go on afterwards. */
class BackPressureTest {

    private static final int MAX_PENDING = MessageLimits.DEFAULT.maxPending();

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final Client client = new Client(new Recorder(), true);

    private void pass() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void fail() {
        throw new AssertionError("This task always fails");
    }

    @Test
    void blocking_tasks_that_wait_pause_it_once_and_resume_it_once() {
        client.run(this::pass, true);
        for (int i = 0; i < 10 * MAX_PENDING; i++) {
            client.run(() -> {}, true);
        }
        assertThat(asked).containsExactly("pause");

        gate.countDown();

        await().untilAsserted(() -> assertThat(asked).containsExactly("pause", "resume"));
    }

    @Test
    void so_do_tasks_that_only_queue_behind_one_that_blocks() {
        client.run(this::pass, true);
        for (int i = 0; i < 10 * MAX_PENDING; i++) {
            client.run(() -> {}, false);
        }
        assertThat(asked).containsExactly("pause");

        gate.countDown();

        await().untilAsserted(() -> assertThat(asked).containsExactly("pause", "resume"));
    }

    @Test
    void it_is_resumed_although_the_last_task_fails() {
        client.run(this::pass, true);
        for (int i = 0; i < MAX_PENDING - 2; i++) {
            client.run(() -> {}, true);
        }
        client.run(this::fail, true);
        assertThat(asked).containsExactly("pause");

        gate.countDown();

        await().untilAsserted(() -> assertThat(asked).containsExactly("pause", "resume"));
    }

    @Test
    void every_pause_is_taken_back_once_however_tasks_come_and_go() {
        var last = new CountDownLatch(1);
        gate.countDown();

        for (int i = 0; i < 100_000; i++) {
            client.run(() -> {}, true);
        }
        client.run(last::countDown, true);

        await().until(() -> last.getCount() == 0);
        await().untilAsserted(() -> assertThat(count("resume")).isEqualTo(count("pause")));
    }

    private long count(String what) {
        return asked.stream().filter(what::equals).count();
    }

    private final class Recorder implements Connection {

        @Override
        public EventLoop eventLoop() {
            throw new AssertionError("nothing is sent");
        }

        @Override
        public SocketAddress remoteAddress() {
            return InetSocketAddress.createUnresolved("client.example", 1);
        }

        @Override
        public MessageLimits limits() {
            return MessageLimits.DEFAULT;
        }

        @Override
        public void close(CloseReason reason) {}

        @Override
        public void pauseReading() {
            asked.add("pause");
        }

        @Override
        public void resumeReading() {
            asked.add("resume");
        }

        @Override
        public void follow(LogReader reader) {}
    }
}
