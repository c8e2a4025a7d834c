package io.snorky.rpc;

import io.snorky.Lane;

import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/**
 * What a command returns whose result is worked out in a lane of its service. The reply is sent
 * there, too: whatever the lane's later tasks send to the caller comes after it, and the caller's
 * next messages wait until then. A {@code CompletionStage} does not promise that.
 *
 * @param work runs once in the lane and does not block; what it returns or throws is what the
 *     command returns or throws
 */
public record Turn(Lane lane, Supplier<@Nullable Object> work) {}
