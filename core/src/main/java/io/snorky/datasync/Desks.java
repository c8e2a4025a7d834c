package io.snorky.datasync;

import io.snorky.ConfigurationException;
import io.snorky.rpc.RpcError;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The dealers of a DataSync service at work, by name and by model.
 *
 * <p>Threads: any; the desks themselves belong to the service's lane.
 */
final class Desks {

    private final AtomicReference<Map<String, Desk>> byName = new AtomicReference<>(Map.of());
    private volatile Map<String, List<Desk>> byModel = Map.of();

    Desks(List<Dealer> dealers) {
        dealers.forEach(this::add);
    }

    void add(Dealer dealer) {
        byName.updateAndGet(desks -> {
            Map<String, Desk> changed = new HashMap<>(desks);
            if (changed.putIfAbsent(dealer.name(), new Desk(dealer)) != null) {
                String problem = "dealer: " + dealer.name() + " (expected: a unique name)";
                throw new ConfigurationException("DataSync", List.of(problem));
            }
            return Map.copyOf(changed);
        });
        indexByModel();
    }

    void remove(Dealer dealer) {
        byName.updateAndGet(desks -> {
            Map<String, Desk> changed = new HashMap<>(desks);
            changed.values().removeIf(desk -> desk.dealer().equals(dealer));
            return Map.copyOf(changed);
        });
        indexByModel();
    }

    private synchronized void indexByModel() {
        Map<String, List<Desk>> index = new HashMap<>();
        for (Desk desk : byName.get().values()) {
            index.computeIfAbsent(desk.dealer().model(), model -> new ArrayList<>()).add(desk);
        }
        byModel = index;
    }

    /**
     * @throws RpcError if no dealer has that name
     */
    Desk named(String dealer) {
        Desk desk = byName.get().get(dealer);
        if (desk == null) {
            throw new RpcError("No such dealer");
        }
        return desk;
    }

    /** The desks of all dealers that deal out a model. */
    List<Desk> of(String model) {
        return byModel.getOrDefault(model, List.of());
    }

    /** Whether a dealer still deals. */
    boolean has(Desk desk) {
        return desk.equals(byName.get().get(desk.dealer().name()));
    }
}
