/** Where everybody is in a shared document. Start at {@link io.snorky.cursors.CursorsService}. */
@NullMarked
package io.snorky.cursors;

import org.jspecify.annotations.NullMarked;
