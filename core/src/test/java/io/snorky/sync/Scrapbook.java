package io.snorky.sync;

import io.snorky.rpc.Default;
import io.snorky.rpc.RpcError;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** What the tests write in. */
@Synced(value = "BOOK", exclude = "secret", runningTasks = true)
class Scrapbook extends SyncedObject {

    /** Something with a rule of its own. */
    record Page(int number, String text) {
        Page {
            if (number < 0) {
                throw new IllegalArgumentException("number: " + number + " (expected: 0 or more)");
            }
        }
    }

    String title = "Empty";
    int stars;
    final List<String> lines = new ArrayList<>();
    List<Page> pages = List.of();

    @SyncedAs("by")
    @Nullable String author;

    final String made = "today";
    String secret = "s3cret";
    transient int cancelled;
    final transient CountDownLatch started = new CountDownLatch(1);
    @NotSynced Map<String, String> drafts = Map.of();

    @SyncedAs("size")
    int totalLength() {
        return lines.stream().mapToInt(String::length).sum();
    }

    @Action
    void rename(String title) {
        this.title = title;
        sync();
    }

    @Action("star")
    void addStars(@Default("1") int how_many) {
        stars += how_many;
        sync();
    }

    @Action
    void twice() {
        title = "first";
        stars = 9;
        sync();
        sync();
    }

    @Action
    void boom() {
        throw new IllegalStateException("expected by the test");
    }

    @Action
    void forbidden() {
        throw new RpcError("Not you");
    }

    @Action
    void upload(byte[] data, @Default("\"\"") String name) {
        title = name + " " + data.length;
        sync();
    }

    @Action
    void greet() {
        sendAction("hello", Map.of("n", 1));
    }

    @Action
    void blob() {
        sendAction("blob", new byte[3], Map.of("n", 3));
    }

    @Task
    void read(@Default("false") boolean fail) throws InterruptedException {
        started.countDown();
        if (fail) {
            throw new IllegalStateException("expected by the test");
        }
        Thread.sleep(Long.MAX_VALUE);
    }

    @CancelHook("read")
    void stopReading() {
        cancelled++;
        title = "cancelled " + cancelled;
    }
}
