package io.snorky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

class LaneTest {

    private final Lane lane = new Lane();

    @Test
    void a_task_that_does_not_block_runs_at_once_in_the_thread_that_brings_it() {
        List<Thread> threads = new ArrayList<>();

        lane.execute(() -> threads.add(Thread.currentThread()));

        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void what_comes_behind_a_blocking_task_waits_for_it() throws InterruptedException {
        var gate = new CountDownLatch(1);
        List<String> order = new ArrayList<>();
        lane.executeBlocking(() -> {
            awaitUninterruptibly(gate);
            order.add("blocking " + Thread.currentThread().isVirtual());
        });

        lane.execute(() -> order.add("second"));
        lane.executeBlocking(() -> order.add("third"));

        assertThat(order).isEmpty();
        gate.countDown();
        var done = new CountDownLatch(1);
        lane.execute(done::countDown);
        done.await();
        assertThat(order).containsExactly("blocking true", "second", "third");
        await().until(() -> lane.pending() == 0);
    }

    @Test
    void a_task_that_is_not_done_when_it_returns_holds_those_behind_it() {
        List<String> order = new ArrayList<>();
        List<Runnable> done = new ArrayList<>();
        lane.execute(() -> done.add(lane.hold(Runnable::run)));

        lane.execute(() -> order.add("second"));

        assertThat(order).isEmpty();
        done.getFirst().run();
        assertThat(order).containsExactly("second");
        assertThat(lane.pending()).isZero();
    }

    @Test
    void a_task_that_is_done_before_it_returns_holds_nobody() {
        List<String> order = new ArrayList<>();
        lane.execute(() -> {
            lane.hold(Runnable::run).run();
            lane.execute(() -> order.add("second"));
        });

        assertThat(order).containsExactly("second");
        assertThat(lane.pending()).isZero();
    }

    @Test
    void tasks_that_are_done_in_other_threads_keep_their_order() throws InterruptedException {
        List<Integer> order = new ArrayList<>();
        var last = new CountDownLatch(1);
        for (int i = 0; i < 10_000; i++) {
            int number = i;
            lane.execute(() -> {
                Runnable done = lane.hold(Runnable::run);
                Runnable work =
                        () -> {
                            order.add(number); // one at a time, or the list would be wrong
                            done.run();
                        };
                if (number % 3 == 0) {
                    Thread.startVirtualThread(work);
                } else {
                    work.run();
                }
            });
        }
        lane.execute(last::countDown);

        last.await();
        assertThat(order).hasSize(10_000).isSorted();
    }

    @Test
    void a_task_that_fails_does_not_stop_the_next() {
        List<String> order = new ArrayList<>();

        lane.execute(() -> {
            throw new IllegalStateException("expected by the test");
        });
        lane.execute(() -> order.add("next"));

        assertThat(order).containsExactly("next");
    }

    @Test
    void a_task_handed_over_by_a_task_runs_after_it() {
        List<String> order = new ArrayList<>();

        lane.execute(() -> {
            lane.execute(() -> order.add("inner"));
            order.add("outer");
        });

        assertThat(order).containsExactly("outer", "inner");
    }

    @Test
    void tasks_of_many_threads_run_one_at_a_time_each_threads_in_order()
            throws InterruptedException {
        int threads = 8;
        int each = 5_000;
        int[] last = new int[threads];
        var inside = new AtomicInteger();
        var done = new AtomicInteger();
        var violations = new AtomicInteger();
        List<Thread> started = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int thread = t;
            started.add(
                    Thread.startVirtualThread(() -> {
                        for (int i = 1; i <= each; i++) {
                            int turn = i;
                            Runnable task =
                                    () -> {
                                        if (inside.incrementAndGet() != 1
                                                || last[thread] != turn - 1) {
                                            violations.incrementAndGet();
                                        }
                                        last[thread] = turn;
                                        inside.decrementAndGet();
                                        done.incrementAndGet();
                                    };
                            if (ThreadLocalRandom.current().nextInt(10) == 0) {
                                lane.executeBlocking(task);
                            } else {
                                lane.execute(task);
                            }
                        }
                    }));
        }
        for (Thread thread : started) {
            thread.join();
        }

        await().until(() -> done.get() == threads * each);
        assertThat(violations).hasValue(0);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
