/**
 * A board with everybody's pointer. Start reading at {@link
 * io.snorky.examples.cursors.CursorsExample}.
 */
@NullMarked
package io.snorky.examples.cursors;

import org.jspecify.annotations.NullMarked;
