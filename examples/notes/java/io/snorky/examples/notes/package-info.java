/**
 * One list of notes, edited in several pages at once: synced objects. Start reading at {@link
 * io.snorky.examples.notes.Notes}.
 */
@NullMarked
package io.snorky.examples.notes;

import org.jspecify.annotations.NullMarked;
