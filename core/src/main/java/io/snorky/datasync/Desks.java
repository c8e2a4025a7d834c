package io.snorky.datasync;

import io.snorky.ConfigurationException;
import io.snorky.rpc.RpcError;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * All dealers of a service, by name and by model.
 *
 * <p>Threads: any; the directory is one immutable value, replaced in one step. Dealing, and what a
 * desk holds, belongs to the lane of the service.
 */
final class Desks {

    private static final Logger LOG = System.getLogger(Desks.class.getName());

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

    private void indexByModel() {
        Map<String, List<Desk>> index = new HashMap<>();
        for (Desk desk : byName.get().values()) {
            index.computeIfAbsent(desk.dealer().model(), model -> new ArrayList<>()).add(desk);
        }
        byModel = index;
    }

    /**
     * @throws RpcError if there is no such dealer or it does not take the query
     */
    Subscription.Item item(SubscriptionItem item) {
        Desk desk = desk(item.dealer());
        return new Subscription.Item(desk, desk.dealer().view(item.query()));
    }

    /**
     * @throws RpcError if no dealer has that name
     */
    Desk desk(String dealer) {
        Desk desk = byName.get().get(dealer);
        if (desk == null) {
            throw new RpcError("No such dealer");
        }
        return desk;
    }

    /** Deals one delta. A dealer that throws is logged and disturbs no other. */
    void deal(Delta delta, DeltaMessages messages) {
        for (Desk desk : byModel.getOrDefault(delta.model(), List.of())) {
            try {
                desk.deal(delta, messages);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "Dealer " + desk.dealer().name() + " failed", e);
            }
        }
    }
}
