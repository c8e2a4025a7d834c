package io.snorky.sync;

import java.lang.System.Logger.Level;
import java.util.Locale;

/** How a toast looks. */
public enum ToastKind {
    DEFAULT(Level.INFO),
    MESSAGE(Level.INFO),
    INFO(Level.INFO),
    SUCCESS(Level.INFO),
    WARNING(Level.WARNING),
    ERROR(Level.ERROR);

    private final Level level;

    ToastKind(Level level) {
        this.level = level;
    }

    /** Where the log has it. */
    Level level() {
        return level;
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
