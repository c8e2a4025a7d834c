package io.snorky.datasync;

import io.snorky.Audience;
import io.snorky.Client;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A client and what it holds.
 *
 * <p>Threads: owned by the lane of its DataSync service.
 */
final class Holder {

    final Client client;

    /** Belongs to the client's event loop. */
    final ClientReader reader;

    final Set<Subscription> subscriptions = new LinkedHashSet<>();

    /** Its part in those who are told how far they got; null until it wants to resume. */
    Audience.@Nullable Membership told;

    Holder(Client client, ClientReader reader) {
        this.client = client;
        this.reader = reader;
    }
}
