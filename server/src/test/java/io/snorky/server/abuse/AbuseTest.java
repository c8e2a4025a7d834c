package io.snorky.server.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.snorky.server.transport.Drop;
import io.snorky.server.wire.Wire;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Each attacker comes to its stated end, others are served, and nothing is left behind. */
class AbuseTest {

    static final List<Attack> ATTACKS =
            Stream.of(Attack.ON_HTTP, Attack.ON_WEBSOCKET).flatMap(List::stream).toList();

    private static final int ATTACKERS = 5;

    @RegisterExtension static final Besieged SERVER = new Besieged(1000);

    @AutoClose private Bystander bystander;

    /** Threads of the system, which takes turns: no attacker holds up another one. */
    @AutoClose private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeEach
    void connect() {
        bystander = new Bystander(SERVER.address());
    }

    @ParameterizedTest
    @FieldSource("ATTACKS")
    void each_comes_to_its_end_and_others_are_served(Attack attack) {
        int before = SERVER.count(attack.end());
        List<Wire> wires = wires(ATTACKERS);

        serveWhile(start(attack, wires));
        await().untilAsserted(() -> {
            bystander.isServed();
            assertThat(SERVER.count(attack.end())).isEqualTo(before + ATTACKERS);
        });

        wires.forEach(Wire::close);
        SERVER.expectNothingLeftBut(1);
        bystander.isServed();
    }

    @Test
    void all_of_them_at_once_are_forgotten_even_if_they_never_hang_up() {
        Map<Drop, Integer> expected = new EnumMap<>(Drop.class);
        List<Wire> wires = new ArrayList<>();
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (Attack attack : ATTACKS) {
            expected.merge(attack.end(), ATTACKERS, Integer::sum);
        }
        expected.replaceAll((end, count) -> count + SERVER.count(end));
        for (Attack attack : ATTACKS) {
            List<Wire> some = wires(ATTACKERS);
            wires.addAll(some);
            running.addAll(start(attack, some));
        }

        serveWhile(running);

        SERVER.expectNothingLeftBut(1);
        expected.merge(Drop.STALLED, ATTACKERS, Integer::sum); // those who read nothing to the end
        assertThat(expected)
                .allSatisfy((end, count) ->
                        assertThat(SERVER.count(end)).as(end.label()).isEqualTo(count));
        bystander.isServed();
        wires.forEach(Wire::close);
    }

    private static List<Wire> wires(int count) {
        List<Wire> wires = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            wires.add(Wire.withSmallReceiveBuffer(SERVER.address()));
        }
        return wires;
    }

    private List<CompletableFuture<Void>> start(Attack attack, List<Wire> wires) {
        return wires.stream()
                .map(wire ->
                        CompletableFuture.runAsync(() -> attack.attacker().accept(wire), threads))
                .toList();
    }

    private void serveWhile(Collection<CompletableFuture<Void>> attackers) {
        var all = CompletableFuture.allOf(attackers.toArray(CompletableFuture[]::new));
        while (!all.isDone()) {
            bystander.isServed();
        }
        all.join();
    }
}
