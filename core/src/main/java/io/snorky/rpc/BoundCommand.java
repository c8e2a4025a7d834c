package io.snorky.rpc;

import io.snorky.Client;
import io.snorky.json.JsonDocument;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.List;

/**
 * A command ready to be called.
 *
 * @param name with its service's, as {@code calculator.sum}
 * @param method takes all arguments as one array and returns an object
 * @param parameters in the order of the method's
 */
record BoundCommand(
        String name, MethodHandle method, List<Parameter> parameters, boolean nonBlocking) {

    BoundCommand {
        parameters = List.copyOf(parameters);
    }

    /** Decodes the arguments from the params of a call. */
    @Nullable Object[] bind(Client caller, JsonDocument document, int params) throws InvalidParams {
        if (!document.isObject(params)) {
            throw new InvalidParams("params are no object");
        }
        int[] places = places(document, params);
        @Nullable Object[] arguments = new @Nullable Object[places.length];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] =
                    switch (parameters.get(i)) {
                        case Parameter.Caller unused -> caller;
                        case Parameter.Value value -> value.bind(document, places[i]);
                    };
        }
        return arguments;
    }

    /** Where each parameter's value is. */
    private int[] places(JsonDocument document, int params) throws InvalidParams {
        int[] places = new int[parameters.size()];
        Arrays.fill(places, JsonDocument.NONE);
        int key = document.firstIn(params);
        while (key != JsonDocument.NONE) {
            places[indexOf(document, key)] = key + 1;
            key = document.nextIn(params, key + 1);
        }
        return places;
    }

    private int indexOf(JsonDocument document, int key) throws InvalidParams {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i) instanceof Parameter.Value value
                    && document.hasText(key, value.name())) {
                return i;
            }
        }
        throw new InvalidParams("unknown parameter");
    }

    @Nullable Object call(@Nullable Object[] arguments) throws Throwable {
        return (Object) method.invokeExact(arguments);
    }
}
