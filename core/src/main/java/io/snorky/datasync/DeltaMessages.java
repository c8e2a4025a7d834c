package io.snorky.datasync;

import io.snorky.Message;

import java.util.HashMap;
import java.util.Map;

/**
 * The messages of one change, each encoded when first asked for: the change itself and, of an
 * update, how it looks to those who see one half of it.
 *
 * <p>Threads: one at a time.
 */
final class DeltaMessages {

    private final String service;
    private final Map<Class<? extends Delta>, Message> messages = new HashMap<>(4);

    DeltaMessages(String service) {
        this.service = service;
    }

    /** The message for one of the at most three looks of the change, told apart by type. */
    Message of(Delta delta) {
        return messages.computeIfAbsent(
                delta.getClass(), type -> DeltaJson.notification(service, delta));
    }
}
