package io.snorky.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Methods that take long. */
class TasksTest {

    private final Scrapbook book = new Scrapbook();
    private final SyncSessions sessions =
            SyncSessions.single(session -> {
                session.register(book);
                return new SessionState() {};
            });
    private final Tab tab = Tab.open(sessions);

    private static String running(String names) {
        return "'path':'/runningTasks" + names;
    }

    private void starts(String call) {
        tab.says("_TASK_START:BOOK", call);
        assertThat(tab.next()).contains(running("/0','value':'read'"));
    }

    TasksTest() {
        tab.next();
    }

    @Test
    void a_task_shows_while_it_runs_and_others_go_on() {
        starts("{'type':'read'}");
        tab.says("_ACTION:BOOK", "{'type':'greet'}")
                .hears("_ACTION:BOOK", "{'type':'hello','n':1}");
        assertThat(book.runningTasks()).containsExactly("read");
    }

    @Test
    void a_name_runs_once_at_a_time() {
        starts("{'type':'read'}");
        tab.says("_TASK_START:BOOK", "{'type':'read'}").hearsNothing();
    }

    @Test
    void to_cancel_runs_the_hook_once_and_frees_the_name_16_15() throws InterruptedException {
        starts("{'type':'read'}");
        book.started.await();
        tab.says("_TASK_CANCEL:BOOK", "{'type':'read'}")
                .says("_TASK_CANCEL:BOOK", "{'type':'read'}");

        assertThat(tab.next()).contains("cancelled 1").contains(running("/0'"));
        assertThat(book.cancelled).isEqualTo(1);
        starts("{'type':'read'}");
    }

    @Test
    void to_start_and_cancel_in_one_breath_frees_the_name_16_15() {
        for (int i = 1; i <= 100; i++) {
            tab.says("_TASK_START:BOOK", "{'type':'read'}")
                    .says("_TASK_CANCEL:BOOK", "{'type':'read'}");
            String heard = tab.next();
            while (!heard.contains("cancelled " + i + "'")) {
                heard = tab.next();
            }
            assertThat(book.runningTasks()).isEmpty();
        }
    }

    @Test
    void to_cancel_what_does_not_run_does_nothing() {
        tab.says("_TASK_CANCEL:BOOK", "{'type':'read'}")
                .says("_TASK_CANCEL:BOOK", "{'type':'nothing'}")
                .hearsNothing();
        assertThat(book.cancelled).isZero();
    }

    @Test
    void a_task_that_fails_says_so_and_frees_the_name() {
        starts("{'type':'read','fail':true}");
        tab.hears(
                "_ERROR",
                "{'code':'failed','message':'The task failed','event':'_TASK_START:BOOK',"
                        + "'action':'read'}");
        assertThat(tab.next()).contains(running("/0'"));
        assertThat(book.runningTasks()).isEmpty();
    }

    @Test
    void a_task_is_looked_up_and_its_arguments_checked() {
        tab.says("_TASK_START:BOOK", "{'type':'nothing'}").hearsError("unknown-action");
        tab.says("_TASK_START:BOOK", "{'type':'read','fail':1}").hearsError("invalid");
        tab.hearsNothing();
    }

    @Test
    void a_task_outlives_the_connection_and_ends_with_the_session() {
        starts("{'type':'read'}");
        tab.close();
        assertThat(book.runningTasks()).containsExactly("read");

        sessions.close();
        await().until(() -> book.runningTasks().isEmpty());
    }

    /** Counts the threads that are inside. */
    @Synced(value = "W", runningTasks = true)
    static final class Worker extends SyncedObject {

        private static final String ABOUT = "long enough for patches to be shorter than this";
        private static final AtomicInteger INSIDE = new AtomicInteger();
        private static final AtomicInteger HOOKS = new AtomicInteger();

        final String about = ABOUT;

        @Task
        void work(int nanos) throws InterruptedException {
            INSIDE.incrementAndGet();
            try {
                TimeUnit.NANOSECONDS.sleep(nanos);
                sync();
                Thread.sleep(Long.MAX_VALUE);
            } finally {
                INSIDE.decrementAndGet();
            }
        }

        @CancelHook("work")
        void hook() {
            HOOKS.incrementAndGet();
        }
    }

    @Test
    void a_thousand_sessions_cancel_at_random_moments_and_nothing_stays_behind()
            throws InterruptedException {
        var random = new Random(7);
        SyncSessions many =
                SyncSessions.identified(session -> {
                    session.register(new Worker());
                    return new SessionState() {};
                });
        List<Tab> tabs = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            tabs.add(Tab.open(many).is("u", "s" + i));
        }
        for (Tab each : tabs) {
            each.hears("_SET:W", "{'about':'" + Worker.ABOUT + "','runningTasks':[]}");
            each.says("_TASK_START:W", "{'type':'work','nanos':" + random.nextInt(2_000_000) + "}");
        }
        List<Thread> threads = new ArrayList<>();
        for (Tab each : tabs) {
            int nanos = random.nextInt(4_000_000);
            threads.add(Thread.startVirtualThread(() -> cancelAfter(each, nanos)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        for (Tab each : tabs) {
            heardUntilNoTaskRuns(each);
        }
        assertThat(Worker.INSIDE).hasValue(0);
        assertThat(Worker.HOOKS).hasValue(1000);

        for (Tab each : tabs) { // no name is blocked
            each.says("_TASK_START:W", "{'type':'work','nanos':0}");
            assertThat(each.next()).contains("'value':'work'");
        }
        many.close();
        await().until(() -> Worker.INSIDE.get() == 0);
    }

    private static void cancelAfter(Tab tab, int nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        tab.says("_TASK_CANCEL:W", "{'type':'work'}");
    }

    private static void heardUntilNoTaskRuns(Tab tab) {
        assertThat(tab.next()).contains("'value':'work'");
        assertThat(tab.next()).contains("'op':'remove','path':'/runningTasks/0'");
    }

    /** Takes no notice of interrupts. */
    static final class Deaf extends SyncedObject {
        final transient CountDownLatch started = new CountDownLatch(1);
        final transient CompletableFuture<TaskRun> run = new CompletableFuture<>();
        final transient AtomicInteger hooks = new AtomicInteger();

        @Task
        void work() {
            run.complete(TaskRun.current());
            started.countDown();
            while (true) {
                TaskRun.current().checkCancelled();
                swallowInterrupts();
            }
        }

        private static void swallowInterrupts() {
            Thread.interrupted();
            Thread.onSpinWait();
        }

        @CancelHook("work")
        void stopped() {
            hooks.set(TaskRun.current().isCancelled() ? 1 : -1);
            toast(ToastKind.INFO, "stopped");
        }

        @Action
        void ask() {
            toast(ToastKind.INFO, "cancelled:", TaskRun.current().isCancelled());
        }
    }

    @Test
    void a_task_can_ask_whether_it_was_cancelled_and_what_is_none_never_was()
            throws InterruptedException {
        var deaf = new Deaf();
        sessions.sessions().getFirst().register(deaf);
        tab.hears("_SET:Deaf", "{}");

        tab.says("_TASK_START:Deaf", "{'type':'work'}");
        deaf.started.await();
        TaskRun run = deaf.run.join();
        assertThat(run.isCancelled()).isFalse();
        tab.says("_TASK_CANCEL:Deaf", "{'type':'work'}")
                .hears("_TOAST", "{'type':'info','message':'stopped'}");

        assertThat(run.isCancelled()).isTrue();
        assertThat(deaf.hooks).hasValue(1);
        tab.says("_ACTION:Deaf", "{'type':'ask'}")
                .hears("_TOAST", "{'type':'info','message':'cancelled: false'}");
        assertThat(TaskRun.current().isCancelled()).isFalse();
    }

    @Test
    void the_end_of_a_session_cancels_what_runs() throws InterruptedException {
        var deaf = new Deaf();
        sessions.sessions().getFirst().register(deaf);
        tab.hears("_SET:Deaf", "{}").says("_TASK_START:Deaf", "{'type':'work'}");
        deaf.started.await();

        sessions.close();

        assertThat(deaf.run.join().isCancelled()).isTrue();
        await().until(() -> deaf.runningTasks().isEmpty());
    }
}
