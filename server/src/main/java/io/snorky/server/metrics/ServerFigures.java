package io.snorky.server.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.snorky.Figure;
import io.snorky.Registry;
import io.snorky.server.transport.Drop;
import io.snorky.server.transport.LoopFigures;

import java.util.Collection;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Registers all figures of a server. They are read when somebody asks for them; until then they
 * cost what counting costs.
 */
public final class ServerFigures {

    private final MeterRegistry meters;

    public ServerFigures(MeterRegistry meters) {
        this.meters = meters;
    }

    /** What the event loops do, all of them together. */
    public void loops(Collection<LoopFigures> loops) {
        sum(loops, "snorky.messages.in", "Messages from clients", LoopFigures::messagesIn);
        sum(loops, "snorky.bytes.in", "Bytes from clients", LoopFigures::bytesIn);
        sum(loops, "snorky.deliveries", "Messages written to clients", LoopFigures::deliveries);
        sum(loops, "snorky.bytes.out", "Bytes written to clients", LoopFigures::bytesOut);
        sum(
                loops,
                "snorky.flushes",
                "Writes; deliveries by flushes says how much gathers",
                LoopFigures::flushes);
        sum(
                loops,
                "snorky.wakeups",
                "Turns of the event loops to outgoing messages",
                LoopFigures::wakeups);
        sum(
                loops,
                "snorky.pauses",
                "Times a connection was not read from, as its client sent too much",
                LoopFigures::pauses);
    }

    private void sum(
            Collection<LoopFigures> loops,
            String name,
            String description,
            ToLongFunction<LoopFigures> figure) {
        counter(name, description, loops, all -> all.stream().mapToLong(figure).sum());
    }

    /** Connections ended, requests refused and messages dropped, by reason. */
    public void drops(Drop.Counters drops) {
        for (Drop reason : Drop.values()) {
            FunctionCounter.builder("snorky.drops", drops, any -> drops.of(reason))
                    .tag("reason", reason.label())
                    .description("Connections ended, requests refused, messages dropped; by reason")
                    .register(meters);
        }
    }

    /** What a registry cannot understand, and how long its commands take. */
    public void registries(Collection<Registry> registries) {
        var commands = new CommandFigures(meters);
        registries.forEach(registry -> registry.observe(commands));
        counter(
                "snorky.messages.malformed",
                "Messages dropped because they could not be understood",
                registries,
                all -> all.stream().mapToLong(Registry::droppedMessages).sum());
    }

    /** What the services of all registries say of themselves, each once. */
    public void services(Collection<Registry> registries) {
        registries.stream()
                .flatMap(registry -> registry.services().stream())
                .distinct()
                .forEach(service ->
                        service.figures().forEach(figure -> register(figure, service.name())));
    }

    private void register(Figure figure, String service) {
        switch (figure.kind()) {
            case COUNTER ->
                    FunctionCounter.builder(
                                    figure.name(), figure, any -> figure.value().getAsLong())
                            .description(figure.description())
                            .tag("service", service)
                            .register(meters);
            case GAUGE ->
                    Gauge.builder(figure.name(), figure, any -> figure.value().getAsLong())
                            .description(figure.description())
                            .tag("service", service)
                            .strongReference(true)
                            .register(meters);
        }
    }

    /** A figure that only grows. */
    public <T> void counter(String name, String description, T of, ToDoubleFunction<T> figure) {
        // what is counted is kept by the function, which a meter keeps, and by nothing else in it
        FunctionCounter.builder(name, of, any -> figure.applyAsDouble(of))
                .description(description)
                .register(meters);
    }

    /** A figure that comes and goes. */
    public <T> void gauge(String name, String description, T of, ToDoubleFunction<T> figure) {
        Gauge.builder(name, of, figure)
                .description(description)
                .strongReference(true)
                .register(meters);
    }
}
