package io.snorky.datasync;

import org.jspecify.annotations.Nullable;

/**
 * What is said with a delta to those who asked for it.
 *
 * @param tag of the subscription's item; null if it has none
 * @param offset whether its place in the log is told, to resume from there
 */
record Form(@Nullable String tag, boolean offset) {}
