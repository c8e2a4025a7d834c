package io.snorky.pubsub;

import io.snorky.Audience;
import io.snorky.Overflow;

/**
 * A channel that is there. Equal to itself only: it is the kind of its messages.
 *
 * <p>Threads: any.
 */
class Channel {

    final ChannelSettings settings;
    final Overflow overflow;

    /** Those who know of no offsets. */
    final Audience audience = new Audience();

    /**
     * @param ofService what becomes of messages where the settings do not say
     */
    Channel(ChannelSettings settings, Overflow ofService) {
        this.settings = settings;
        this.overflow = settings.overflow() == null ? ofService : settings.overflow();
    }
}
