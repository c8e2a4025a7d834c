package io.snorky.messaging;

import io.snorky.Client;

import java.util.function.BiPredicate;

/**
 * How a Messaging service is set up.
 *
 * @param isNameAllowed whether a client may register a name; runs on an event loop and does not
 *     wait
 * @param namesPerClient names that one client may hold; more than zero
 * @param nameCharacters of a name; more than zero
 */
public record MessagingOptions(
        BiPredicate<? super Client, ? super String> isNameAllowed,
        int namesPerClient,
        int nameCharacters) {

    /** Every name is allowed; 100 names a client, 256 characters a name. */
    public static final MessagingOptions DEFAULT =
            new MessagingOptions((client, name) -> true, 100, 256);

    public MessagingOptions {
        require("namesPerClient", namesPerClient);
        require("nameCharacters", nameCharacters);
    }

    /** The same with another {@link #isNameAllowed}. */
    public MessagingOptions withNameAllowed(
            BiPredicate<? super Client, ? super String> newIsNameAllowed) {
        return new MessagingOptions(newIsNameAllowed, namesPerClient, nameCharacters);
    }

    /** The same with another {@link #namesPerClient}. */
    public MessagingOptions withNamesPerClient(int newNamesPerClient) {
        return new MessagingOptions(isNameAllowed, newNamesPerClient, nameCharacters);
    }

    /** The same with another {@link #nameCharacters}. */
    public MessagingOptions withNameCharacters(int newNameCharacters) {
        return new MessagingOptions(isNameAllowed, namesPerClient, newNameCharacters);
    }

    private static void require(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: more than zero)");
        }
    }
}
