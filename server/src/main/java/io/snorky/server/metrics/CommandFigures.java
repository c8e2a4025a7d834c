package io.snorky.server.metrics;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.snorky.TaskObserver;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many messages each command has handled, and how long that took. Threads: any. Names are those
 * of services and their commands, so there are only so many.
 */
final class CommandFigures implements TaskObserver {

    private record Figures(LongAdder count, LongAdder nanos) {}

    private final MeterRegistry meters;
    private final Map<String, Figures> byName = new ConcurrentHashMap<>();

    CommandFigures(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void done(String name, long nanos) {
        Figures figures = byName.get(name);
        if (figures == null) {
            figures = byName.computeIfAbsent(name, this::register);
        }
        figures.count.increment();
        figures.nanos.add(nanos);
    }

    private Figures register(String name) {
        var figures = new Figures(new LongAdder(), new LongAdder());
        FunctionTimer.builder(
                        "snorky.command.duration",
                        figures,
                        it -> it.count.sum(),
                        it -> it.nanos.sum(),
                        TimeUnit.NANOSECONDS)
                .tag("command", name)
                .description("Handling of messages, by command; waiting not counted")
                .register(meters);
        return figures;
    }
}
