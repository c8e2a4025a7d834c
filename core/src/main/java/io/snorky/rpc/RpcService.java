package io.snorky.rpc;

import io.snorky.Client;
import io.snorky.Handling;
import io.snorky.Service;
import io.snorky.json.JsonDocument;
import io.snorky.json.JsonName;
import io.snorky.json.JsonNames;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * A service whose methods, those marked {@link Command}, clients may call by name. Extend it and
 * write the methods.
 *
 * <p>A command that throws {@link RpcError} refuses the call with its text. One that throws
 * anything else, or returns what is no JSON, is a bug: the caller gets {@code Internal error}, the
 * log the rest.
 *
 * <p>Threads: as {@link Service} says. A command marked {@link io.snorky.NonBlocking} runs on the
 * event loop. A reply that comes late through a {@code CompletionStage} may be overtaken by replies
 * to later calls.
 */
public abstract class RpcService extends Service {

    private static final Logger LOG = System.getLogger(RpcService.class.getName());
    private static final JsonName COMMAND = new JsonName("command");
    private static final JsonName PARAMS = new JsonName("params");
    private static final JsonName CALL_ID = new JsonName("callId");

    private final JsonNames<BoundCommand> commands;
    private final ReplyWriter replies;

    /**
     * @param name under which clients address it, unique in its registry; not empty
     * @throws io.snorky.ConfigurationException if a command cannot work; names all that cannot
     */
    @SuppressWarnings("this-escape") // commands are bound to this, and called when it is complete
    protected RpcService(String name) {
        super(name);
        commands = new JsonNames<>(CommandScanner.scan(this));
        replies = new ReplyWriter(name);
    }

    @Override
    protected final Handling handle(Client client, JsonDocument document, int message) {
        if (!document.isObject(message)) {
            return new Handling.Drop("an RPC message that is no object");
        }
        int name = document.member(message, COMMAND);
        int params = document.member(message, PARAMS);
        if (name == JsonDocument.NONE || params == JsonDocument.NONE) {
            return new Handling.Drop("an RPC message without \"command\" or \"params\"");
        }
        var call = new Call(client, callId(document, message));
        BoundCommand command = document.isString(name) ? commands.get(document, name) : null;
        if (command == null) {
            return refusal(call, "Unknown command");
        }
        try {
            @Nullable Object[] arguments = command.bind(client, document, params);
            Runnable task = inLane(() -> run(command, arguments, call));
            return new Handling.Task(
                    command.name(), task, !(command.nonBlocking() || isNonBlocking()));
        } catch (InvalidParams e) {
            LOG.log(Level.DEBUG, () -> where(command, client) + ": " + e.getMessage());
            return refusal(call, "Invalid params");
        }
    }

    private static byte @Nullable [] callId(JsonDocument document, int message) {
        int callId = document.member(message, CALL_ID);
        return callId == JsonDocument.NONE || document.isNull(callId)
                ? null
                : document.copy(callId);
    }

    private Handling refusal(Call call, String text) {
        return new Handling.Task(name(), () -> error(call, text), false);
    }

    private void run(BoundCommand command, @Nullable Object[] arguments, Call call) {
        Object result;
        try {
            result = command.call(arguments);
        } catch (Throwable e) {
            fail(command, call, e);
            return;
        }
        if (result instanceof Turn turn) {
            Runnable done = call.client().hold();
            turn.lane()
                    .execute(() -> {
                        try {
                            take(turn, command, call);
                        } finally {
                            done.run();
                        }
                    });
        } else if (result instanceof CompletionStage<?> stage) {
            var unused =
                    stage.whenComplete((value, failure) -> {
                        if (failure == null) {
                            reply(command, call, value);
                        } else {
                            fail(command, call, failure);
                        }
                    });
        } else {
            reply(command, call, result);
        }
    }

    private void take(Turn turn, BoundCommand command, Call call) {
        Object data;
        try {
            data = turn.work().get();
        } catch (RuntimeException e) {
            fail(command, call, e);
            return;
        }
        reply(command, call, data);
    }

    private void reply(BoundCommand command, Call call, @Nullable Object data) {
        try {
            replies.response(call.client(), call.callId(), data);
        } catch (RuntimeException e) {
            fail(command, call, e);
        }
    }

    private void fail(BoundCommand command, Call call, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        if (cause instanceof RpcError refusal) {
            error(call, refusal.text());
            return;
        }
        LOG.log(Level.ERROR, where(command, call.client()) + " failed", cause);
        error(call, "Internal error");
    }

    private void error(Call call, String text) {
        replies.error(call.client(), call.callId(), text);
    }

    private String where(BoundCommand command, Client client) {
        return command.name() + " for " + client;
    }

    /** What an answer needs to know of its question. */
    private record Call(Client client, byte @Nullable [] callId) {}
}
