package io.snorky.pubsub;

import io.snorky.Audience;
import io.snorky.Client;
import io.snorky.Lane;
import io.snorky.json.JsonText;
import io.snorky.json.JsonWriter;
import io.snorky.json.ValueKey;
import io.snorky.rpc.RpcError;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The channels with history or presence of a service.
 *
 * <p>What is published and what is decided here reach a client's event loop in the order in which
 * the lane did them. So when a task of the lane has noted the end of the logs and then has the
 * event loop do something, the loop has met all messages up to that end, and none beyond it.
 *
 * <p>Threads: owned by the service's lane, but for the map of channels, which it alone changes as
 * far as such channels are concerned.
 */
final class KeptChannels {

    private final Map<ValueKey, Channel> channels;
    private final PubSubOptions options;
    private final Notifications notifications;
    private final Lane lane;
    private final Figures figures;
    private final Histories histories;

    KeptChannels(
            Map<ValueKey, Channel> channels,
            PubSubOptions options,
            Notifications notifications,
            Lane lane,
            LongSupplier nanoClock,
            Figures figures) {
        this.channels = channels;
        this.options = options;
        this.notifications = notifications;
        this.lane = lane;
        this.figures = figures;
        histories =
                new Histories(
                        options.limits(),
                        nanoClock,
                        options.scheduler(),
                        lane,
                        this::forgetIfUnused);
    }

    Histories histories() {
        return histories;
    }

    // --- Channels that come and go

    private KeptChannel channel(ValueKey key, JsonNode name, ChannelSettings settings) {
        return (KeptChannel)
                channels.computeIfAbsent(key, unused -> newChannel(key, name, settings));
    }

    private KeptChannel newChannel(ValueKey key, JsonNode name, ChannelSettings settings) {
        HistoryLimits history = settings.history();
        Roster roster =
                settings.presence()
                        ? new Roster(
                                name,
                                notifications,
                                options.limits().membersPerChannel(),
                                lane,
                                options.scheduler())
                        : null;
        ChannelLog log = history == null ? null : histories.newLog(history);
        return new KeptChannel(key, name, settings, options.overflow(), log, roster);
    }

    private void forgetIfUnused(KeptChannel channel) {
        if (channel.seats == 0 && (channel.log == null || channel.log.isEmpty())) {
            channels.remove(channel.key, channel);
            if (channel.log != null) {
                histories.forget(channel.log);
            }
        }
    }

    // --- Publishing

    void publish(ValueKey key, JsonNode name, ChannelSettings settings, Published message) {
        KeptChannel channel = channel(key, name, settings);
        if (channel.log != null) {
            Entry entry = histories.append(channel, channel.log, message);
            if (channel.followers.size() > 0) {
                var unused = channel.followers.send(entry.withOffset(notifications));
            }
        }
        var unused = channel.audience.send(message.message().with(channel.overflow, channel));
    }

    // --- Subscribing

    /**
     * @param identity under which it counts
     * @return what the client is answered
     */
    @Nullable JsonText subscribe(Holdings holdings, JsonNode identity, Request request) {
        ValueKey key = request.key();
        request.check(holdings.kept.containsKey(key));
        holdings.add();
        figures.subscribed(1);
        KeptChannel channel = channel(key, request.channel(), request.settings());
        Roster roster = channel.roster;
        var seat = new Seat(holdings, channel, roster == null ? null : roster.enter(identity));
        channel.seats++;
        holdings.kept.put(key, seat);
        Wish wish = request.wish();
        JsonWriter reply = new JsonWriter().raw("{");
        if (channel.log != null && wish.offsets()) {
            follow(seat, channel.log, wish).write(notifications, reply);
        } else {
            seat.membership = channel.audience.join(holdings.client);
        }
        histories.used(channel);
        if (roster != null && wish.presence()) {
            seat.watching = roster.watch(holdings.client);
            roster.writeMembers(wish.offsets() ? reply.raw(",") : reply);
        }
        return wish.isPlain() ? null : JsonText.of(reply.raw("}"));
    }

    private Past follow(Seat seat, ChannelLog log, Wish wish) {
        Holdings holdings = seat.holdings;
        ChannelReader reader = holdings.reader;
        if (reader == null) {
            reader = newReader(holdings.client);
            holdings.reader = reader;
        }
        Past past = past(log, wish, reader);
        seat.follower = new Follower(seat, log, past.offset());
        if (past.isWhole()) {
            goOn(seat);
        } else {
            lane.execute(() -> goOn(seat)); // or it could be sent the rest before the reply
        }
        return past;
    }

    private ChannelReader newReader(Client client) {
        return new ChannelReader(
                client,
                notifications,
                histories::end,
                figures,
                lost -> lane.execute(() -> drop(lost)));
    }

    private Past past(ChannelLog log, Wish wish, ChannelReader reader) {
        log.expire();
        long end = histories.end();
        int history = wish.history() == null ? Integer.MAX_VALUE : wish.history();
        if (wish.since() != null) {
            Optional<List<Entry>> missed = Optional.empty();
            long number = wish.since().number();
            if (wish.since().epoch().equals(notifications.epoch()) && number <= end) {
                missed = log.after(number, end, Integer.MAX_VALUE);
            }
            if (missed.isPresent()) {
                return Past.of(missed.get(), end, false, reader::spend);
            }
            figures.resync();
            return Past.of(log.newest(history), end, true, reader::spend);
        }
        return Past.of(log.newest(history), end, false, reader::spend);
    }

    /** From now on a seat is sent what comes, after what it may have missed. */
    private void goOn(Seat seat) {
        Holdings holdings = seat.holdings;
        Follower follower = seat.follower;
        ChannelReader reader = holdings.reader;
        if (follower == null || reader == null || holdings.kept.get(seat.channel.key) != seat) {
            return;
        }
        seat.membership = seat.channel.followers.join(holdings.client);
        long end = histories.end();
        holdings.client.execute(() -> reader.begin(follower, end));
    }

    // --- Unsubscribing

    void unsubscribe(Holdings holdings, ValueKey key) {
        Seat seat = holdings.kept.get(key);
        if (seat == null) {
            throw new RpcError("Not subscribed");
        }
        leave(seat);
    }

    private void leave(Seat seat) {
        Holdings holdings = seat.holdings;
        KeptChannel channel = seat.channel;
        holdings.kept.remove(channel.key);
        holdings.remove();
        figures.subscribed(-1);
        leave(seat.membership);
        leave(seat.watching);
        Follower follower = seat.follower;
        ChannelReader reader = holdings.reader;
        if (follower != null && reader != null) {
            holdings.client.execute(() -> reader.end(follower));
        }
        if (channel.roster != null && seat.member != null) {
            channel.roster.leave(seat.member);
        }
        channel.seats--;
        histories.used(channel);
        forgetIfUnused(channel);
    }

    /** A client has gone. */
    void release(Holdings holdings) {
        for (ValueKey key : List.copyOf(holdings.kept.keySet())) {
            unsubscribe(holdings, key);
        }
    }

    /** What it missed is held no longer. */
    private void drop(Follower lost) {
        Seat seat = lost.seat;
        Holdings holdings = seat.holdings;
        if (holdings.kept.get(seat.channel.key) == seat) {
            leave(seat);
            holdings.client.send(notifications.resync(seat.channel.name));
        }
    }

    private static void leave(Audience.@Nullable Membership membership) {
        if (membership != null) {
            membership.leave();
        }
    }

    // --- Looking

    /** Replies with the newest messages of a channel. */
    JsonText history(ValueKey key, int limit) {
        JsonWriter reply = new JsonWriter().raw("{");
        List<Entry> newest = List.of();
        if (channels.get(key) instanceof KeptChannel channel && channel.log != null) {
            channel.log.expire();
            newest = channel.log.newest(limit);
            histories.used(channel);
            forgetIfUnused(channel);
        }
        Past.of(newest, histories.end(), false, bytes -> true).write(notifications, reply);
        return JsonText.of(reply.raw("}"));
    }

    /** Replies with who is subscribed to a channel. */
    JsonText presence(ValueKey key) {
        JsonWriter reply = new JsonWriter().raw("{");
        if (channels.get(key) instanceof KeptChannel channel && channel.roster != null) {
            channel.roster.writeMembers(reply);
        } else {
            reply.raw("\"members\":[]");
        }
        return JsonText.of(reply.raw("}"));
    }
}
