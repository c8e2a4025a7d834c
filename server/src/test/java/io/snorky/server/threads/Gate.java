package io.snorky.server.threads;

import io.snorky.NonBlocking;
import io.snorky.rpc.Command;
import io.snorky.rpc.RpcService;

import java.util.concurrent.CountDownLatch;

/** A command that waits until the test opens the gate, and commands that do not. */
final class Gate extends RpcService {

    private final CountDownLatch open = new CountDownLatch(1);
    private final CountDownLatch arrived;

    /**
     * @param visitors who {@link #awaitVisitors} waits for
     */
    Gate(int visitors) {
        super("gate");
        arrived = new CountDownLatch(visitors);
    }

    static String call(String command, int callId) {
        return "{\"service\":\"gate\",\"message\":{\"command\":\"%s\",\"params\":{},\"callId\":%d}}"
                .formatted(command, callId);
    }

    static String reply(int callId, String data) {
        return "{\"service\":\"gate\",\"message\":{\"type\":\"response\",\"callId\":%d,\"data\":%s}}"
                .formatted(callId, data);
    }

    void awaitVisitors() throws InterruptedException {
        arrived.await();
    }

    void open() {
        open.countDown();
    }

    @Command
    boolean pass() throws InterruptedException {
        arrived.countDown();
        open.await();
        return Thread.currentThread().isVirtual();
    }

    @Command
    boolean walkAround() {
        return Thread.currentThread().isVirtual();
    }

    @Command
    @NonBlocking
    boolean look() {
        return Thread.currentThread().isVirtual();
    }
}
