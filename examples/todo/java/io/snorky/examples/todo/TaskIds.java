package io.snorky.examples.todo;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The ids of tasks, as text. */
final class TaskIds {

    static final String EXPECTED = "a UUID such as 123e4567-e89b-42d3-a456-426614174000";

    /** {@link UUID#fromString} alone would also take shorter groups of digits. */
    private static final Pattern FORM =
            Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private TaskIds() {}

    /** The id that is written here; empty if none is. */
    static Optional<UUID> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
