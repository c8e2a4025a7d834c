package io.snorky.examples.conformance;

import io.snorky.NonBlocking;
import io.snorky.rpc.Command;
import io.snorky.rpc.Default;
import io.snorky.rpc.RpcError;
import io.snorky.rpc.RpcService;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Commands of every kind: that answer at once, later, with an error, and not as they should. */
@NonBlocking
final class TestRpc extends RpcService {

    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

    TestRpc(String name) {
        super(name);
    }

    @Command
    JsonNode sum(JsonNode a, JsonNode b) {
        if (a.isInt() && b.isInt()) {
            return JsonNodeFactory.instance.numberNode((long) a.intValue() + b.intValue());
        }
        BigDecimal sum = number(a).add(number(b));
        return sum.scale() <= 0
                ? JsonNodeFactory.instance.numberNode(sum.toBigIntegerExact())
                : JsonNodeFactory.instance.numberNode(sum);
    }

    private static BigDecimal number(JsonNode node) {
        if (!node.isNumber()) {
            throw new IllegalStateException("no number");
        }
        return node.decimalValue();
    }

    @Command
    void fail() {
        throw new IllegalStateException("This command always fails");
    }

    @Command
    void reject(String reason) {
        throw new RpcError(reason);
    }

    @Command
    JsonNode echo(@Default("null") JsonNode value) {
        return value;
    }

    @Command
    CompletionStage<JsonNode> later(JsonNode value, int delayMs) {
        if (delayMs < 0 || delayMs > LONGEST_DELAY.toMillis()) {
            throw new RpcError("delayMs", delayMs, "0 to " + LONGEST_DELAY.toMillis());
        }
        return new CompletableFuture<JsonNode>()
                .completeOnTimeout(value, delayMs, TimeUnit.MILLISECONDS);
    }
}
