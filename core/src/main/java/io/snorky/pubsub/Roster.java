package io.snorky.pubsub;

import io.snorky.Audience;
import io.snorky.Client;
import io.snorky.Lane;
import io.snorky.Overflow;
import io.snorky.Scheduler;
import io.snorky.json.JsonWriter;
import io.snorky.json.ValueKey;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who is subscribed to a channel, by identity, and those who are told.
 *
 * <p>A change is told at once if none was told just before; else those that gather are told
 * together a little later, each identity once, and not at all if it is as before. To one that lags
 * the latest of each identity is told. So however often clients come and go, a watcher is sent no
 * more than each member once in an interval, and as much waits for it. The more watchers there are,
 * the longer the interval, so that a change told to all of them costs 10,000 writes a second at
 * most.
 *
 * <p>Threads: owned by the service's lane.
 */
final class Roster {

    /** Between two times that changes are told, at least. */
    static final Duration INTERVAL = Duration.ofMillis(100);

    /** The same for each watcher. */
    private static final long NANOS_FOR_EACH = 100_000;

    /** What waits is replaced by what is of the same. */
    private record PresenceOf(Roster roster, ValueKey identity) {}

    private static final class Member {
        final JsonNode identity;
        int seats;

        Member(JsonNode identity) {
            this.identity = identity;
        }
    }

    private record Change(JsonNode identity, boolean wasThere) {}

    private final JsonNode channel;
    private final Notifications notifications;
    private final int maxMembers;
    private final Lane lane;
    private final Scheduler scheduler;
    private final Audience watchers = new Audience();
    private final Map<ValueKey, Member> members = new LinkedHashMap<>();

    /** What has not been told. */
    private final Map<ValueKey, Change> changes = new LinkedHashMap<>();

    private boolean rests;

    Roster(
            JsonNode channel,
            Notifications notifications,
            int maxMembers,
            Lane lane,
            Scheduler scheduler) {
        this.channel = channel;
        this.notifications = notifications;
        this.maxMembers = maxMembers;
        this.lane = lane;
        this.scheduler = scheduler;
    }

    /**
     * Somebody subscribes.
     *
     * @return under what it counts; null if it does not
     */
    @Nullable ValueKey enter(JsonNode identity) {
        if (identity.isNull()) {
            return null;
        }
        ValueKey key = ValueKey.of(identity);
        Member member = members.get(key);
        if (member == null) {
            if (members.size() >= maxMembers) {
                return null;
            }
            member = new Member(identity);
            members.put(key, member);
            changed(key, identity, false);
        }
        member.seats++;
        return key;
    }

    /** Somebody goes who counted. */
    void leave(ValueKey key) {
        Member member = members.get(key);
        if (member != null && --member.seats == 0) {
            members.remove(key);
            changed(key, member.identity, true);
        }
    }

    Audience.Membership watch(Client client) {
        return watchers.join(client);
    }

    private void changed(ValueKey key, JsonNode identity, boolean wasThere) {
        if (watchers.size() == 0) {
            return;
        }
        var unused = changes.putIfAbsent(key, new Change(identity, wasThere));
        if (!rests) {
            tell();
        }
    }

    private void tell() {
        changes.forEach((key, change) -> {
            boolean isThere = members.containsKey(key);
            if (isThere != change.wasThere) {
                watchers.send(
                        notifications
                                .presence(channel, change.identity, isThere)
                                .with(Overflow.CONFLATE, new PresenceOf(this, key)));
            }
        });
        changes.clear();
        rests = true;
        long nanos = Math.max(INTERVAL.toNanos(), NANOS_FOR_EACH * watchers.size());
        var unused =
                scheduler.schedule(Duration.ofNanos(nanos), () -> lane.execute(this::hasRested));
    }

    private void hasRested() {
        rests = false;
        if (!changes.isEmpty()) {
            tell();
        }
    }

    /** Writes {@code "members":[identity, …]}. */
    void writeMembers(JsonWriter out) {
        out.raw("\"members\":[");
        String separator = "";
        for (Member member : members.values()) {
            out.raw(separator).value(member.identity);
            separator = ",";
        }
        out.raw("]");
    }
}
