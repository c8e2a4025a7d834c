package io.snorky.server;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.snorky.server.wire.Echo;
import io.snorky.server.wire.WireWebSocket;

import org.junit.jupiter.api.Test;

import java.lang.ref.WeakReference;

class FiguresTest {

    @Test
    void garbage_that_is_collected_takes_no_figure_with_it() {
        var meters = new SimpleMeterRegistry();
        try (var server =
                SnorkyServer.builder()
                        .meters(meters)
                        .listen(0, at -> at.webSocket("/ws", new Echo()))
                        .start()) {
            var garbage = new WeakReference<>(new Object());
            await().until(() -> {
                System.gc();
                return garbage.get() == null;
            });
            double before = meters.get("snorky.messages.in").functionCounter().count();

            try (WireWebSocket client = WireWebSocket.to(server.addresses().get(0))) {
                client.says(Echo.of("1")).hears(Echo.of("1"));
            }

            await().until(() ->
                    meters.get("snorky.messages.in").functionCounter().count() == before + 1);
        }
    }
}
