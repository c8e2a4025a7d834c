package io.snorky.server.cli;

import io.snorky.datasync.BroadcastDealer;
import io.snorky.datasync.DataSyncBackend;
import io.snorky.datasync.DataSyncLimits;
import io.snorky.datasync.DataSyncService;
import io.snorky.datasync.Dealer;
import io.snorky.datasync.DeltaLogLimits;
import io.snorky.datasync.FilterDealer;
import io.snorky.datasync.MemoryDeltaLog;
import io.snorky.datasync.SimpleDealer;

import java.time.Duration;
import java.util.List;

/** The DataSync service of the stand-alone server. */
record DataSyncConfig(
        Duration subscriptionTimeout,
        DataSyncLimits limits,
        DeltaLogLimits log,
        List<DealerConfig> dealers) {

    /** How a dealer finds who a change is for. */
    enum DealerKind {
        BROADCAST,
        SIMPLE,
        FILTER
    }

    /**
     * @param key the field that a simple dealer looks at; empty for others
     */
    record DealerConfig(String name, String model, DealerKind kind, String key) {

        Dealer dealer() {
            return switch (kind) {
                case BROADCAST -> new BroadcastDealer(name, model);
                case SIMPLE -> new SimpleDealer(name, model, key);
                case FILTER -> new FilterDealer(name, model);
            };
        }
    }

    /** Reads the sections {@code datasync} and {@code dealers}. */
    static DataSyncConfig read(Settings settings) {
        Settings section = settings.section("datasync");
        DataSyncLimits unset = DataSyncLimits.DEFAULT;
        return new DataSyncConfig(
                section.get("subscription-timeout", Kind.TIMEOUT, DataSyncBackend.DEFAULT_TIMEOUT),
                new DataSyncLimits(
                        section.get(
                                "max-waiting-subscriptions",
                                Kind.COUNT,
                                unset.waitingSubscriptions()),
                        section.get(
                                "max-subscriptions-per-client",
                                Kind.COUNT,
                                unset.subscriptionsPerClient()),
                        section.get(
                                "max-items-per-subscription",
                                Kind.COUNT,
                                unset.itemsPerSubscription()),
                        section.get("max-query-characters", Kind.COUNT, unset.queryCharacters()),
                        section.get("max-query-depth", Kind.number(1, 500), unset.queryDepth()),
                        section.get("max-deltas-per-batch", Kind.COUNT, unset.deltasPerBatch())),
                log(section.section("log")),
                dealers(settings));
    }

    private static DeltaLogLimits log(Settings section) {
        DeltaLogLimits unset = DeltaLogLimits.DEFAULT;
        return new DeltaLogLimits(
                section.get("max-deltas", Kind.number(1, 100_000_000), unset.entries()),
                section.get("max-bytes", Kind.BYTES, (int) unset.bytes()),
                section.get("max-age", Kind.TIMEOUT, unset.age()));
    }

    private static List<DealerConfig> dealers(Settings settings) {
        List<DealerConfig> dealers =
                settings.sections("dealers").stream().map(DataSyncConfig::dealer).toList();
        if (dealers.isEmpty()) {
            settings.problem("dealers", "none", "a list of {name, model}");
        }
        return dealers;
    }

    private static DealerConfig dealer(Settings section) {
        DealerKind kind = section.get("kind", Kind.oneOf(DealerKind.class), DealerKind.BROADCAST);
        return new DealerConfig(
                section.text("name", ""),
                section.text("model", ""),
                kind,
                kind == DealerKind.SIMPLE ? section.text("key", "") : "");
    }

    DataSyncService service() {
        return DataSyncService.builder("datasync")
                .dealers(dealers.stream().map(DealerConfig::dealer).toArray(Dealer[]::new))
                .limits(limits)
                .log(new MemoryDeltaLog(log))
                .build();
    }
}
