/** Synced objects: Java objects whose state browsers mirror. */
@NullMarked
package io.snorky.sync;

import org.jspecify.annotations.NullMarked;
