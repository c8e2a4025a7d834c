package io.snorky.datasync;

import io.snorky.datasync.Subscription.Item;
import io.snorky.log.Offset;
import io.snorky.rpc.RpcError;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A held subscription as the reader of its client sees it.
 *
 * <p>Threads: what may change is owned by the client's event loop.
 */
final class Follower {

    /** What a client that resumes is told when it has what it missed. */
    record Started(String offset) {}

    private record Beginning(
            @Nullable Started started, CompletableFuture<@Nullable Object> acquired) {}

    final Subscription subscription;
    final List<Item> items;
    final @Nullable String rowKey;
    private final boolean resumes;

    /** Until it has been sent what it missed for the first time. */
    private @Nullable Beginning beginning;

    /** All up to here has been sent, while the reader is behind. */
    long position;

    private long mayHaveSeen;

    /**
     * @param from where it begins to read
     * @param end of the log: if it comes back, it may have seen some of what is before that
     * @param acquired completes when it has been sent what it missed
     */
    Follower(
            Subscription subscription,
            Acquisition how,
            Offset from,
            long end,
            CompletableFuture<@Nullable Object> acquired) {
        this.subscription = subscription;
        this.items = subscription.items;
        this.rowKey = how.rowKey();
        this.resumes = how.resumes();
        this.beginning = new Beginning(resumes ? new Started(from.text()) : null, acquired);
        this.position = from.number();
        this.mayHaveSeen = how.from() == null ? from.number() : end;
    }

    /** Whether its client may have been sent that change already. */
    boolean mayHaveSeen(long offset) {
        return offset <= mayHaveSeen;
    }

    /** Some of what is up to there has been sent, and is going to be sent again. */
    void repeats(long offset) {
        mayHaveSeen = Math.max(mayHaveSeen, offset);
    }

    boolean resumes() {
        return resumes;
    }

    Form formOf(Item item) {
        return Form.of(item.tag(), resumes);
    }

    /** It has been sent what it missed. */
    void caughtUp() {
        if (beginning != null) {
            beginning.acquired.complete(beginning.started);
            beginning = null;
        }
    }

    /**
     * What it missed is held no longer.
     *
     * @return whether its client is told by the answer to its call
     */
    boolean lost() {
        return beginning != null
                && beginning.acquired.completeExceptionally(
                        new RpcError(resumes ? "resync" : "No such subscription"));
    }
}
