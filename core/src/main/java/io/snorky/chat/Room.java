package io.snorky.chat;

import io.snorky.Client;
import io.snorky.json.ValueKey;

import tools.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * One channel that somebody has joined. Equal to itself only.
 *
 * <p>Threads: belongs to the service's lane.
 */
final class Room {

    /** One identity, and the clients that have joined under it; at least one. */
    record Member(ValueKey key, JsonNode identity, Set<Client> clients) {}

    /** One client's place. Its identity is the one it had when it joined. */
    record Seat(Room room, Member member, Client client, Presence.Listener listener) {}

    /** What presence messages replace each other by, for a client that lags. */
    record PresenceOf(Room room, ValueKey identity) {}

    final JsonNode channel;
    final Presence presence;
    final Map<ValueKey, Member> members = new LinkedHashMap<>();

    Room(JsonNode channel, Presence presence) {
        this.channel = channel;
        this.presence = presence;
    }

    boolean has(JsonNode identity) {
        return members.containsKey(ValueKey.of(identity));
    }

    Seat enter(Client client, JsonNode identity) {
        Member member =
                members.computeIfAbsent(
                        ValueKey.of(identity),
                        key -> new Member(key, identity, new LinkedHashSet<>()));
        member.clients.add(client);
        return new Seat(this, member, client, presence.enter(client));
    }

    /** Whether that was the last client of its identity. */
    boolean leave(Seat seat) {
        seat.listener.leave();
        seat.member.clients.remove(seat.client);
        return seat.member.clients.isEmpty() && members.remove(seat.member.key) != null;
    }
}
