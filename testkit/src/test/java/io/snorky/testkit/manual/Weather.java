package io.snorky.testkit.manual;

import io.snorky.NonBlocking;
import io.snorky.rpc.Command;
import io.snorky.rpc.RpcError;
import io.snorky.rpc.RpcService;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

final class Weather extends RpcService {

    private final Function<String, CompletableFuture<String>> forecasts;

    Weather(Function<String, CompletableFuture<String>> forecasts) {
        super("weather");
        this.forecasts = forecasts;
    }

    @Command
    @NonBlocking
    CompletionStage<String> tomorrow(String city) {
        if (city.length() > 100) {
            throw new RpcError("city", city, "at most 100 characters");
        }
        return forecasts.apply(city).completeOnTimeout("unknown", 5, TimeUnit.SECONDS);
    }
}
